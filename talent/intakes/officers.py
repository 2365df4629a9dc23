"""The officers whom rows of the people's sheet name, asked once for many rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Self

from django.utils.translation import gettext as _

from talent.selectors.follow_up import officers
from wenxi_portal.accounts.models import User
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW, own_organisations
from wenxi_portal.spreadsheets.intake import OnFile, Row


class Officers:
    """Accounts that may answer for people, by name and by number, with the people they see."""

    def __init__(self, found: Iterable[User]) -> None:
        self.by_name: dict[str, list[int]] = defaultdict(list)
        self.sight: dict[int, _Sight] = {}
        for user in found:
            self.by_name[user.name].append(user.pk)
            self.sight[user.pk] = _Sight(user)

    @classmethod
    def named_in(cls, rows: Sequence[Row]) -> Self:
        """Return the officers whose names stand in ``rows``."""
        names = {row.values["officer"] for row in rows if "officer" in row.values}
        return cls(officers().filter(name__in=names) if names else ())

    @classmethod
    def chosen_in(cls, rows: Sequence[Row]) -> Self:
        """Return the officers whose numbers stand in ``rows``."""
        keys = {row.values["officer"] for row in rows if isinstance(row.values.get("officer"), int)}
        return cls(officers().filter(pk__in=keys) if keys else ())

    def settle(self, row: Row) -> None:
        """Put the number of the officer in the place of the name."""
        told = row.values.pop("officer", None)
        if told is None:
            return
        found = self.by_name.get(told, [])
        if len(found) == 1:
            row.values["officer"] = found[0]
        else:
            row.refuse("officer", _("No officer, or more than one, bears this name: name one on the person's page."))

    def check_sight(self, row: Row, found: OnFile | None) -> None:
        """Refuse an officer who could not open the record as the row leaves it."""
        chosen = row.values.get("officer")
        if chosen is None:
            return
        known = found.values if found else {}
        unit, township = (row.values.get(name, known.get(name)) for name in ("owner_unit", "native_township"))
        if chosen not in self.sight or not self.sight[chosen].holds(unit, township):
            row.refuse("officer", _("This officer may not open the record."))


class _Sight:
    """The people an account sees, as ``talent.querysets.rows_of`` narrows rows."""

    def __init__(self, user: Any) -> None:
        self.everything = user.has_perm(SEE_EVERY_ROW)
        self.townships = frozenset(user.collected_townships.values_list("township", flat=True))
        self.units = frozenset(own_organisations(user).values_list("organisation_id", flat=True))

    def holds(self, unit: int | None, township: str | None) -> bool:
        """Tell whether people of the unit and the township are among them."""
        if self.everything:
            return True
        return township in self.townships if self.townships else unit in self.units
