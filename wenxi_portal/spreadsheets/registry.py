"""Every sheet of the portal, found by name: a room declares ``SHEETS`` in its module ``sheets``."""

from functools import cache

from django.db.models import Model

from wenxi_portal.accounts.models import User
from wenxi_portal.core.rooms import modules_called
from wenxi_portal.spreadsheets.sheet import Sheet

MODULE = "sheets"


@cache
def all_sheets() -> dict[type[Model], Sheet]:
    """Return the sheet of each model that has one."""
    found: dict[type[Model], Sheet] = {}
    for room in modules_called(MODULE):
        found |= getattr(room, "SHEETS", {})
    return found


def sheet_of(label: str) -> Sheet | None:
    """Return the sheet of the model called ``label`` (``organisations.organisation``)."""
    return next((sheet for model, sheet in all_sheets().items() if model._meta.label_lower == label), None)


def imports_for(user: User) -> dict[str, Sheet]:
    """Return the sheets that ``user`` may bring in, by the model's label."""
    return {
        model._meta.label_lower: sheet
        for model, sheet in all_sheets().items()
        if sheet.intake and user.has_perms(sheet.intake.permissions)
    }
