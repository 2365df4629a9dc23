"""A student asks for help and follows the request."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from internships.enums import SupportKind
from internships.forms.care import SupportForm
from internships.models import SupportRequest
from internships.services.cases import ask_for_support
from internships.views.case_page import case_page
from internships.views.crumbs import living_crumbs
from internships.views.kept_writing import signed_in, written
from internships.views.own import own_stay_or_404
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError


@signed_in
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for help on a stay; ``?kind=`` chooses with what."""
    stay = own_stay_or_404(request, pk)
    kind = request.GET.get("kind", "")
    initial = {"kind": kind} if kind in SupportKind.values else {}
    form = SupportForm(written(request), instance=SupportRequest(placement=stay), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            case = ask_for_support(request=form.instance, actor=request.user)  # type: ignore[arg-type]
        except (DomainError, ValidationError) as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Your request has arrived."))
            return redirect("my_internships:support", case.pk)
    crumbs = living_crumbs(stay, _("Ask for help"))
    return render(request, "internships/support/ask.html", {"form": form, "stay": stay, "crumbs": crumbs})


@signed_in
def support_list(request: HttpRequest, pk: int) -> HttpResponse:
    """List the requests of a stay, newest first."""
    stay = own_stay_or_404(request, pk)
    rows = stay.support_requests.select_related("owner", "unit").order_by("-created_at", "-pk")
    context = {
        "stay": stay,
        "cases": rows,
        "kinds": SupportKind.choices,
        "crumbs": living_crumbs(stay, _("My requests")),
    }
    return render(request, "internships/support/list.html", context)


@signed_in
def support(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one request: where it stands, who has it until when, and its answer."""
    own = SupportRequest.objects.filter(placement__student__user=request.user)  # type: ignore[misc]
    case = own.select_related("owner", "unit", "placement__host", "placement__student__user").filter(pk=pk).first()
    if case is None:
        raise Http404
    context = {"stay": case.placement, "crumbs": living_crumbs(case.placement, case.get_kind_display())}
    return case_page(request, case, "internships/support/detail.html", context)
