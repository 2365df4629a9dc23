"""Field history, kept by triggers, so that bulk updates and raw SQL leave history too."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pghistory
import pgtrigger
from django.db import connection, models


def tracked(
    *, exclude: list[str] | None = None, by_statement: bool = False
) -> Callable[[type[models.Model]], type[models.Model]]:
    """Return the decorator under which every insert, update and deletion of a row leaves a copy of it.

    ``exclude`` names fields that are derived or that must not be kept twice. ``by_statement`` copies all rows of one
    statement at once, for tables into which whole sheets are brought.
    """
    options: dict[str, Any] = {"exclude": exclude} if exclude else {}
    level = pgtrigger.Statement if by_statement else pgtrigger.Row
    trackers = (pghistory.InsertEvent, pghistory.UpdateEvent, pghistory.DeleteEvent)
    return pghistory.track(*(tracker(level=level) for tracker in trackers), **options)


def in_context(*, user: int | None = None) -> None:
    """Tell the history who writes, and triggers that none is to be left out, for the rest of this transaction.

    Bulk writes do so before their rows. Rows that go in through COPY or a statement of their own pass by what usually
    tells it. Without it each trigger asks for a setting that is not there, stumbles and recovers, and each time all
    checks that wait for the commit are looked at: the time grows with the square of the rows.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true),"
            " set_config('pgtrigger.ignore',"
            " coalesce(nullif(current_setting('pgtrigger.ignore', true), ''), '{}'), true)",
            [str(uuid4()), json.dumps({} if user is None else {"user": user})],
        )
