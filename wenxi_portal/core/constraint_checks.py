"""Asking the database once whether a record keeps all check constraints of its model.

Django asks once for each constraint, within a savepoint each: thirty statements to look at one agreement.
"""

from collections.abc import Iterable

from django.core.exceptions import FieldError
from django.db import DatabaseError, connections, router, transaction
from django.db.models import BooleanField, CheckConstraint, Model, Q, Value
from django.db.models.functions import Coalesce
from django.db.models.sql import Query
from django.db.models.sql.constants import SINGLE


def all_checks_hold(record: Model, exclude: Iterable[str] | None = None) -> bool:
    """Tell whether ``record`` breaks no check constraint of its model; False too where it cannot be told at once.

    As with Django, constraints on fields in ``exclude`` are left out, and one that answers NULL is kept.
    """
    using = router.db_for_write(type(record), instance=record)
    query = Query(None)
    values = record._get_field_expression_map(meta=record._meta, exclude=set(exclude or ()))  # type: ignore[attr-defined]  # noqa: SLF001
    for name, value in values.items():
        query.add_annotation(value if hasattr(value, "resolve_expression") else Value(value), name, select=False)
    query.add_annotation(Value(1), "_check")
    for constraint in record._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            try:
                query.add_q(Q(Coalesce(Q(constraint.condition), True, output_field=BooleanField())))
            except FieldError:
                continue
    try:
        with transaction.atomic(using=using):
            return query.get_compiler(connection=connections[using]).execute_sql(SINGLE) is not None
    except DatabaseError:
        # One of the values is no value of its column: which constraint minds is asked one by one.
        return False
