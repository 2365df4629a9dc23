"""Deeds that must not happen twice at the same moment."""

from django.db import connection


def one_at_a_time(key: str) -> None:
    """Wait until nobody else holds ``key``, and hold it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"talent:{key}"])
