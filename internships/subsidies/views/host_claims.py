"""The host's confirmations: attendance and appraisal of a claim on one page."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from internships.subsidies.enums import ClaimState, SchemeKind
from internships.subsidies.forms.host import ConfirmForm
from internships.subsidies.models import Claim
from internships.subsidies.selectors.host_claims import claims_confirmed, claims_to_confirm, host_facts
from internships.subsidies.selectors.standing import host_due, with_way
from internships.subsidies.services.host_confirmation import confirm_by_host
from internships.subsidies.views.crumbs import host_claim_crumbs
from internships.views.kept_writing import signed_in, written
from internships.views.own import host_user_or_404
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.pagination import page_links

PER_PAGE = 20


@require_safe
@signed_in
def claims(request: HttpRequest) -> HttpResponse:
    """Show what waits for the host, and what it has confirmed."""
    user = host_user_or_404(request)
    done = Paginator(claims_confirmed(user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "waiting": [(row, host_due(row.submitted_at)) for row in claims_to_confirm(user) if row.submitted_at],
        "done": done,
        "links": page_links(done, request.GET),
        "crumbs": host_claim_crumbs(),
    }
    return render(request, "subsidies/host/list.html", context)


@signed_in
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a claim's attendance and appraisal, and confirm them."""
    user: Any = host_user_or_404(request)
    seen = Claim.objects.of_hosts(user).exclude(state=ClaimState.DRAFT).filter(submitted_at__isnull=False)
    found = get_object_or_404(with_way(seen), pk=pk)
    form = ConfirmForm(written(request), is_bonus=found.kind == SchemeKind.BONUS)
    if request.method == "POST" and form.is_valid():
        try:
            confirm_by_host(claim=found, actor=user, opinion=form.cleaned_data["opinion"])
        except (DomainError, ValidationError) as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Confirmed. The lead unit reviews it next."))
            return redirect("host_subsidies:claims")
    context = {**host_facts(found), "form": form, "crumbs": host_claim_crumbs((found.student.name, ""))}
    return render(request, "subsidies/host/detail.html", context)
