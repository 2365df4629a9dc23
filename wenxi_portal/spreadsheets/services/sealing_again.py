"""Personal values of rows that wait, sealed again under the newest key."""

from typing import Any

from django.db import transaction

from wenxi_portal.core.cipher import is_old
from wenxi_portal.spreadsheets.models import ImportRow, ImportRun
from wenxi_portal.spreadsheets.registry import sheet_of
from wenxi_portal.spreadsheets.sealing import opened, sealed
from wenxi_portal.spreadsheets.services.staging import personal_columns

BATCH = 500


def seal_rows_again() -> int:
    """Seal the personal values again that an older key sealed; return in how many rows there were such."""
    return sum(_run_again(run) for run in ImportRun.objects.order_by("pk"))


def _run_again(run: ImportRun) -> int:
    sheet = sheet_of(run.sheet)
    personal = personal_columns(sheet) if sheet else frozenset()
    count, last = 0, 0
    while personal and (keys := list(run.rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH])):
        last = keys[-1]
        count += _batch_again(keys, personal)
    return count


@transaction.atomic
def _batch_again(keys: list[int], personal: frozenset[str]) -> int:
    changed = []
    for row in ImportRow.objects.select_for_update(no_key=True).filter(pk__in=keys):
        values = {name: _again(value) if name in personal else value for name, value in row.values.items()}
        changes = [[name, _again(old), _again(new)] if name in personal else [name, old, new]
                   for name, old, new in row.changes]  # fmt: skip
        if (values, changes) != (row.values, row.changes):
            row.values, row.changes = values, changes
            changed.append(row)
    ImportRow.objects.bulk_update(changed, ["values", "changes"])
    return len(changed)


def _again(value: Any) -> Any:
    return sealed(opened(value)) if value is not None and is_old(value) else value
