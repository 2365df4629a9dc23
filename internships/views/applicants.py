"""A host and its applicants: who waits, one page for each, the decision, and how to reach whom it shortlisted."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from internships.enums import APPLICATION_TRANSITIONS, CONTACT_VISIBLE_STATES, ApplicationState
from internships.forms.deciding import ContactReasonForm, DecisionForm
from internships.models import Application
from internships.permissions import can_see_contact
from internships.selectors.ages import age_on
from internships.selectors.applications import counts_by_state, host_applications, overdue, standing, timeline
from internships.services.contact import show_contact
from internships.services.deciding import DECISIONS, decide_many
from internships.views.crumbs import account_crumb
from internships.views.kept_writing import deed, signed_in, written
from internships.views.own import host_user_or_404
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.pagination import page_links
from wenxi_portal.core.wording import labelled

PER_PAGE = 30
MOST_AT_ONCE = 100
# Two forms on one page ask for a reason: each field has an identifier of its own.
CONTACT_ID = "contact_%s"
BULK = (ApplicationState.SHORTLISTED, ApplicationState.OFFERED, ApplicationState.WAIT_LISTED, ApplicationState.REFUSED)


@require_safe
@signed_in
def applicants(request: HttpRequest) -> HttpResponse:
    """List the applications for the own positions, by state, the longest waiting first."""
    rows = host_applications(host_user_or_404(request))
    state, position = request.GET.get("state", ""), request.GET.get("position", "")
    if position.isdecimal() and len(position) < 12:
        rows = rows.filter(position=int(position))
    counts = counts_by_state(rows)
    shown = rows.filter(state=state) if state in ApplicationState.values else rows
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "links": page_links(page, request.GET),
        "counts": counts,
        "state": state,
        "position": position,
        "total": sum(number for _state, _words, number in counts),
        "late": overdue(page.object_list),
        "form": DecisionForm(choices=list(BULK)),
        "crumbs": [account_crumb(), (_("Applicants"), "")],
    }
    return render(request, "internships/host/applicants.html", context)


@require_safe
@signed_in
def applicant(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one applicant."""
    return _show(request, _own(request, pk))


@signed_in
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide on one. Opened by a link (another language, a reload), it leads to the applicant."""
    application = _own(request, pk)
    posted = written(request)
    if posted is None:
        return redirect("host_desk:applicant", pk)
    form = DecisionForm(posted, choices=_choices(application))
    if request.method != "POST" or not form.is_valid():
        return _show(request, application, form=form)
    values = form.cleaned_data
    try:
        DECISIONS[values["decision"]](
            application=application,
            actor=request.user,
            reason=values["reason"],
            expected=values["seen"] or None,
            **form.more(),
        )
    except (DomainError, ValidationError) as refusal:
        add_refusal(form, refusal)
        return _show(request, _own(request, pk), form=form)
    messages.success(request, _("Decided. The student is told."))
    return redirect("host_desk:applicant", pk)


@deed
def decide_many_at_once(request: HttpRequest) -> HttpResponse:
    """Decide the same on all that are ticked; each that cannot move says why."""
    rows = host_applications(host_user_or_404(request))
    form = DecisionForm(request.POST, choices=list(BULK))
    keys = [int(key) for key in request.POST.getlist("chosen") if key.isdecimal() and len(key) < 12][:MOST_AT_ONCE]
    chosen = list(rows.filter(pk__in=keys))
    if not chosen:
        messages.error(request, _("Tick at least one applicant."))
    elif not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    else:
        values = form.cleaned_data
        outcome = decide_many(
            applications=chosen, to_state=values["decision"], actor=host_user_or_404(request), reason=values["reason"],
            **form.more(),
        )  # fmt: skip
        if outcome.done:
            messages.success(
                request, _("Decided on %(number)d. The students are told.") % {"number": len(outcome.done)}
            )
        for application, why in outcome.refused:
            messages.warning(request, labelled(application.student.name, why))
    return redirect("host_desk:applicants")


@signed_in
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how to reach a shortlisted applicant, on this answer alone, and record who looked and why."""
    application = _own(request, pk)
    posted = written(request)
    if posted is None:
        return redirect("host_desk:applicant", pk)
    form = ContactReasonForm(posted, auto_id=CONTACT_ID)
    shown: dict[str, str] = {}
    if request.method == "POST" and form.is_valid():
        try:
            shown = show_contact(
                application=application, actor=host_user_or_404(request), reason=form.cleaned_data["reason"]
            )
        except DomainError as refusal:
            if refusal.code == "hidden":
                raise Http404 from None
            add_refusal(form, refusal)
    response = _show(request, application, contact_form=form, shown=shown)
    response.headers["Cache-Control"] = "no-store"
    return response


def _own(request: HttpRequest, pk: int) -> Application:
    application = host_applications(host_user_or_404(request)).select_related("student__user").filter(pk=pk).first()
    if application is None:
        raise Http404
    return application


def _choices(application: Application) -> list[str]:
    targets = APPLICATION_TRANSITIONS.targets(application.state)
    return [state for state in targets if state in DECISIONS]


def _show(request: HttpRequest, application: Application, **context: Any) -> HttpResponse:
    student, choices = application.student, _choices(application)
    opened = can_see_contact(request.user, application)
    facts = [
        (_("University"), student.school),
        (_("Level"), student.get_level_display()),
        (_("Major"), student.major),
        (_("Graduation expected on"), student.graduates_on),
        (_("Age"), age_on(student.birth_date, timezone.localdate())),
        (_("Skills"), student.skills),
        (_("Wish"), student.wish),
        (_("Can come from"), application.available_from),
        (_("Can stay until"), application.available_until),
        (_("Needs lodging"), _("yes") if application.wants_lodging else ""),
        (_("Needs transport"), _("yes") if application.wants_transport else ""),
    ]
    context = {
        "application": application,
        "student": student,
        "standing": standing(application),
        "entries": timeline(application),
        "facts": facts,
        "papers": list(application.papers.all()) if opened else [],
        "hidden_papers": 0 if opened else application.papers.count(),
        "opened": opened,
        "closed": not opened and application.state in CONTACT_VISIBLE_STATES,
        "contact_form": ContactReasonForm(auto_id=CONTACT_ID),
        "form": DecisionForm(choices=choices, initial={"seen": application.state}) if choices else None,
        "crumbs": [
            account_crumb(), (_("Applicants"), reverse("host_desk:applicants")), (application.student.name, ""),
        ],
    } | context  # fmt: skip
    return render(request, "internships/host/applicant.html", context)
