"""The only writer of nominations: a university proposes, the student confirms, and it becomes an application."""

from datetime import date, timedelta

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.enums import NOMINATION_TRANSITIONS, NominationState
from internships.models import Application, Nomination, Position, Student
from internships.notifications.applying import NOMINATED, NOMINATION_ANSWERED
from internships.selectors.nominations import verified_ways
from internships.services.application import start_application
from internships.services.nomination_words import SALT, put_down_words
from talent.services.person import clean_name
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.masking import mask_name
from wenxi_portal.notifications.services.outbox import tell
from wenxi_portal.organisations.models import Membership

LINK_DAYS = 90
N = NominationState


@transaction.atomic
def nominate(*, nomination: Nomination, actor: User) -> Nomination:
    """Propose a student and tell him or her. Without ``answer_until``, NOMINATION_DAYS days from today.

    Raises ``DomainError`` when nobody can apply for the position, when there is no way to reach the student, or when
    the student is nominated for it already.
    """
    if not Position.objects.open().filter(pk=nomination.position_id).exists():
        raise DomainError(_("Nobody can apply for this position any more."), code="closed", field="position")
    if not (nomination.mobile or nomination.email):
        raise DomainError(_("Give a mobile number or an e-mail address."), code="no_way", field="mobile")
    if nomination.answer_until is None:
        nomination.answer_until = default_answer_until(nomination.position)
    elif nomination.answer_until < timezone.localdate():
        raise DomainError(_("The day lies in the past."), code="past", field="answer_until")
    nomination.state, nomination.nominated_by = N.WAITING, actor
    try:
        with transaction.atomic():
            nomination.full_clean(exclude=["contact_index"])
            nomination.save()
    except IntegrityError as error:
        raise _already() from error
    record(actor=actor, verb=Verb.CREATED, subject=nomination)
    _tell_student(nomination)
    return nomination


@transaction.atomic
def confirm_nomination(*, nomination: Nomination, student: Student, actor: User) -> Application:
    """Say yes: the nomination becomes the student's application, still to be completed and submitted.

    A second click finds the application. Raises ``DomainError`` when it is answered otherwise, or too late, and (code
    ``another``) when the profile is not that of the nominated student: links are passed on.
    """
    present = lock(nomination)
    if present.application is not None and present.application.student_id == student.pk:
        return present.application
    _check(present, N.CONFIRMED)
    if not is_nominated(present, student):
        raise DomainError(
            _(
                "%(university)s has nominated %(name)s. Your profile has another name, or another university and way "
                "of contact. If you are meant, ask the university to nominate you with the name and the mobile number "
                "or e-mail address of your account."
            )
            % {"university": present.university.name, "name": mask_name(present.name)},
            code="another",
        )
    application = start_application(student=student, position=present.position, actor=actor)
    if Nomination.objects.filter(application=application).exists():
        raise DomainError(_("Another nomination has become this application already."), code="exists")
    present.application = application
    _write(present, N.CONFIRMED, actor)
    _tell_university(present, confirmed=True)
    return application


@transaction.atomic
def decline_nomination(*, nomination: Nomination, actor: User | None) -> Nomination:
    """Say no; a second click changes nothing."""
    present = lock(nomination)
    if present.state != N.DECLINED:
        _check(present, N.DECLINED)
        _write(present, N.DECLINED, actor)
        _tell_university(present, confirmed=False)
    return present


@transaction.atomic
def withdraw_nomination(*, nomination: Nomination, actor: User) -> Nomination:
    """Take a nomination back that the student has not answered."""
    present = lock(nomination)
    NOMINATION_TRANSITIONS.check(present.state, N.WITHDRAWN)
    _write(present, N.WITHDRAWN, actor)
    return present


@transaction.atomic
def lapse_nomination(*, nomination: Nomination) -> Nomination:
    """Close a nomination that was not answered in time."""
    present = lock(nomination)
    NOMINATION_TRANSITIONS.check(present.state, N.LAPSED)
    _write(present, N.LAPSED, None)
    return present


def default_answer_until(position: Position) -> date:
    """Return the day until which a student nominated today answers: never later than one may apply."""
    return min(timezone.localdate() + timedelta(days=settings.NOMINATION_DAYS), position.apply_until)


def is_nominated(nomination: Nomination, student: Student) -> bool:
    """Tell whether ``student`` is who was nominated: the same name, and the same university or way of contact.

    Ways of contact count when the account has proved them. Relatives share phones: a number without the name is nobody.
    """
    if clean_name(nomination.name).casefold() != clean_name(student.name).casefold():
        return False
    names = (student.school, student.university_name)
    if nomination.university_id == student.university_id or nomination.university.name in names:
        return True
    ways = verified_ways(student.user)
    return bool(Nomination.objects.addressed_to(*ways).filter(pk=nomination.pk).exists())


def open_nomination(token: str) -> Nomination:
    """Return the nomination behind ``token``; raise ``DomainError`` when the link is forged or too old."""
    try:
        key = signing.loads(token, salt=SALT, max_age=LINK_DAYS * 24 * 3600)
    except signing.BadSignature:
        raise DomainError(_("This link has been used or is out of date."), code="void") from None
    found = Nomination.objects.select_related("position__host", "university").filter(pk=key).first()
    if found is None:
        raise DomainError(_("This link has been used or is out of date."), code="void")
    return found


def _check(present: Nomination, to_state: NominationState) -> None:
    NOMINATION_TRANSITIONS.check(present.state, to_state)
    if present.answer_until < timezone.localdate():
        raise DomainError(_("The day until which you could answer has passed."), code="too_late")


def _write(present: Nomination, to_state: NominationState, actor: User | None) -> None:
    from_state, present.state = present.state, to_state
    present.save()
    record(actor=actor, verb=Verb.MOVED, subject=present, from_state=from_state, to_state=to_state.value)


def _tell_student(nomination: Nomination) -> None:
    params = {"position": nomination.position.title, "university": nomination.university.name}
    accounts = User.objects.filter(is_active=True)
    account = (accounts.with_mobile(nomination.mobile) if nomination.mobile else accounts.none()).first() or (
        accounts.with_email(nomination.email) if nomination.email else accounts.none()
    ).first()
    if account:
        tell(recipient=account, kind=NOMINATED, about=str(nomination.pk), params=params)
    # Made-up people are never written to.
    if not (account and account.is_demo):
        put_down_words(nomination)


def _tell_university(nomination: Nomination, *, confirmed: bool) -> None:
    params = {"position": nomination.position.title, "confirmed": confirmed}
    members = Membership.objects.current().filter(organisation=nomination.university_id, user__is_active=True)
    for member in members.select_related("user"):
        tell(recipient=member.user, kind=NOMINATION_ANSWERED, about=str(nomination.pk), params=params)


def _already() -> DomainError:
    return DomainError(_("This student is nominated for the position already."), code="once", field="mobile")
