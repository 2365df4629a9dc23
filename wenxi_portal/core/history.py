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
    """Tell the history who writes, for the rest of this transaction; bulk writes do so before their rows.

    Rows that go in through COPY pass by what usually tells it. Without it the history's trigger stumbles and recovers
    at every row, and each time looks at all deferred checks of the transaction: the time grows with the square of the
    rows.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true)",
            [str(uuid4()), json.dumps({} if user is None else {"user": user})],
        )
