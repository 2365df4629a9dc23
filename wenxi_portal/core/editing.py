"""Edits that never overwrite somebody else's unseen."""

from typing import TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection, models
from django.utils.translation import gettext as _

from wenxi_portal.core.errors import DomainError

Row = TypeVar("Row", bound=models.Model)


def lock(row: Row) -> Row:
    """Return the present state of ``row``, locked until the transaction ends.

    The lock leaves foreign-key checks of other transactions alone, so that commits do not wait on each other
    in a ring. Raises ``DomainError`` when the row is gone.
    """
    model = type(row)
    try:
        return model._default_manager.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
    except ObjectDoesNotExist:
        raise DomainError(_("This record no longer exists. Go back to the list."), code="gone") from None


def hold(row: Row) -> Row:
    """Return the present state of ``row``, which nobody may change until the transaction ends; others may hold it too.

    For a record on whose state a new row elsewhere depends. Raises ``DomainError`` when the row is gone.
    """
    table = connection.ops.quote_name(row._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {table} WHERE id = %s FOR SHARE", [row.pk])  # noqa: S608
    found = type(row)._default_manager.filter(pk=row.pk).first()
    if found is None:
        raise DomainError(_("This record no longer exists. Go back to the list."), code="gone")
    return found


def lock_for_edit(row: Row, expected_revision: int | None) -> int:
    """Lock ``row`` for an edit and return its next revision.

    Raises ``DomainError`` when somebody else wrote since ``expected_revision`` was read, so that the
    later of two editors is told instead of overwriting. None means: the caller has just read the row.
    """
    present = lock(row).revision  # type: ignore[attr-defined]
    if expected_revision is not None and present != expected_revision:
        raise DomainError(
            _("Somebody else changed this record while you were editing. Reload it, then enter your changes again."),
            code="stale",
        )
    return present + 1
