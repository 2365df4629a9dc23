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

# The desks of lead units are to have something on them.
IN_REVIEW = {"图书馆阅读推广助理", "新媒体编辑"}
SAMPLE = "（示例）"

Row = dict[str, Any]
Progress = Callable[[int], object]


def sample_rows() -> list[Row]:
    """Return the samples as they stand in the file."""
    rows: list[Row] = json.loads(SOURCE.read_text(encoding="utf-8"))["positions"]
    return rows


def host_of(row: Row) -> Organisation | None:
    """Return the host of a sample, if it is on file."""
    found: Organisation | None = Organisation.objects.hosts().filter(name=row["host"]).first()
    return found


def unit_of(row: Row) -> Organisation | None:
    """Return the lead unit of a sample, or another one while that is not on file."""
    units = Organisation.objects.lead_units()
    found: Organisation | None = units.filter(short_name=row["lead_unit"]).first() or units.order_by("pk").first()
    return found


def make_demo_positions(*, progress: Progress = lambda _number: None) -> int:
    """Make the sample positions that are not there yet; return how many.

    They are published, but for those of ``IN_REVIEW``, which wait for their lead unit. A host or lead unit that is not
    on file is passed over.
    """
    return sum(_make(row, progress) for row in sample_rows())


@transaction.atomic
def _make(row: Row, progress: Progress) -> bool:
    progress(1)
    host, unit = host_of(row), unit_of(row)
    if host is None or unit is None:
        return False
    # The word stands in every title, so that it is read wherever the title goes: in a chat, a download, a calendar.
    title = f"{row['title']}{SAMPLE}"
    if Position.objects.filter(host=host, title=title, is_demo=True).exists():
        return False
    position = sample_position(row, host, unit)
    position.title = title
    position = send_to_review(position=save_position(position=position, actor=None), actor=None)
    if row["title"] not in IN_REVIEW:
        publish_position(position=position, actor=None)
    return True


def sample_position(row: Row, host: Organisation, unit: Organisation) -> Position:
    """Return the position of a sample, unsaved, with its days counted from today."""
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
