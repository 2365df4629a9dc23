"""The number that moves when a public record changes."""

import pgtrigger
from django.db import connection

BUMP = """
    IF current_setting('portal.content_changed_in', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        INSERT INTO core_contentversion AS kept (id, number)
        VALUES (1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
        ON CONFLICT (id) DO UPDATE SET number = greatest(kept.number + 1, excluded.number);
        PERFORM set_config('portal.content_changed_in', pg_current_xact_id()::text, true);
    END IF;
    RETURN NULL;
"""


def moves_content_version() -> pgtrigger.Trigger:
    """Return the trigger a public model carries in ``Meta.triggers``.

    It is deferred to the commit: the counter's row is locked for the blink of the commit only, and the
    new number becomes visible together with the change it stands for, never before. Once a transaction.
    The number follows the clock, so that a database restored from yesterday does not meet pages kept today.
    """
    return pgtrigger.Trigger(
        name="moves_content_version",
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        timing=pgtrigger.Deferred,
        func=BUMP,
    )


def current_content_version() -> int:
    """Return the number of the latest committed public change (one primary-key look-up)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM core_contentversion WHERE id = 1")
        row = cursor.fetchone()
    return int(row[0]) if row else 0
