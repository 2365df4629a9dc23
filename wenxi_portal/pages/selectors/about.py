"""1+8+N with what is really on file."""

from dataclasses import dataclass, field

from bases.models import BaseKind
from wenxi_portal.organisations.models import Organisation


@dataclass(slots=True)
class LeadUnit:
    """One of the eight and the kinds of base it leads; ``inferred`` tells that no published source says so."""

    organisation: Organisation
    kinds: list[BaseKind] = field(default_factory=list)

    @property
    def inferred(self) -> bool:
        """True when none of its kinds is known from a source."""
        return bool(self.kinds) and all(kind.lead_unit_inferred for kind in self.kinds)


def lead_units() -> list[LeadUnit]:
    """Return the public lead units in the order of the kinds they lead (two queries)."""
    found = {unit.pk: LeadUnit(unit) for unit in Organisation.objects.public().lead_units().in_name_order()}
    for kind in BaseKind.objects.in_official_order():
        if kind.lead_unit_id in found:
            found[kind.lead_unit_id].kinds.append(kind)
    return sorted(found.values(), key=lambda unit: unit.kinds[0].number if unit.kinds else 100)
