"""Cards of positions in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from internships.enums import Sector
from internships.selectors.host_record import HostRecord
from internships.views import position_words as words
from internships.views.position_words import Text
from wenxi_portal.core.badges import Badge
from wenxi_portal.core.bilingual import marked_name


@dataclass(frozen=True, slots=True)
class PositionCard:
    """A position as lists show it. ``host_record`` tells how its host answers, ``reason`` why it is proposed."""

    url: str
    title: Text
    state: str
    badge: Badge
    sector: str
    host: Text
    levels: Text
    place: Text
    period: str
    deadline: str
    seats: str
    offers: Text
    host_record: str
    reason: str = ""


def position_card(row: dict[str, Any], records: Mapping[int, HostRecord]) -> PositionCard:
    """Return the card of a row of ``selectors.positions.card_rows``."""
    state, badge = words.openness(row["state"], row["is_open"])
    free = max(row["seats"] - row["seats_taken"], 0)
    return PositionCard(
        url=reverse("internships:position", args=[row["pk"]]),
        title=marked_name(row["title"], row["title_en"]),
        state=state,
        badge=badge,
        sector=str(Sector(row["sector"]).label),
        host=marked_name(row["host_name"], row["host_name_en"]),
        levels=words.level_words(row["levels"]),
        place=marked_name(row["place"]),
        period=words.period_words(row["starts_on"], row["ends_on"]),
        deadline=_("Apply until %(day)s") % {"day": words.deadline_words(row["apply_until"])} if row["is_open"] else "",
        seats=words.seat_words(free, row["seats"]) if row["is_open"] else "",
        offers=words.offer_words(row),
        host_record=words.record_words(records.get(row["host_id"])),
    )
