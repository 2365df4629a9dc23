"""Public bases row by row for downloads: the same rows as the list, everything the public may know."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F

from bases.selectors.cards import possible_kinds_of_base, universities_of_base
from bases.selectors.public import selected_bases
from wenxi_portal.core.selection import Selection

CHUNK = 500


def export_rows(selection: Selection) -> Iterator[dict[str, Any]]:
    """Yield the selected bases, read in chunks, with stable keys that do not depend on the language."""
    rows = selected_bases(selection).values(
        "pk",
        "name",
        "name_en",
        "state",
        "kind_basis",
        "lead_unit_inferred",
        "place",
        "address",
        "plaque_on",
        "plaque_year",
        "plaque_note",
        "plaque_note_en",
        "closed_on",
        "summary",
        "summary_en",
        "source",
        "source_en",
        kind_number=F("kind__number"),
        kind_name=F("kind__name"),
        lead_unit_name=F("lead_unit__name"),
        partner_name=F("local_partner__name"),
        university_facts=universities_of_base(),
        possible_kinds=possible_kinds_of_base(),
    )
    return rows.iterator(chunk_size=CHUNK)
