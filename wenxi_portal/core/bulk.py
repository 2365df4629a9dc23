"""Many rows at once: written through COPY, so that triggers, constraints and history work as for single rows."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, NoReturn

from django.db import connection, models
from django.db.models import Field
from django.db.models.expressions import RawSQL
from psycopg import sql


class QuestionInCopyError(RuntimeError):
    """Rows on their way into a COPY asked the database something: fetch it before."""


def copy_in(model: type[models.Model], rows: Iterable[models.Model], *, raw: dict[str, list[Any]] | None = None) -> int:
    """Insert ``rows`` of ``model`` without their identifiers; return how many. The caller has checked them.

    ``raw`` gives columns (by attribute) whose values are written as they are, one for each row, in order.
    """
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    return _copy(model._meta.db_table, fields, rows, raw or {})


def update_from(
    model: type[models.Model],
    rows: Sequence[models.Model],
    names: Iterable[str],
    *,
    raw: dict[str, list[Any]] | None = None,
) -> int:
    """Write the fields ``names`` (and the columns of ``raw``) of ``rows``, matched by identifier, in one statement."""
    raw = raw or {}
    by_attname = {field.attname: field for field in model._meta.concrete_fields}
    written = [by_attname[name] for name in dict.fromkeys([*names, *raw])]
    columns = [model._meta.pk, *written]
    table, staging = sql.Identifier(model._meta.db_table), f"{model._meta.db_table}_staged"
    listed = sql.SQL(", ").join([sql.Identifier(str(field.column)) for field in columns])
    with connection.cursor() as cursor:
        create = sql.SQL("CREATE TEMP TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA")
        _execute(cursor, create.format(sql.Identifier(staging), listed, table))
        _copy(staging, columns, rows, raw)
        assignments = sql.SQL(", ").join(
            [sql.SQL("{0} = staged.{0}").format(sql.Identifier(str(field.column))) for field in written]
        )
        key = sql.Identifier(str(model._meta.pk.column))
        update = sql.SQL("UPDATE {0} AS kept SET {1} FROM {2} AS staged WHERE kept.{3} = staged.{3}")
        _execute(cursor, update.format(table, assignments, sql.Identifier(staging), key))
        count = cursor.rowcount
        _execute(cursor, sql.SQL("DROP TABLE {}").format(sql.Identifier(staging)))
    return int(count)


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """Take ``count`` identifiers of ``model`` from its sequence, so that rows written later can name these."""
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)", [f'"{table}"', key, count]
        )
        return [number for (number,) in cursor.fetchall()]


def one_of(keys: Iterable[int]) -> RawSQL:
    """Return what ``column__in=`` takes for thousands of keys: one array, where a list would be a parameter each."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(keys)])


def copy_values(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> int:
    """Insert rows given as values of columns (by attribute, as the database takes them); return how many.

    What a row does not name becomes the field's default; ``id`` is named by all rows or by none. Nothing is checked
    here but by the database.
    """
    given = iter(rows)
    first = next(given, None)
    if first is None:
        return 0
    key = str(model._meta.pk.attname)
    fields = [field for field in model._meta.concrete_fields if not field.primary_key or key in first]
    names = [field.attname for field in fields]
    defaults = [field.get_prep_value(field.get_default()) for field in fields]
    lines = ([*map(row.get, names, defaults)] for row in chain([first], given))
    return copy_rows(model._meta.db_table, [str(field.column) for field in fields], lines)


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert plain ``rows`` into ``table``; return how many.

    Making the rows must ask the database nothing: its one connection is busy with the COPY, and the question would wait
    for ever. Such a question raises ``QuestionInCopyError``.
    """
    count = 0
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    # What the driver raises inside a COPY becomes what Django raises everywhere else.
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.copy(statement) as stream,
        connection.execute_wrapper(_refuse_question),
    ):
        for row in rows:
            stream.write_row(row)
            count += 1
    return count


def _refuse_question(*_call: Any) -> NoReturn:
    raise QuestionInCopyError


def _copy(table: str, fields: Sequence[Field], rows: Iterable[models.Model], raw: dict[str, list[Any]]) -> int:
    prepared = [(field.attname, field.get_prep_value) for field in fields]

    def lines() -> Iterable[list[Any]]:
        for at, row in enumerate(rows):
            yield [raw[name][at] if name in raw else prepare(getattr(row, name)) for name, prepare in prepared]

    return copy_rows(table, [str(field.column) for field in fields], lines())


def _execute(cursor: Any, statement: sql.Composable) -> None:
    """Run a composed statement as text: what listens to statements (the history's context) expects text."""
    cursor.execute(statement.as_string(cursor.connection))
