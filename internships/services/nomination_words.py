"""The words that reach a nominated student outside the portal: put down with the nomination, sent until they leave."""

import logging
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urljoin

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from internships.models import Nomination
from talent.services.registration import send_words

logger = logging.getLogger(__name__)

SALT = "internships.nomination"
# After the first try again after so long; whoever cannot be reached after the last is shown to the university.
PAUSES = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3), timedelta(hours=12))


def nomination_token(nomination: Nomination) -> str:
    """Return the secret of the link."""
    return signing.dumps(nomination.pk, salt=SALT)


def put_down_words(nomination: Nomination) -> None:
    """Note that the student is to be written to, in the caller's transaction; tried at once after its commit."""
    if not nomination.email and not settings.PORTAL_SMS_GATEWAY:
        return
    nomination.words_next_at = timezone.now()
    nomination.save(update_fields=["words_next_at"])
    transaction.on_commit(partial(send_one, nomination.pk), robust=True)


def send_waiting_words(now: datetime | None = None) -> int:
    """Send what waits; return to how many. For the clock: safe twice, and beside another run."""
    due = Nomination.objects.with_words_due(now or timezone.now()).order_by("words_next_at", "pk")
    return sum(send_one(pk, now=now) for pk in due.values_list("pk", flat=True))


def send_one(pk: int, *, now: datetime | None = None) -> bool:
    """Send the words of one nomination, unless another run has it in hand; tell whether they left.

    The next try is put down before the sending: whoever is killed in the middle leaves it to the next run.
    """
    moment = now or timezone.now()
    one = _claimed(pk, moment)
    if one is None:
        return False
    try:
        with translation.override(settings.LANGUAGE_CODE):
            send_words(mobile=one.mobile, email=one.email, subject=_("You are nominated"), text=_words(one))
    except OSError as error:
        logger.warning("The words of nomination %d did not leave (%s).", pk, type(error).__name__)
        return False
    Nomination.objects.filter(pk=pk).update(words_sent_at=moment, words_next_at=None)
    return True


@transaction.atomic
def _claimed(pk: int, moment: datetime) -> Nomination | None:
    due = Nomination.objects.with_words_due(moment).filter(pk=pk)
    one: Nomination | None = due.select_for_update(of=("self",), no_key=True, skip_locked=True).first()
    if one is None:
        return None
    one.words_next_at = moment + PAUSES[one.words_tries] if one.words_tries < len(PAUSES) else None
    one.words_tries += 1
    one.save(update_fields=["words_next_at", "words_tries"])
    return one


def _words(nomination: Nomination) -> str:
    address = urljoin(
        settings.PORTAL_ADDRESS or "/", reverse("internships:nomination", args=[nomination_token(nomination)])
    )
    return _("%(university)s nominates you for “%(position)s”. Please answer until %(day)s: %(link)s") % {
        "position": nomination.position.title,
        "university": nomination.university.name,
        "day": nomination.answer_until.isoformat(),
        "link": address if settings.PORTAL_ADDRESS else _("sign in to the portal"),
    }
