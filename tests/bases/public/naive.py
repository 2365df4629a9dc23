"""The same counts as the list's, worked out one base after the other, as slowly and plainly as can be."""

from collections import Counter
from collections.abc import Mapping, Sequence

from bases.models import Base
from wenxi_portal.core.facets import UNKNOWN

Values = dict[str, set[str]]


def values_of(base: Base) -> Values:
    """Return the values of a base by facet; kinds by their ids."""
    kinds = [base.kind_id] if base.kind_id else [*base.candidate_kinds.values_list("pk", flat=True), UNKNOWN]
    found = {
        "kind": kinds,
        "university": list(base.universities.values_list("pk", flat=True)) or [UNKNOWN],
        "lead": [base.lead_unit_id or UNKNOWN],
        "state": [base.state],
        "year": [base.plaque_year or UNKNOWN],
        "place": [base.place or UNKNOWN],
        "partner": [base.local_partner_id or UNKNOWN],
    }
    return {name: {str(value) for value in values} for name, values in found.items()}


def passes(values: Values, chosen: Mapping[str, Sequence[str]], but: str = "") -> bool:
    """Tell whether a base passes every facet but one: any of the values within a facet, all facets together."""
    return all(values[name] & set(wanted) for name, wanted in chosen.items() if name != but)


def counts(every: list[Values], chosen: Mapping[str, Sequence[str]]) -> dict[str, Counter[str]]:
    """Count each facet's values among the bases that pass the others."""
    found: dict[str, Counter[str]] = {}
    for name in every[0]:
        passing = [values for values in every if passes(values, chosen, but=name)]
        found[name] = Counter(value for values in passing for value in values[name])
    return found
