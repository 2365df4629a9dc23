"""Field history, kept by triggers, so that bulk updates and raw SQL leave history too."""

from collections.abc import Callable
from typing import Any

import pghistory
import pgtrigger
from django.db import models


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
