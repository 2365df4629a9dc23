"""The page of one request, for support or at the window: its way, its answer, and what the asker can do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from internships.enums import CaseState
from internships.forms.care import RateForm, ReopenForm
from internships.models import ServiceRequest, SupportRequest
from internships.services.cases import rate, reopen, withdraw
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError

Request = SupportRequest | ServiceRequest


@dataclass(frozen=True, slots=True)
class Rung:
    """One line of the way of a request."""

    title: str
    at: datetime | None = None
    when: str = ""
    text: str = ""
    phase: str = "done"


def way_of(case: Request) -> list[Rung]:
    """Return what happened to a request, where it is now, and until when an answer is due."""
    moves = list(case.state_changes.order_by("at", "pk"))
    rungs = [Rung(str(CaseState(move.to_state).label), at=move.at, text=_said(move)) for move in moves[:-1]]
    last = moves[-1:]
    waits = case.state in (CaseState.RECEIVED, CaseState.IN_HAND)
    rungs += [
        Rung(str(CaseState(m.to_state).label), at=m.at, text=_said(m), phase="now" if waits else "done") for m in last
    ]
    if waits:
        rungs.append(Rung(_("Answer"), when=due_words(case), phase="next"))
    return rungs


def due_words(case: Request) -> str:
    """Return until when an answer is due, and how late it is."""
    late = (timezone.localdate() - case.due_on).days
    day = date_format(case.due_on, "DATE_FORMAT")
    if late > 0:
        return _("was due on %(day)s, %(late)d days ago") % {"day": day, "late": late}
    return _("by %(day)s") % {"day": day}


def holder_words(case: Request) -> str:
    """Return who has a request now, in words for the asker."""
    if case.state not in (CaseState.RECEIVED, CaseState.IN_HAND):
        return ""
    if case.owner is None:
        return _("%(unit)s, not taken up yet") % {"unit": case.unit}
    return _("%(name)s, %(unit)s") % {"name": case.owner, "unit": case.unit}


def case_page(request: HttpRequest, case: Request, template: str, context: dict[str, Any]) -> HttpResponse:
    """Show a request; a POST with ``deed`` rates it, has it taken up again or withdraws it."""
    rating, again = RateForm(prefix="rate"), ReopenForm(prefix="reopen")
    if request.method == "POST":
        deed = request.POST.get("deed", "")
        if deed == "rate":
            rating = RateForm(request.POST, prefix="rate")
            done = _do(rating, rate, case, request.user)
        elif deed == "reopen":
            again = ReopenForm(request.POST, prefix="reopen")
            done = _do(again, reopen, case, request.user)
        else:
            done = _withdrawn(request, case)
        if done:
            messages.success(request, _("Thank you. It is noted."))
            return HttpResponseRedirect(request.path)
        case.refresh_from_db()
    context |= {
        "case": case,
        "way": way_of(case),
        "holder": holder_words(case),
        "due": due_words(case),
        "waits": case.state in (CaseState.RECEIVED, CaseState.IN_HAND),
        "rating": rating,
        "again": again,
        "wrong": rating if rating.errors else again,
    }
    return render(request, template, context)


def _do(form: forms.Form, deed: Callable[..., Any], case: Request, actor: Any) -> bool:
    if not form.is_valid():
        return False
    try:
        deed(request=case, actor=actor, **form.cleaned_data)
    except (DomainError, ValidationError) as refusal:
        add_refusal(form, refusal)
        return False
    return True


def _withdrawn(request: HttpRequest, case: Request) -> bool:
    try:
        withdraw(request=case, actor=request.user)  # type: ignore[arg-type]
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return False
    return True


def _said(move: Any) -> str:
    """Return the asker's own words; what the office notes of each move is told by the title."""
    return move.reason if move.from_state == CaseState.ANSWERED and move.to_state != CaseState.CLOSED else ""
