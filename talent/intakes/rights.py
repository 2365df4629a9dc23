"""Whose people somebody may bring in, asked once for many rows."""

from typing import Any

from django.utils.translation import gettext as _

from wenxi_portal.accounts.models import User
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW
from wenxi_portal.spreadsheets.intake import Row


class Rights:
    """The townships and units of ``user``, as ``talent.querysets.rows_of`` narrows rows: townships go before units."""

    def __init__(self, user: User) -> None:
        self.everything = user.has_perm(SEE_EVERY_ROW)
        names = [] if self.everything else user.collected_townships.values_list("township", flat=True)  # type: ignore[attr-defined]
        self.townships = frozenset(names)
        self.units: dict[str, int] = {}
        units = Organisation.objects.lead_units().visible_to(user)
        for pk, name, short in units.values_list("pk", "name", "short_name"):
            self.units |= {called: pk for called in (short, name) if called}

    def settle(self, row: Row) -> None:
        """Put the number of the owner unit in the place of its name; refuse foreign units and townships."""
        told = row.values.pop("owner_unit", None)
        if told is not None:
            if told in self.units:
                row.values["owner_unit"] = self.units[told]
            elif self.everything:
                row.refuse("owner_unit", _("No lead unit of this name is on file."))
            else:
                row.refuse("owner_unit", _("It belongs to another unit. Ask the organization department."))
        township = row.values.get("native_township")
        if self.townships and township and township not in self.townships:
            row.refuse("native_township", _("You gather the people of other townships."))

    def own(self, row: Row) -> None:
        """Give a new person the unit or township of whoever brings it in; refuse one that would be out of sight."""
        if self.everything:
            return
        if self.townships:
            self._fill(row, "native_township", self.townships, _("Name the township."))
        else:
            self._fill(row, "owner_unit", frozenset(self.units.values()), _("Name the owner unit."))

    def _fill(self, row: Row, name: str, own: frozenset[Any], message: str) -> None:
        if name in row.values:
            return
        if len(own) == 1:
            row.values[name] = next(iter(own))
        else:
            row.refuse(name, message)
