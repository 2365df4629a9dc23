"""The yearly question “is everything still correct?” behind a signed link."""

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from talent.enums import PersonState, SelfCheckAnswer
from talent.models import Person, SelfCheck
from talent.models.registration import LINK_DAYS
from talent.services.person import must_be_active
from talent.services.reaching import written_way
from talent.services.registration import send_words
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError

logger = logging.getLogger(__name__)

_SALT = "talent.self_check"

LinkOf = Callable[[str], str]


@transaction.atomic
def ask_self_check(*, person: Person, actor: User | None, link_of: LinkOf) -> SelfCheck:
    """Ask ``person`` through mobile or e-mail; ``link_of`` turns the link's token into a full address.

    The message leaves after the commit. Raises ``DomainError`` when there is no way to reach the person, or when the
    last question still waits for an answer.
    """
    check = put_question(person=person, actor=actor)
    transaction.on_commit(partial(send_question, check_id=check.pk, link_of=link_of), robust=True)
    return check


@transaction.atomic
def put_question(*, person: Person, actor: User | None) -> SelfCheck:
    """Write the question down; ``send_question`` sends it. Refuses like ``ask_self_check``."""
    present = lock(person)
    must_be_active(present)
    if written_way(present) is None:
        raise DomainError(_("Neither a mobile number that can be written to nor an e-mail is on file."), code="no_way")
    if present.self_checks.filter(answered_at__isnull=True, expires_at__gt=timezone.now()).exists():
        raise DomainError(_("The last question still waits for an answer."), code="waiting")
    check = SelfCheck.objects.create(
        person=present, asked_by=actor, expires_at=timezone.now() + timedelta(days=LINK_DAYS)
    )
    record(actor=actor, verb=Verb.CHANGED, subject=present, self_check="asked")
    return check


def send_question(*, check_id: int, link_of: LinkOf) -> bool:
    """Send a question that has not left; tell whether it left now.

    The try is counted before the message is handed over, so that of two senders one goes on. A sender that dies in
    between leaves the question unsent, and the hourly run sends it again with the same link.
    """
    check = SelfCheck.objects.select_related("person").filter(pk=check_id, sent_at__isnull=True).first()
    way = written_way(check.person) if check else None
    if check is None or way is None or check.answered_at or check.person.state != PersonState.ACTIVE:
        return False
    mine = SelfCheck.objects.filter(pk=check_id, sent_at__isnull=True, send_tries=check.send_tries)
    if not mine.update(send_tries=check.send_tries + 1):
        return False
    text = _("Is what we have on file about you still correct? One tap is enough: %(link)s") % {
        "link": link_of(self_check_token(check))
    }
    try:
        send_words(mobile=way.mobile, email=way.email, subject=_("Still correct?"), text=text)
    except OSError as error:
        logger.warning("Yearly question %d could not be sent (%s).", check_id, type(error).__name__)
        return False
    SelfCheck.objects.filter(pk=check_id).update(sent_at=timezone.now())
    return True


def self_check_token(check: SelfCheck) -> str:
    """Return the secret of the link."""
    return signing.dumps(check.pk, salt=_SALT)


def open_self_check(token: str) -> SelfCheck:
    """Return the open question behind ``token``; raise ``DomainError`` when it is forged, answered or out of date.

    Whatever is wrong, a stranger learns the same.
    """
    try:
        key = signing.loads(token, salt=_SALT, max_age=LINK_DAYS * 24 * 3600)
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
