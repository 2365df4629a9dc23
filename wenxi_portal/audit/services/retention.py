"""The only way in which retention erases: batch by batch, each recorded in the transaction that erases it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.retention import Kept

# What one run takes away at most; the next night goes on.
MOST = 100_000


def apply_retention(kind: Kept, *, reason: str, now: datetime | None = None, most: int = MOST) -> int:
    """Erase what is due of ``kind``, oldest first, and return how many rows went.

    A run that is killed has erased, and recorded, its finished batches. Two runs at once share the rows.
    """
    before, count = (now or timezone.now()) - kind.period, 0
    while count < most and (gone := _batch(kind, before, reason)):
        count += gone
    return count


@transaction.atomic
def _batch(kind: Kept, before: datetime, reason: str) -> int:
    rows = kind.due(before).order_by(kind.age, "pk").select_for_update(of=("self",), no_key=True, skip_locked=True)
    keys = list(rows.values_list("pk", flat=True)[: kind.at_a_time])
    if keys:
        kind.erase(keys)
        record(actor=None, verb=Verb.ERASED, reason=reason, kind=kind.name, rows=len(keys), before=f"{before:%Y-%m-%d}")
    return len(keys)
