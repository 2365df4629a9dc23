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
from internships.views.own import crumbs_of, own_stay_or_404
from internships.views.typed import signed_in
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError


@signed_in
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for help on a stay; ``?kind=`` chooses with what."""
    stay = own_stay_or_404(request, pk)
    kind = request.GET.get("kind", "")
    initial = {"kind": kind} if kind in SupportKind.values else {}
    typed = request.typed  # type: ignore[attr-defined]
    form = SupportForm(request.POST or None, instance=SupportRequest(placement=stay), initial=initial | typed)
    if request.method == "POST" and form.is_valid():
        try:
            case = ask_for_support(request=form.instance, actor=request.user)  # type: ignore[arg-type]
        except (DomainError, ValidationError) as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Your request has arrived."))
            return redirect("my_internships:support", case.pk)
    crumbs = crumbs_of(stay, _("Ask for help"))
    return render(
        request, "internships/support/ask.html", {"form": form, "stay": stay, "crumbs": crumbs, "typed": typed}
    )


@signed_in
def support_list(request: HttpRequest, pk: int) -> HttpResponse:
    """List the requests of a stay, newest first."""
    stay = own_stay_or_404(request, pk)
    rows = stay.support_requests.select_related("owner", "unit").order_by("-created_at", "-pk")
    context = {"stay": stay, "cases": rows, "kinds": SupportKind.choices, "crumbs": crumbs_of(stay, _("My requests"))}
    return render(request, "internships/support/list.html", context)


@signed_in
def support(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one request: where it stands, who has it until when, and its answer."""
    own = SupportRequest.objects.filter(placement__student__user=request.user)  # type: ignore[misc]
    case = own.select_related("owner", "unit", "placement__host", "placement__student__user").filter(pk=pk).first()
    if case is None:
        raise Http404
    context = {"stay": case.placement, "crumbs": crumbs_of(case.placement, case.get_kind_display())}
    return case_page(request, case, "internships/support/detail.html", context)
