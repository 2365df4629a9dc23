"""A student's own internships: where each case stands, and what can be done about it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from internships.enums import ACTIVE_STATES, CONTACT_VISIBLE_STATES, ApplicationState
from internships.models import Application
from internships.selectors.applications import own_application, own_applications, place_in_line, standing, timeline
from internships.selectors.nominations import nominations_for
from internships.services.application import WRITABLE, withdraw
from internships.services.nomination import confirm_nomination, decline_nomination
from internships.services.offers import accept, decline
from internships.views.crumbs import account_crumb, home_crumb
from internships.views.kept_writing import deed, signed_in
from internships.views.own import student_of
from internships.views.refusals import tell_refusal
from wenxi_portal.core.errors import DomainError

S = ApplicationState
ANSWERS: dict[str, Callable[..., Application]] = {"accept": accept, "decline": decline, "withdraw": withdraw}


@require_safe
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Show applications, stays and nominations."""
    student = student_of(request)
    rows = list(own_applications(student)) if student else []
    context = {
        "student": student,
        "under_way": [(row, standing(row)) for row in rows if row.state in ACTIVE_STATES],
        "closed": [row for row in rows if row.state not in ACTIVE_STATES],
        "stays": student.placements.select_related("position", "host") if student else [],
        "nominations": nominations_for(request.user),  # type: ignore[arg-type]
        "crumbs": [account_crumb(), (_("My internships"), "")],
    }
    return render(request, "internships/application/home.html", context)


@require_safe
@signed_in
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the whole way of one application."""
    present = own_application(request.user, pk)  # type: ignore[arg-type]
    if present is None:
        raise Http404
    context = {
        "application": present,
        "position": present.position,
        "standing": standing(present),
        "entries": timeline(present),
        "line": place_in_line(present),
        "papers": list(present.papers.all()),
        "is_offer": present.state == S.OFFERED,
        "is_writable": present.state in WRITABLE,
        "is_open": present.state in ACTIVE_STATES,
        "host_sees_contact": present.state in CONTACT_VISIBLE_STATES,
        "crumbs": [home_crumb(), (present.position.display_title, "")],
    }
    return render(request, "internships/application/detail.html", context)


@deed
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or decline an offer, or take the application back."""
    present = own_application(request.user, pk)  # type: ignore[arg-type]
    deed = ANSWERS.get(request.POST.get("answer", ""))
    if present is None or deed is None:
        raise Http404
    done = {
        "accept": _("You have accepted. The lead unit now arranges your stay."),
        "decline": _("You have declined. The seat goes to the next."),
        "withdraw": _("Your application is withdrawn."),
    }
    try:
        deed(application=present, actor=request.user)
    except (DomainError, ValidationError) as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, done[request.POST["answer"]])
    return redirect("my_internships:application", pk)


@deed
def answer_nomination(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm or decline a nomination that was sent to a verified way of contact of this account."""
    user: Any = request.user
    found = next((row for row in nominations_for(user) if row.pk == pk), None)
    if found is None:
        raise Http404
    student = student_of(request)
    try:
        if request.POST.get("answer") == "decline":
            decline_nomination(nomination=found, actor=user)
            messages.success(request, _("You have declined. Your university is told."))
            return redirect("my_internships:home")
        if student is None:
            messages.info(request, _("Fill in your profile first; then confirm the nomination."))
            return redirect("my_internships:profile")
        confirm_nomination(nomination=found, student=student, actor=user)
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("my_internships:home")
    messages.success(request, _("You have confirmed. Complete the application and submit it."))
    return redirect("my_internships:apply", found.position_id)
