"""The only writer of requests: for support on a stay, and at the one window. Both go the same way."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.enums import CASE_TRANSITIONS, CaseState, PlacementState, Satisfaction
from internships.models import ServicePaper, ServiceRequest, ServiceStateChange, SupportRequest, SupportStateChange
from internships.selectors.cases import asker_of, may_hold_case, window_unit
from internships.services.kept_files import keep_upload
from internships.services.moves import Mover
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import hold, lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.validators import normalise_digits
from wenxi_portal.notifications.services.outbox import tell
from wenxi_portal.reminders.working_days import add_working_days

Request = SupportRequest | ServiceRequest

MOVERS: dict[type[Any], Mover[Any]] = {
    SupportRequest: Mover(CASE_TRANSITIONS, SupportStateChange, "request"),
    ServiceRequest: Mover(CASE_TRANSITIONS, ServiceStateChange, "request"),
}
URGENT_WORKING_DAYS = 1
MOST_PAPERS = 10
# The same words again within this time are a second click, not a second request.
SAME_CLICK = timedelta(hours=1)


@transaction.atomic
def ask_for_support(*, request: SupportRequest, actor: User) -> SupportRequest:
    """Enter a student's request; the lead unit of the stay is in charge, and the clock runs in working days.

    Asked twice with the same words within an hour it is entered once, and that one is returned. Raises ``DomainError``
    when the stay was cancelled.
    """
    stay = lock(request.placement)
    if stay.state == PlacementState.CANCELLED:
        raise DomainError(_("This stay was cancelled. Ask the office by telephone."), code="cancelled")
    asked = stay.support_requests.exclude(state=CaseState.WITHDRAWN)
    twin = asked.filter(kind=request.kind, text=request.text, created_at__gte=_recently()).first()
    if twin is not None:
        return twin
    request.unit = stay.lead_unit
    return _entered(request, actor, URGENT_WORKING_DAYS if request.is_urgent else settings.SUPPORT_WORKING_DAYS)


@transaction.atomic
def ask_at_window(*, request: ServiceRequest, actor: User, papers: Sequence[UploadedFile] = ()) -> ServiceRequest:
    """Enter a request at the one window (一个窗口) with its papers; the unit that keeps the window is in charge.

    Asked twice with the same words within an hour it is entered once. Raises ``DomainError`` while no unit keeps the
    window (setting WINDOW_UNIT), and ``ValidationError`` for a paper that cannot be kept: then nothing is entered.
    """
    unit = window_unit()
    if unit is None:
        raise DomainError(_("The window is not open online yet. Please call or visit the office."), code="closed")
    lock(User(pk=actor.pk))
    asked = ServiceRequest.objects.filter(user=actor, kind=request.kind, text=request.text)
    twin = asked.exclude(state=CaseState.WITHDRAWN).filter(created_at__gte=_recently()).first()
    if twin is not None:
        return twin
    request.user, request.unit, request.mobile = actor, unit, normalise_digits(request.mobile)
    entered = _entered(request, actor, settings.SERVICE_WORKING_DAYS)
    for upload in papers:
        add_paper(request=entered, upload=upload, actor=actor)
    return entered


@transaction.atomic
def add_paper(*, request: ServiceRequest, upload: UploadedFile, actor: User) -> ServicePaper:
    """Keep a paper the asker hands in.

    Raises ``DomainError`` for a stranger, a request that is over and too many papers, ``ValidationError`` for a file
    that cannot be kept or is with the request already.
    """
    present = lock(request)
    _only_the_asker(present, actor)
    if present.state in (CaseState.CLOSED, CaseState.WITHDRAWN):
        raise DomainError(_("This request is over. Make a new one."), code="closed", field="papers")
    if present.papers.count() >= MOST_PAPERS:
        raise DomainError(
            _("At most %(most)d papers can be kept with a request.") % {"most": MOST_PAPERS},
            code="many",
            field="papers",
        )
    paper = ServicePaper(request=present)
    return keep_upload(paper=paper, upload=upload, actor=actor)


@transaction.atomic
def take_up(*, request: Request, actor: User, owner: User | None = None, expected: str | None = None) -> Request:
    """Put a request into somebody's hands (default: the actor's own), or on into another's.

    Raises ``DomainError`` when either of them may not have it (closed account, not of the unit in charge), or the
    table refuses.
    """
    mover = MOVERS[type(request)]
    # Held, so that the account is not closed at this very moment.
    keeper = hold(User(pk=(owner or actor).pk))
    _only_the_office(request, actor)
    if not may_hold_case(keeper, request):
        raise DomainError(
            _("Choose somebody of the unit in charge whose account is open."), code="owner", field="owner"
        )
    present = lock(request)
    if present.state == CaseState.IN_HAND:
        return _handed_on(present, actor, keeper)
    present = mover.locked(request, CaseState.IN_HAND, expected=expected)
    reason = _("taken up again") if present.answered_at else _("taken up")
    present.owner = keeper
    mover.write(present, CaseState.IN_HAND, actor=actor, reason=reason, fields=("owner",))
    return present


@transaction.atomic
def answer(*, request: Request, actor: User, text: str, expected: str | None = None) -> Request:
    """Answer a request and tell the one who asked. Raises ``DomainError`` without an answer and to a stranger."""
    mover = MOVERS[type(request)]
    _only_the_office(request, actor)
    present = mover.locked(request, CaseState.ANSWERED, expected=expected)
    if not text.strip():
        raise DomainError(_("Write the answer."), code="answer", field="text")
    present.answer, present.answered_at = text.strip(), timezone.now()
    present.owner = present.owner or actor
    fields = ("answer", "answered_at", "owner")
    mover.write(present, CaseState.ANSWERED, actor=actor, reason=_("answered"), fields=fields)
    asker = asker_of(present)
    if asker.is_active:
        kind, about = ("support_answered", "service_answered")[isinstance(present, ServiceRequest)], present.pk
        tell(recipient=asker, kind=kind, about=f"{about}:{present.revision}", params={"object": present.pk})
    return present


@transaction.atomic
def rate(*, request: Request, actor: User, satisfaction: Satisfaction, note: str = "") -> Request:
    """Close an answered request with how content the asker was. Who is not may rather ``reopen`` it."""
    mover = MOVERS[type(request)]
    _only_the_asker(request, actor)
    present = mover.locked(request, CaseState.CLOSED)
    present.satisfaction, present.satisfaction_note = satisfaction.value, note.strip()[:300]
    fields = ("satisfaction", "satisfaction_note")
    mover.write(present, CaseState.CLOSED, actor=actor, reason=_("rated by the asker"), fields=fields)
    return present


@transaction.atomic
def reopen(*, request: Request, actor: User, reason: str) -> Request:
    """The asker is not content with the answer: whoever gave it has the request again, with a new clock.

    Whose account is closed meanwhile does not get it: then it waits for the unit again.
    """
    mover = MOVERS[type(request)]
    _only_the_asker(request, actor)
    present = lock(request)
    if present.state != CaseState.ANSWERED:
        raise DomainError(_("There is no answer to come back to. Reload the page."), code="unanswered")
    if present.owner and not may_hold_case(present.owner, present):
        present.owner = None
    to_state = CaseState.IN_HAND if present.owner else CaseState.RECEIVED
    mover.locked(request, to_state, reason=reason)
    present.due_on = add_working_days(timezone.localdate(), URGENT_WORKING_DAYS)
    mover.write(present, to_state, actor=actor, reason=reason, fields=("due_on", "owner"))
    return present


@transaction.atomic
def withdraw(*, request: Request, actor: User) -> Request:
    """The asker no longer needs an answer."""
    mover = MOVERS[type(request)]
    _only_the_asker(request, actor)
    present = mover.locked(request, CaseState.WITHDRAWN)
    mover.write(present, CaseState.WITHDRAWN, actor=actor, reason=_("no longer needed"), fields=())
    return present


def _only_the_asker(request: Request, actor: User) -> None:
    if asker_of(request).pk != actor.pk:
        raise DomainError(_("Only the person who asked may do this."), code="actor")


def _only_the_office(request: Request, actor: User) -> None:
    if not may_hold_case(actor, request):
        raise DomainError(_("Only the unit in charge may do this."), code="actor")


def _entered(request: Any, actor: User, working_days: int) -> Any:
    request.state, request.owner = CaseState.RECEIVED, None
    request.due_on = add_working_days(timezone.localdate(), working_days)
    request.full_clean()
    request.save()
    MOVERS[type(request)].entered(request, actor=actor, reason=_("asked"))
    record(actor=actor, verb=Verb.CREATED, subject=request)
    return request


def _handed_on(present: Any, actor: User, keeper: User) -> Any:
    if present.owner_id != keeper.pk:
        present.owner = keeper
        present.revision += 1
        present.save(update_fields=["owner", "revision", "updated_at"])
        record(actor=actor, verb=Verb.CHANGED, subject=present, owner=keeper.pk)
    return present


def _recently() -> Any:
    return timezone.now() - SAME_CLICK
