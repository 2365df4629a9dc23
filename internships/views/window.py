"""The one window (一个窗口): what it offers, asking there, and following a request."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from internships.enums import CaseState, ServiceKind
from internships.forms.care import AskWindowForm, MorePapersForm
from internships.models import ServiceRequest
from internships.selectors.cases import own_paper, papers_of, requests_of, window_record, window_unit
from internships.services.cases import add_paper, ask_at_window
from internships.views.case_page import case_page
from internships.views.crumbs import account_crumb
from internships.views.kept_paper import hand_out
from internships.views.kept_writing import deed, signed_in, written
from internships.views.refusals import tell_refusal
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.page_cache import public_page

# The guide of each service, written by the office in the guides.
GUIDES = {
    ServiceKind.ARCHIVE: "window-archive",
    ServiceKind.JOB_SEEKING: "window-job-seeking",
    ServiceKind.GUIDANCE: "window-guidance",
    ServiceKind.PLACEMENT: "window-placement",
}


@require_safe
@public_page
def window(request: HttpRequest) -> HttpResponse:
    """Tell what the window offers and how it has done so far."""
    services = [(kind, kind.label, GUIDES[kind]) for kind in ServiceKind]
    context = {
        "services": services,
        "unit": window_unit(),
        "record": window_record(),
        "crumbs": [(_("One window"), "")],
    }
    return render(request, "internships/window/window.html", context)


@signed_in
def ask(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask for one of the services."""
    if kind not in ServiceKind.values:
        raise Http404
    user: Any = request.user
    form = AskWindowForm(
        written(request),
        request.FILES or None,
        instance=ServiceRequest(kind=kind, user=user),
        initial={"name": user.name},
    )
    if request.method == "POST" and form.is_valid():
        try:
            case = ask_at_window(request=form.instance, actor=user, papers=form.cleaned_data["papers"])
        except (DomainError, ValidationError) as refusal:
            add_refusal(form, refusal, file_field="papers")
        else:
            messages.success(request, _("Your request has arrived at the window."))
            return redirect("my_internships:service", case.pk)
    title = ServiceKind(kind).label
    context = {
        "form": form,
        "title": title,
        "slug": GUIDES[ServiceKind(kind)],
        "is_open": window_unit() is not None,
        "crumbs": [(_("One window"), reverse("internships:window")), (title, "")],
    }
    return render(request, "internships/window/ask.html", context)


@require_safe
@signed_in
def service_list(request: HttpRequest) -> HttpResponse:
    """List the own requests, newest first."""
    context = {
        "cases": requests_of(request.user),  # type: ignore[arg-type]
        "crumbs": [account_crumb(), (_("My requests"), "")],
    }
    return render(request, "internships/window/list.html", context)


@signed_in
def service(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one request with its papers and its answer."""
    case = _own_or_404(request, pk)
    is_open = case.state not in (CaseState.CLOSED, CaseState.WITHDRAWN)
    context = {
        "papers": papers_of(case),
        "more": MorePapersForm() if is_open else None,
        "crumbs": [
            account_crumb(),
            (_("My requests"), reverse("my_internships:service_list")),
            (case.get_kind_display(), ""),
        ],
    }
    return case_page(request, case, "internships/window/detail.html", context)


@deed
def add_papers(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in papers that follow."""
    case = _own_or_404(request, pk)
    form = MorePapersForm(request.POST, request.FILES)
    if form.is_valid():
        for upload in form.cleaned_data["papers"]:
            try:
                add_paper(request=case, upload=upload, actor=request.user)  # type: ignore[arg-type]
            except (DomainError, ValidationError) as refusal:
                tell_refusal(request, refusal)
            else:
                messages.success(request, _("“%(name)s” is with your request.") % {"name": upload.name})
    else:
        messages.error(request, _("Choose a file first."))
    return redirect("my_internships:service", case.pk)


@require_safe
@signed_in
def paper(request: HttpRequest, identifier: UUID) -> HttpResponseBase:
    """Hand a paper out to the one who handed it in."""
    found = own_paper(request.user, identifier)  # type: ignore[arg-type]
    return hand_out(request, found, noted=False)


def _own_or_404(request: HttpRequest, pk: int) -> ServiceRequest:
    case = requests_of(request.user).filter(pk=pk).first()  # type: ignore[arg-type]
    if case is None:
        raise Http404
    return case
