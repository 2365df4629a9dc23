"""The numbers that move when a public record changes."""

from enum import IntEnum

import pgtrigger
from django.db import connection


class Scope(IntEnum):
    """What a number stands for. Each is a row of ``ContentVersion``."""

    EVERYTHING = 1  # any public record
    REGISTERS = 2  # what lists are made of and counted by: bases, their kinds and universities, organisations


_SETTINGS = {Scope.EVERYTHING: "portal.content_changed_in", Scope.REGISTERS: "portal.registers_changed_in"}


def _bump(scope: Scope) -> str:
    """Return the statements that move a number, once a transaction."""
    return f"""
    IF current_setting('{_SETTINGS[scope]}', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        INSERT INTO core_contentversion AS kept (id, number)
        VALUES ({scope:d}, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
        ON CONFLICT (id) DO UPDATE SET number = greatest(kept.number + 1, excluded.number);
        PERFORM set_config('{_SETTINGS[scope]}', pg_current_xact_id()::text, true);
    END IF;"""  # noqa: S608 - words of our own


def moves_content_version(*, of_registers: bool = False) -> pgtrigger.Trigger:
    """Return the trigger a public model carries in ``Meta.triggers``.

    It is deferred to the commit: the counters' rows are locked for the blink of the commit only, always in the same
    order, and a new number becomes visible together with the change it stands for, never before.
    The numbers follow the clock, so that a database restored from yesterday does not meet pages kept today.
    ``of_registers`` moves the registers' number as well.
    """
    scopes = (Scope.EVERYTHING, Scope.REGISTERS) if of_registers else (Scope.EVERYTHING,)
    return pgtrigger.Trigger(
        name="moves_content_version",
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        timing=pgtrigger.Deferred,
        func="".join(_bump(scope) for scope in scopes) + "\n    RETURN NULL;\n",
    )


def current_content_version(scope: Scope = Scope.EVERYTHING) -> int:
    """Return the number of the latest committed change within ``scope`` (one primary-key look-up)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM core_contentversion WHERE id = %s", [int(scope)])
        row = cursor.fetchone()
    return int(row[0]) if row else 0
