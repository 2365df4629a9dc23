"""Positions that wait for the lead unit today."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.models import Position
from internships.selectors.waiting import review_due, silent_on, soon_silent, with_review_since
from wenxi_portal.core.admin.labels import days_words
from wenxi_portal.core.admin.waiting import Line, Waiting


def position_queues(request: HttpRequest) -> list[Waiting]:
    """Return the queues of positions for the person who is signed in."""
    user: Any = request.user
    if not user.has_perm("internships.view_position"):
        return []
    mine = Position.objects.visible_to(user).select_related("host", "lead_unit")
    listed = reverse("admin:internships_position_changelist")
    note = _("To be looked at within %(days)d working days (sample parameter, not a rule of the county)")
    reviews = with_review_since(mine).order_by("review_since", "pk")
    silent = soon_silent(mine).order_by("reconfirmed_on", "pk")
    return [
        Waiting(
            _("Positions to review"), "rate_review", "warning", reviews, f"{listed}?state=in_review", _review,
            note % {"days": settings.POSITION_REVIEW_WORKING_DAYS},
        ),
        Waiting(
            _("Positions the host has not confirmed"), "notifications_paused", "info", silent,
            f"{listed}?waiting=silent", _silent,
        ),
    ]  # fmt: skip


def _review(position: Any) -> Line:
    return _line(position, review_due(position.review_since))


def _silent(position: Any) -> Line:
    return _line(position, silent_on(position))


def _line(position: Position, due: Any) -> Line:
    return Line(
        url=reverse("admin:internships_position_change", args=[position.pk]),
        title=position.title,
        detail=position.host.name,
        words=days_words(due),
        overdue=due < timezone.localdate(),
    )
