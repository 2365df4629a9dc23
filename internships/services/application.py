"""What a student does with an application before anybody decides, and how it becomes a stay."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypedDict

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.enums import ACTIVE_STATES, ApplicationState
from internships.models import Application, Position, Student, StudentPaper
from internships.selectors.eligibility import blocking, eligibility
from internships.services.application_moves import MOVER, locked_position, move
from internships.services.waiting_list import move_up
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError

S = ApplicationState
WRITABLE = (S.DRAFT, S.HANDED_BACK)
TEXT_FIELDS = ("letter", "available_from", "available_until", "wants_lodging", "wants_transport")


class Answers(TypedDict, total=False):
    """What a student writes on an application."""

    letter: str
    available_from: date | None
    available_until: date | None
    wants_lodging: bool
    wants_transport: bool
    papers: Iterable[StudentPaper]


@transaction.atomic
def start_application(*, student: Student, position: Position, actor: User | None) -> Application:
    """Return the student's application for ``position``, made as a draft when there is none under way.

    Asked twice at the same moment it is made once. Raises ``DomainError`` when too many are under way.
    """
    lock(student)
    held = (*ACTIVE_STATES, S.PLACED)
    present = Application.objects.filter(student=student, position=position, state__in=held).first()
    if present:
        return present
    _check_number(student)
    application = Application.objects.create(student=student, position=position)
    MOVER.entered(application, actor=actor, reason="")
    record(actor=actor, verb=Verb.CREATED, subject=application)
    return application


@transaction.atomic
def save_draft(*, application: Application, answers: Answers, expected_revision: int | None = None) -> Application:
    """Keep what the student has written so far; the same written twice is one edit.

    Raises ``DomainError`` (code ``stale``) when it was written in another window since ``expected_revision``, and
    (code ``sent``) when the application is no longer the student's to write.
    """
    present = lock(application)
    if present.state not in WRITABLE:
        raise DomainError(_("This application has been submitted. What you wrote is kept as it was."), code="sent")
    if _says(present, answers):
        return present
    if expected_revision is not None and present.revision != expected_revision:
        raise DomainError(
            _(
                "You wrote on this application in another window at %(time)s. Look at what you see here: saved again, "
                "it takes the place of the other."
            )
            % {"time": f"{timezone.localtime(present.updated_at):%H:%M}"},
            code="stale",
        )
    _write(present, answers)
    return present


@transaction.atomic
def submit(*, application: Application, actor: User | None) -> Application:
    """Hand the application to the host. A second click finds it submitted and changes nothing.

    Everything is asked again under lock: raises ``DomainError`` with the first reason that stands against it, and
    with code ``letter`` when the letter is empty.
    """
    student = application.student
    lock(student)
    present = lock(application)
    if present.state == S.SUBMITTED:
        return application
    MOVER.table.check(present.state, S.SUBMITTED)
    present.student, present.position = student, application.position
    if not present.letter.strip():
        raise DomainError(_("Write in a few words why you want this position."), code="letter", field="letter")
    against = blocking(eligibility(present.position, student, application=present))
    if against:
        raise DomainError(f"{against[0].sentence} {against[0].advice}".strip(), code=against[0].code)
    present.submitted_at = timezone.now()
    return move(present, S.SUBMITTED, actor=actor, fields=("submitted_at",))


@transaction.atomic
def write_and_submit(
    *,
    student: Student,
    position: Position,
    answers: Answers,
    actor: User | None,
    expected_revision: int | None = None,
) -> tuple[Application, DomainError | None]:
    """Keep what was written and hand it in, in one step; what cannot be handed in stays a draft.

    Returns the application and why it was not handed in (None: it was). Raises ``DomainError`` as ``save_draft`` does.
    """
    application = start_application(student=student, position=position, actor=actor)
    application = save_draft(application=application, answers=answers, expected_revision=expected_revision)
    # They are at hand with host and account: nobody needs to fetch them again.
    application.student, application.position = student, position
    try:
        with transaction.atomic():
            return submit(application=application, actor=actor), None
    except DomainError as refusal:
        return application, refusal


@transaction.atomic
def withdraw(*, application: Application, actor: User | None, reason: str = "") -> Application:
    """Take an application back, at any stage before the place is settled; whoever waits moves up.

    Raises ``DomainError`` when it is closed already, or placed: a stay is ended through the stay.
    """
    position = locked_position(application)
    present = MOVER.locked(application, S.WITHDRAWN)
    if present.state == S.PLACED:
        raise DomainError(_("Your place is settled. Ask the office to cancel the stay."), code="placed")
    move(present, S.WITHDRAWN, actor=actor, reason=reason)
    move_up(position=position)
    return present


@transaction.atomic
def mark_placed(application: Application, actor: User | None) -> Application:
    """Say that the accepted application has become a stay. Called by whoever makes the placement."""
    return move(MOVER.locked(application, S.PLACED), S.PLACED, actor=actor)


@transaction.atomic
def release(*, application: Application, actor: User | None, reason: str) -> Application:
    """Free the seat of a placement that fell through before it began; the next on the waiting list moves up."""
    position = locked_position(application)
    present = MOVER.locked(application, S.WITHDRAWN, reason=reason)
    move(present, S.WITHDRAWN, actor=actor, reason=reason)
    move_up(position=position)
    return present


def _check_number(student: Student) -> None:
    if student.applications.filter(state__in=ACTIVE_STATES).count() >= settings.APPLICATIONS_AT_ONCE:
        raise DomainError(
            _("You have %(number)d applications under way; more are not possible at once. Withdraw one of them first.")
            % {"number": settings.APPLICATIONS_AT_ONCE},
            code="too_many",
        )


def _says(present: Application, answers: Mapping[str, Any]) -> bool:
    """Tell whether the application says exactly this already."""
    if any(getattr(present, name) != answers[name] for name in TEXT_FIELDS if name in answers):
        return False
    if "papers" not in answers:
        return True
    return {paper.pk for paper in answers["papers"]} == set(present.papers.values_list("pk", flat=True))


def _write(present: Application, answers: Mapping[str, Any]) -> None:
    written = [name for name in TEXT_FIELDS if name in answers]
    for name in written:
        setattr(present, name, answers[name])
    present.revision += 1
    first, last = present.available_from, present.available_until
    if first and last and last < first:
        raise DomainError(_("The last day lies before the first day."), code="available", field="available_until")
    others = [field.name for field in Application._meta.fields if field.name not in written]
    present.full_clean(exclude=others, validate_constraints=False)
    present.save(update_fields=[*written, "revision", "updated_at"])
    if "papers" in answers:
        own = [paper for paper in answers["papers"] if paper.student_id == present.student_id]
        try:
            with transaction.atomic():
                present.papers.set(own)
        except IntegrityError:
            raise DomainError(_("One of the papers is no longer on file. Choose again."), code="papers") from None
