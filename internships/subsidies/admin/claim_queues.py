"""What waits today among claims: what findings hold, and milestones that can be confirmed."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.subsidies.models import Claim, ClaimFlag, Milestone
from internships.subsidies.selectors.findings import LOOKED_AT
from wenxi_portal.core.admin.labels import days_words
from wenxi_portal.core.admin.links import change_url
from wenxi_portal.core.admin.waiting import Line, Queue
from wenxi_portal.core.money import money

SHOWN = 4


def claim_queues(request: HttpRequest) -> list[Queue]:
    """Return the queues of the person who is signed in."""
    user: Any = request.user
    found = []
    if user.has_perm("subsidies.change_claimflag"):
        found.append(_held(user))
    if user.has_perm("subsidies.change_milestone"):
        found.append(_milestones(user))
    return found


def _held(user: Any) -> Queue:
    """Claims with an open finding that may still be paid, the longest held first."""
    flags = ClaimFlag.objects.filter(claim=OuterRef("pk"), cleared_at__isnull=True)
    rows = Claim.objects.visible_to(user).filter(Exists(flags), state__in=LOOKED_AT)
    rows = rows.select_related("student", "host").order_by("updated_at", "pk")
    total = rows.count()
    lines = [
        Line(change_url(row), f"{row.student} {money(row.amount)}", str(row.host), row.get_state_display())
        for row in (rows[:SHOWN] if total else ())
    ]
    url = f"{reverse('admin:subsidies_claim_changelist')}?held=yes"
    return Queue(_("Claims held by findings"), "front_hand", "danger", total, url, lines)


def _milestones(user: Any) -> Queue:
    """Milestones that can be reached by now, the earliest first."""
    today = timezone.localdate()
    rows = Milestone.objects.visible_to(user).filter(reached_on__isnull=True, missed_reason="", due_on__lte=today)
    rows = rows.select_related("placement__student", "placement__employer").order_by("due_on", "pk")
    total = rows.count()
    lines = [
        Line(change_url(row), str(row.placement.student), str(row.placement.employer or ""),
             days_words(row.due_on, today))
        for row in (rows[:SHOWN] if total else ())
    ]  # fmt: skip
    url = f"{reverse('admin:subsidies_milestone_changelist')}?state=due"
    return Queue(_("Milestones to confirm"), "flag", "info", total, url, lines)
