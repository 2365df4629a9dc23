"""Rows that are written once. Only retention takes them away, in the open, and never within their first year."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pgtrigger
from django.db import connection

_MARK = "portal.erasing"
_NOT_ERASING = f"coalesce(current_setting('{_MARK}', true), '') <> 'on'"


def kept_a_year(column: str = "at") -> list[pgtrigger.Trigger]:
    """Return the triggers of a log: no change ever, no deletion within a year of ``column`` or outside ``erasing``.

    A year is the least for which the county keeps a log; the database sees to it whatever the settings say.
    """
    return [
        pgtrigger.Protect(name="append_only", operation=pgtrigger.Update),
        pgtrigger.Protect(
            name="kept_a_year",
            operation=pgtrigger.Delete,
            condition=pgtrigger.Condition(f"OLD.{column} >= now() - interval '1 year' OR {_NOT_ERASING}"),
        ),
    ]


def kept_until_erased(name: str = "kept_for_good") -> pgtrigger.Protect:
    """Return the trigger of a paper of somebody's own: no change and no deletion outside ``erasing``."""
    return pgtrigger.Protect(
        name=name,
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=pgtrigger.Condition(_NOT_ERASING),
    )


class WrittenOnce(pgtrigger.ReadOnly):
    """What was written stays as it is; only ``erasing`` takes the personal data out of it."""

    def get_condition(self, model: Any) -> pgtrigger.Condition:
        """Any change outside ``erasing``."""
        return pgtrigger.Condition(f"{_NOT_ERASING} AND ({super().get_condition(model).resolve(model)})")


@contextmanager
def erasing() -> Iterator[None]:
    """Let the caller's transaction delete log rows older than a year, and erase what else only retention may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, 'on', true)", [_MARK])
        yield
        cursor.execute("SELECT set_config(%s, '', true)", [_MARK])
