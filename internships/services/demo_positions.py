"""Positions for trying the portal out: plausible, fictitious, marked as samples; the hosts are those on file.

They go the way of every position: entered, sent to review, published. Dates are counted from the day they are made.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from bases.enums import BaseState
from bases.models import Base
from internships.models import Position
from internships.services.position import publish_position, save_position, send_to_review
from wenxi_portal.organisations.models import Organisation

SOURCE = Path(__file__).resolve().parents[1] / "demo" / "positions.json"
# So many days before the first day nobody can apply any more.
APPLY_BEFORE = 7

Progress = Callable[[int], object]


def make_demo_positions(*, published: bool, progress: Progress = lambda _number: None) -> int:
    """Make the sample positions that are not there yet; return how many.

    ``published`` False leaves them with the lead units for review. A host or lead unit that is not on file is passed
    over.
    """
    found = json.loads(SOURCE.read_text(encoding="utf-8"))
    # The word stands in every title, so that it is read wherever the title goes: in a chat, a download, a calendar.
    rows = [row | {"title": f"{row['title']}{found['sample']}"} for row in found["positions"]]
    return sum(_make(row, published, progress) for row in rows)


@transaction.atomic
def _make(row: dict[str, Any], published: bool, progress: Progress) -> bool:
    progress(1)
    host = Organisation.objects.hosts().filter(name=row["host"]).first()
    units = Organisation.objects.lead_units()
    unit = units.filter(short_name=row["lead_unit"]).first() or units.order_by("pk").first()
    if host is None or unit is None:
        return False
    if Position.objects.filter(host=host, title=row["title"], is_demo=True).exists():
        return False
    position = save_position(position=_position(row, host, unit), actor=None)
    position = send_to_review(position=position, actor=None)
    if published:
        publish_position(position=position, actor=None)
    return True


def _position(row: dict[str, Any], host: Organisation, unit: Organisation) -> Position:
    starts_on = timezone.localdate() + timedelta(days=row["starts_in_days"])
    copied = (
        "sector", "work", "wanted", "levels", "disciplines", "majors", "seats", "hours_a_day",
        "days_a_week", "place", "benefits",
    )  # fmt: skip
    return Position(
        **{name: row[name] for name in copied},
        title=row["title"],
        title_en=f"{row['title_en']} (sample)",
        host=host,
        lead_unit=unit,
        base=Base.objects.filter(name=row["base"], state=BaseState.UNVEILED).first() if row["base"] else None,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(weeks=row["weeks"]) - timedelta(days=1),
        apply_until=starts_on - timedelta(days=APPLY_BEFORE),
        lodging_offered=bool(row["lodging"]),
        meals_offered=bool(row["meals"]),
        transport_offered=bool(row["transport"]),
        contact_office=unit.short_name,
        is_demo=True,
    )
