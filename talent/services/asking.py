"""The yearly question to everybody who is due for it."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import KombuError

from talent.models import Person, SelfCheck
from talent.selectors.people import due_for_self_check
from talent.services.self_check import LinkOf, put_question, send_question
from wenxi_portal.accounts.models import User
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError

logger = logging.getLogger(__name__)

MOST_TRIES = 5
# A question that is younger may be on its way out in another process.
LEFT_BEHIND_AFTER = timedelta(minutes=30)
# So many failures in a row mean that the gateway is away, not that an address is wrong.
GATEWAY_IS_AWAY = 3


def ask_everyone_due(*, link_of: LinkOf, now_at_most: int | None = None) -> int:
    """Ask people who are due, at most so many (default SELF_CHECK_AT_ONCE); return how many were asked.

    Safe to run at any time, twice at once, and after it was killed: whoever was asked is not due any more.
    """
    if not settings.SELF_CHECK_EVERY_DAYS:
        return 0
    most = settings.SELF_CHECK_AT_ONCE if now_at_most is None else now_at_most
    asked = failures = 0
    for key in list(due_for_self_check().order_by("pk").values_list("pk", flat=True)[:most]):
        check = _put_when_due(key, actor=None)
        if check is None:
            continue
        asked += 1
        failures = 0 if send_question(check_id=check.pk, link_of=link_of) else failures + 1
        if failures >= GATEWAY_IS_AWAY:
            logger.warning("Yearly questions cannot be sent; the next run goes on.")
            break
    return asked


@transaction.atomic
def ask_people(*, people: Iterable[Person], actor: User) -> int:
    """Put the yearly question to those of ``people`` who are due; return how many. A worker sends after the commit.

    When the broker does not answer, the hourly run sends.
    """
    found = (_put_when_due(person.pk, actor=actor) for person in people)
    keys = [check.pk for check in found if check]
    if keys:
        transaction.on_commit(partial(_hand_over, keys))
    return len(keys)


def send_left_behind(*, link_of: LinkOf, now_at_most: int = 500) -> int:
    """Send questions that were put but did not leave; return how many left. Gives up after MOST_TRIES."""
    now = timezone.now()
    behind = SelfCheck.objects.filter(
        sent_at__isnull=True,
        answered_at__isnull=True,
        expires_at__gt=now,
        asked_at__lt=now - LEFT_BEHIND_AFTER,
        send_tries__lt=MOST_TRIES,
    )
    keys = list(behind.order_by("expires_at", "pk").values_list("pk", flat=True)[:now_at_most])
    return sum(send_question(check_id=key, link_of=link_of) for key in keys)


def _hand_over(keys: list[int]) -> None:
    try:
        current_app.send_task("talent.tasks.send_questions", args=[keys], retry=False)
    except (KombuError, OSError):
        logger.warning("The broker does not answer; %d yearly questions wait for the hourly run.", len(keys))


@transaction.atomic
def _put_when_due(key: int, actor: User | None) -> SelfCheck | None:
    """Put the question under the person's lock; None when somebody else did, or when the person cannot be asked."""
    person = lock(Person(pk=key))
    if not due_for_self_check().filter(pk=key).exists():
        return None
    try:
        return put_question(person=person, actor=actor)
    except DomainError:
        # Merged, withdrawn or without a way since the list was read.
        return None
