"""Field history, kept by triggers, so that bulk updates and raw SQL leave history too."""

from collections.abc import Callable
from typing import Any

import pghistory
from django.db import models


def tracked(*, exclude: list[str] | None = None) -> Callable[[type[models.Model]], type[models.Model]]:
    """Return the decorator under which every insert, update and deletion of a row leaves a copy of it.

    ``exclude`` names fields that are derived or that must not be kept twice.
    """
    options: dict[str, Any] = {"exclude": exclude} if exclude else {}
    return pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), **options)
