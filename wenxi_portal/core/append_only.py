"""Rows that are written once. Only retention takes them away, in the open, and never within their first year."""

from collections.abc import Iterator
from contextlib import contextmanager

import pgtrigger
from django.db import connection

_MARK = "portal.erasing"


def kept_a_year(column: str = "at") -> list[pgtrigger.Trigger]:
    """Return the triggers of a log: no change ever, no deletion within a year of ``column`` or outside ``erasing``.

    A year is the least for which the county keeps a log; the database sees to it whatever the settings say.
    """
    return [
        pgtrigger.Protect(name="append_only", operation=pgtrigger.Update),
        pgtrigger.Protect(
            name="kept_a_year",
            operation=pgtrigger.Delete,
            condition=pgtrigger.Condition(
                f"OLD.{column} >= now() - interval '1 year' OR coalesce(current_setting('{_MARK}', true), '') <> 'on'"
            ),
        ),
    ]


@contextmanager
def erasing() -> Iterator[None]:
    """Let the caller's transaction delete log rows older than a year. For the retention of a room alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, 'on', true)", [_MARK])
        yield
        cursor.execute("SELECT set_config(%s, '', true)", [_MARK])
