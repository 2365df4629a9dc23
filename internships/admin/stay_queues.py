"""What waits for an officer among stays."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.admin.stay_deeds import PERMISSION
from internships.enums import ObjectionState, PlacementState
from internships.models import AttendanceObjection, Placement
from internships.selectors.stay_board import accepted_applications
from wenxi_portal.core.admin.labels import days_words
from wenxi_portal.core.admin.links import change_url
from wenxi_portal.core.admin.waiting import Line, Queue

SHOWN = 4
Words = Callable[[Any], Line]


def stay_queues(request: HttpRequest) -> list[Queue]:
    """Return the queues by stage for the person who is signed in."""
    user: Any = request.user
    if not user.has_perm("internships.view_placement"):
        return []
    today = timezone.localdate()
    stays = Placement.objects.visible_to(user).select_related("student", "host")
    listed = reverse("admin:internships_placement_changelist")
    objections = AttendanceObjection.objects.filter(
        state=ObjectionState.WAITING, sheet__placement__in=Placement.objects.visible_to(user)
    ).select_related("sheet__placement__student", "sheet__placement__host")
    return [
        _queue(
            _("Accepted, to be planned"), "event_available", "warning", accepted_applications(user),
            reverse("admin:internships_placement_accepted"),
            _planned if user.has_perm(PERMISSION) else _looked_at,
        ),
        _queue(
            _("Stays in preparation"), "pending_actions", "info",
            stays.filter(state=PlacementState.PLANNED).order_by("starts_on"), f"{listed}?stage=planned",
            lambda row: _of_stay(row, row.starts_on, today),
        ),
        _queue(
            _("Ready to start"), "play_circle", "info",
            stays.filter(state=PlacementState.READY).order_by("starts_on"), f"{listed}?stage=ready",
            lambda row: _of_stay(row, row.starts_on, today),
        ),
        _queue(
            _("Under way with a gap in the insurance"), "gpp_maybe", "danger",
            stays.running().uncovered().order_by("ends_on"),
            f"{listed}?cover=gap&stage=running", lambda row: _of_stay(row, row.ends_on, today),
        ),
        _queue(
            _("Last day has passed: complete or extend"), "flag", "warning",
            stays.past_their_day(today).order_by("ends_on"), f"{listed}?stage=past",
            lambda row: _of_stay(row, row.ends_on, today),
        ),
        _queue(
            _("Objections to attendance"), "gavel", "warning", objections,
            f"{reverse('admin:internships_attendancesheet_changelist')}?state=objected",
            lambda row: Line(
                change_url(row.sheet), str(row.sheet.placement.student), row.sheet.placement.host.name,
                f"{row.sheet.month:%Y-%m}",
            ),
        ),
        _queue(
            _("Certificates to issue"), "workspace_premium", "info",
            stays.without_certificate().order_by("ends_on"),
            f"{listed}?stage=certificate", lambda row: Line(change_url(row), str(row.student), row.host.name, ""),
        ),
    ]  # fmt: skip


def _planned(row: Any) -> Line:
    url = reverse("admin:internships_placement_place", args=[row.pk])
    return Line(url, str(row.student), row.position.host.name, "")


def _looked_at(row: Any) -> Line:
    return Line(change_url(row), str(row.student), row.position.host.name, "")


def _of_stay(stay: Placement, day: Any, today: Any) -> Line:
    return Line(change_url(stay), str(stay.student), stay.host.name, days_words(day, today), day < today)


def _queue(title: str, icon: str, tone: str, rows: QuerySet[Any], url: str, line: Words) -> Queue:
    total = rows.count()
    lines = [line(row) for row in rows[:SHOWN]] if total else []
    return Queue(title=title, icon=icon, tone=tone, total=total, url=url, lines=lines)
