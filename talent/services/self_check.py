"""The yearly question “is everything still correct?” behind a signed link."""

from collections.abc import Callable
from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from talent.enums import SelfCheckAnswer
from talent.models import Person, SelfCheck
from talent.services.person import must_be_active
from talent.services.registration import send_words
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError

VALID_DAYS = 60
_SALT = "talent.self_check"

LinkOf = Callable[[str], str]


@transaction.atomic
def ask_self_check(*, person: Person, actor: User | None, link_of: LinkOf) -> SelfCheck:
    """Ask ``person`` through mobile or e-mail; ``link_of`` turns the link's token into a full address.

    The message leaves after the commit. Raises ``DomainError`` when there is no way to reach the person, or when the
    last question still waits for an answer.
    """
    present = lock(person)
    must_be_active(present)
    if not (present.mobile or present.email):
        raise DomainError(_("Neither mobile number nor e-mail is on file."), code="no_way")
    if present.self_checks.filter(answered_at__isnull=True, expires_at__gt=timezone.now()).exists():
        raise DomainError(_("The last question still waits for an answer."), code="waiting")
    check = SelfCheck.objects.create(
        person=present, asked_by=actor, expires_at=timezone.now() + timedelta(days=VALID_DAYS)
    )
    text = _("Is what we have on file about you still correct? One tap is enough: %(link)s") % {
        "link": link_of(self_check_token(check))
    }
    mobile, email = present.mobile, present.email
    transaction.on_commit(
        lambda: send_words(mobile=mobile, email=email, subject=_("Still correct?"), text=text), robust=True
    )
    record(actor=actor, verb=Verb.CHANGED, subject=present, self_check="asked")
    return check


def self_check_token(check: SelfCheck) -> str:
    """Return the secret of the link."""
    return signing.dumps(check.pk, salt=_SALT)


def open_self_check(token: str) -> SelfCheck:
    """Return the open question behind ``token``; raise ``DomainError`` when it is forged, answered or out of date.

    Whatever is wrong, a stranger learns the same.
    """
    try:
        key = signing.loads(token, salt=_SALT, max_age=VALID_DAYS * 24 * 3600)
    except signing.BadSignature:
        raise _void() from None
    check = SelfCheck.objects.select_related("person").filter(pk=key).first()
    if check is None or check.answered_at or check.expires_at <= timezone.now():
        raise _void()
    try:
        must_be_active(check.person)
    except DomainError:
        raise _void() from None
    return check


@transaction.atomic
def answer_self_check(*, token: str, answer: SelfCheckAnswer, message: str = "") -> SelfCheck:
    """Keep the answer. One tap says “still correct”; what changed goes to the officers' queue. Answered once."""
    check = lock(open_self_check(token))
    if check.answered_at:
        raise _void()
    if answer == SelfCheckAnswer.CHANGED and not message.strip():
        raise DomainError(_("Write what has changed."), code="message", field="message")
    check.answer, check.answered_at, check.message = answer, timezone.now(), message.strip()[:500]
    check.save(update_fields=["answer", "answered_at", "message"])
    if answer == SelfCheckAnswer.STILL_CORRECT:
        Person.objects.filter(pk=check.person_id).update(last_checked_on=timezone.localdate())
    record(actor=None, verb=Verb.CHANGED, subject=check.person, self_check=str(answer))
    return check


@transaction.atomic
def handle_answer(*, check: SelfCheck, actor: User) -> SelfCheck:
    """Tick off what somebody wrote had changed, once the record says so."""
    present = lock(check)
    if present.handled_at is None:
        present.handled_at = timezone.now()
        present.save(update_fields=["handled_at"])
        Person.objects.filter(pk=present.person_id).update(last_checked_on=timezone.localdate())
        record(actor=actor, verb=Verb.CHANGED, subject=present.person, self_check="handled")
    return present


def _void() -> DomainError:
    return DomainError(_("This link has been used or is out of date."), code="void")
