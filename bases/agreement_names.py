"""The units and bases that rows of agreements name, with their numbers."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from bases.models import Base
from wenxi_portal.accounts.models import User
from wenxi_portal.core.wording import word_list
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW
from wenxi_portal.spreadsheets.intake import Row


class AgreementNames:
    """What a batch of rows names, asked for once. Only units and bases that ``user`` works with count."""

    def __init__(self, rows: Sequence[Row], user: User) -> None:
        self.everything = user.has_perm(SEE_EVERY_ROW)
        named = {row.values.get("lead_unit", "") for row in rows}
        units = Organisation.objects.lead_units().filter(name__in=named)
        self.units: dict[str, int] = dict(units.values_list("name", "pk"))
        self.own = set(
            Organisation.objects.visible_to(user).filter(pk__in=self.units.values()).values_list("pk", flat=True)
        )
        self.bases: dict[str, list[int]] = {}
        wanted = {name for row in rows for name in row.values.get("bases", ())}
        visible = Base.objects.visible_to(user).filter(name__in=wanted)
        for name, pk in visible.values_list("name", "pk"):
            self.bases.setdefault(name, []).append(pk)

    def settle(self, row: Row) -> None:
        """Replace the names in ``row``; names of parties stay as they stand in the paper."""
        self._lead_unit(row)
        self._bases(row)
        if "parties" in row.values:
            row.values["parties"] = sorted(set(row.values["parties"]))

    def _lead_unit(self, row: Row) -> None:
        told = row.values.pop("lead_unit", None)
        if told is None:
            if not self.everything:
                row.refuse("lead_unit", _("Name your own unit as the lead unit."))
        elif told not in self.units:
            row.refuse("lead_unit", _("No lead unit of this name is on file."))
        elif not self.everything and self.units[told] not in self.own:
            row.refuse("lead_unit", _("It belongs to another unit. Ask the organization department."))
        else:
            row.values["lead_unit"] = self.units[told]

    def _bases(self, row: Row) -> None:
        told: Iterable[str] | None = row.values.pop("bases", None)
        if told is None:
            return
        doubtful = [name for name in told if len(self.bases.get(name, ())) != 1]
        if doubtful:
            row.refuse(
                "bases", _("No base, or several, of this name on file: %(names)s.") % {"names": word_list(doubtful)}
            )
        else:
            row.values["bases"] = sorted(self.bases[name][0] for name in told)
