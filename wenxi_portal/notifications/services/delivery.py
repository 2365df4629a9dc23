"""Sending one message: claim it, commit, send, write down what came of it."""

import logging
import random
import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from wenxi_portal.accounts.permissions import can_sign_in
from wenxi_portal.core.errors import DomainError
from wenxi_portal.notifications.channels.base import Adapter, NeverError, Outgoing, TryLaterError
from wenxi_portal.notifications.enums import MessageState
from wenxi_portal.notifications.models import Message
from wenxi_portal.notifications.selectors.languages import language_of

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=2)


def deliver(*, message_id: int, now: datetime | None = None) -> bool:
    """Send a message whose time has come; tell whether this call sent it.

    Leaves quietly when it is sent, claimed by another worker, or not due yet. A worker that dies between the claim
    and the end leaves a claim that the sweep frees; the channel then gets the same key again.
    """
    moment = now or timezone.now()
    claim = _claim(message_id, moment)
    if claim is None:
        return False
    message = Message.objects.select_related("recipient").get(pk=message_id)
    if not can_sign_in(message.recipient):
        _finish(message, claim, state=MessageState.WITHDRAWN, last_error="account_disabled")
        return False
    if message.recipient.is_demo:
        # Made-up people are never written to: their address might be somebody's.
        _finish(message, claim, state=MessageState.WITHDRAWN, last_error="demo_account")
        return False
    try:
        _adapter(message).send(outgoing(message))
    except NeverError as error:
        _finish(message, claim, state=MessageState.GIVEN_UP, last_error=str(error)[:300])
    except TryLaterError as error:
        _later(message, claim, str(error), moment)
    except Exception as error:
        # A channel of the county's own may fail in ways nobody foresaw; the name of the fault holds no words.
        logger.exception("Message %d: the channel failed.", message_id)
        _later(message, claim, type(error).__name__, moment)
    else:
        return _finish(message, claim, state=MessageState.SENT, sent_at=moment, last_error="")
    return False


def outgoing(message: Message) -> Outgoing:
    """Return what the channel gets: words in the language the recipient chose, and where to read on."""
    with translation.override(language_of(message.recipient)):
        subject, text = message.subject, message.body
        if settings.PORTAL_ADDRESS and message.url:
            text = f"{text}\n\n{settings.PORTAL_ADDRESS.rstrip('/')}{message.url}"
    return Outgoing(message, str(message.idempotency_key), subject, text)


def pause_after(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: doubled each time, with chance, so that not all come at once."""
    longest = min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
    return longest * random.uniform(0.5, 1.0)  # noqa: S311


def try_again(*, message: Message, now: datetime | None = None) -> Message:
    """Let a message that was given up wait once more. Raises ``DomainError`` when it is not given up."""
    moment = now or timezone.now()
    changed = Message.objects.filter(pk=message.pk, state=MessageState.GIVEN_UP).update(
        state=MessageState.WAITING, attempts=0, enqueued_at=None, next_attempt_at=moment
    )
    if not changed:
        raise DomainError(_("Only a message that was given up can be tried again."), code="state")
    message.refresh_from_db()
    return message


def _claim(message_id: int, now: datetime) -> uuid.UUID | None:
    """Take the message in one statement, committed before anything is sent; None when it is not ours to send."""
    token = uuid.uuid4()
    waiting = Message.objects.to_hand_over(now).filter(pk=message_id)
    taken = waiting.update(
        state=MessageState.CLAIMED, claim=token, claimed_at=now, attempts=F("attempts") + 1, enqueued_at=None
    )
    return token if taken else None


def _later(message: Message, claim: uuid.UUID, error: str, now: datetime) -> None:
    """Try again after a pause, or give up."""
    if message.attempts >= MOST_ATTEMPTS:
        _finish(message, claim, state=MessageState.GIVEN_UP, last_error=error[:300])
        return
    again = now + pause_after(message.attempts)
    _finish(message, claim, state=MessageState.WAITING, next_attempt_at=again, last_error=error[:300])


def _finish(message: Message, claim: uuid.UUID, **changes: object) -> bool:
    """Write the outcome, unless the claim has passed to another worker meanwhile."""
    mine = Message.objects.filter(pk=message.pk, claim=claim, state=MessageState.CLAIMED)
    return bool(mine.update(claim=None, claimed_at=None, **changes))


def _adapter(message: Message) -> Adapter:
    adapter: Adapter = import_string(settings.NOTIFICATION_CHANNELS[message.channel])()
    return adapter
