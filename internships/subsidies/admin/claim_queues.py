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
from wenxi_portal.core.admin.waiting import Line, Waiting
from wenxi_portal.core.money import money


def claim_queues(request: HttpRequest) -> list[Waiting]:
    """Return the queues of the person who is signed in."""
    user: Any = request.user
    found = []
    if user.has_perm("subsidies.change_claimflag"):
        found.append(_held(user))
    if user.has_perm("subsidies.change_milestone"):
        found.append(_milestones(user))
    return found


def _held(user: Any) -> Waiting:
    """Claims with an open finding that may still be paid, the longest held first."""
    flags = ClaimFlag.objects.filter(claim=OuterRef("pk"), cleared_at__isnull=True)
    rows = Claim.objects.visible_to(user).filter(Exists(flags), state__in=LOOKED_AT)
    rows = rows.select_related("student", "host").order_by("updated_at", "pk")
    url = f"{reverse('admin:subsidies_claim_changelist')}?held=yes"
    return Waiting(_("Claims held by findings"), "front_hand", "danger", rows, url, _claim)


def _milestones(user: Any) -> Waiting:
    """Milestones that can be reached by now, the earliest first."""
    today = timezone.localdate()
    rows = Milestone.objects.visible_to(user).filter(reached_on__isnull=True, missed_reason="", due_on__lte=today)
    rows = rows.select_related("placement__student", "placement__employer").order_by("due_on", "pk")
    url = f"{reverse('admin:subsidies_milestone_changelist')}?state=due"
    return Waiting(_("Milestones to confirm"), "flag", "info", rows, url, _milestone)


def _claim(row: Any) -> Line:
    return Line(change_url(row), f"{row.student} {money(row.amount)}", str(row.host), row.get_state_display())


def _milestone(row: Any) -> Line:
    stay = row.placement
    return Line(change_url(row), str(stay.student), str(stay.employer or ""), days_words(row.due_on))
