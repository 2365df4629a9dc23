"""Keeping the deadlines in step with the records they stand for."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import BigIntegerField, DateField, QuerySet, TextField
from django.db.models.functions import Cast

from wenxi_portal.reminders.ladders import HOUR, Ladder
from wenxi_portal.reminders.models import Deadline, LadderProgress
from wenxi_portal.reminders.services import statements

# A transaction may commit this long after it wrote down when it changed a row.
OVERLAP = timedelta(minutes=15)
# Above so many changed rows a comparison of all is quicker.
MOST_TOUCHED = 5000
_TYPES = {"due": DateField, "unit": BigIntegerField, "owner": BigIntegerField, "title": TextField}


@transaction.atomic
def compare(ladder: Ladder, *, now: datetime, wholly: bool = False) -> None:
    """Bring the deadlines of one kind up to date: rows changed since the last time, or all (``wholly``).

    A ladder seen for the first time, or declared otherwise than before, is compared wholly. Its steps are then looked
    at anew; the ledger keeps what was sent from being sent again.
    """
    progress = LadderProgress.objects.select_for_update(no_key=True).filter(kind=ladder.name).first()
    is_changed = progress is None or progress.signature != ladder.signature
    everything = wholly or is_changed or progress is None
    keys = None if everything or progress is None else _touched(ladder, progress.compared_at - OVERLAP)
    if keys is None or keys:
        _write(ladder, keys)
        _resolve(ladder, keys, now)
    if is_changed and progress is not None:
        Deadline.objects.filter(kind=ladder.name, resolved_at__isnull=True).update(next_position=0, next_at=now)
    wholly_at = {"compared_wholly_at": now} if everything else {}
    LadderProgress.objects.update_or_create(
        kind=ladder.name, defaults={"compared_at": now, "signature": ladder.signature, **wholly_at}
    )


def _touched(ladder: Ladder, since: datetime) -> list[int] | None:
    """Return the keys of rows that may have changed; None when they are so many that all are compared."""
    keys = list(ladder.touched(since).values_list("pk", flat=True)[: MOST_TOUCHED + 1])
    return keys if len(keys) <= MOST_TOUCHED else None


def _write(ladder: Ladder, keys: list[int] | None) -> None:
    sql, params = _open(ladder, keys)
    values = [ladder.name, ladder.first_guess, HOUR, settings.TIME_ZONE, *params, ladder.name]
    with connection.cursor() as cursor:
        cursor.execute(statements.COMPARE.replace("{open}", sql), values)


def _resolve(ladder: Ladder, keys: list[int] | None, now: datetime) -> None:
    sql, params = _open(ladder, keys)
    only, narrowed = ("", []) if keys is None else ("AND d.object_id = ANY(%s)", [keys])
    statement = statements.RESOLVE.replace("{only}", only).replace("{open}", sql)
    with connection.cursor() as cursor:
        cursor.execute(statement, [now, ladder.name, *narrowed, *params])


def _open(ladder: Ladder, keys: list[int] | None) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL of the open rows: object_id, due_on, unit_id, owner_id, title."""
    rows: QuerySet[Any] = ladder.open()
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    asked = {f"reminder_{name}": Cast(getattr(ladder, name), kind()) for name, kind in _TYPES.items()}
    rows = rows.order_by().annotate(**asked).filter(reminder_due__isnull=False)
    sql, params = rows.values_list("pk", *asked).query.sql_with_params()
    return sql, tuple(params)
