"""What waits for a review: the queues of the desk, and since when each claim lies in its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from internships.subsidies.enums import ClaimState, Duty, NoticeObjectionState
from internships.subsidies.models import Claim, ClaimFlag, ClaimStateChange, NoticeObjection, Recheck
from wenxi_portal.accounts.models import User
from wenxi_portal.reminders.working_days import add_working_days

FIRST, SECOND, RECHECK = (
    "subsidies.first_review_claim", "subsidies.second_review_claim", "subsidies.recheck_claim",
)  # fmt: skip
REVIEWABLE = (
    ClaimState.SUBMITTED, ClaimState.HOST_CONFIRMED, ClaimState.ENROLLED, ClaimState.FIRST_REVIEWED,
    ClaimState.SECOND_REVIEWED, ClaimState.GROUP_DECIDED,
)  # fmt: skip
Rows = QuerySet[Any]

OPEN_FLAG = Exists(ClaimFlag.objects.filter(claim=OuterRef("pk"), cleared_at__isnull=True))
OPEN_RECHECK = Exists(Recheck.objects.filter(claim=OuterRef("pk"), round=OuterRef("round"), verdict=""))
OPEN_OBJECTION = Exists(NoticeObjection.objects.filter(line__claim=OuterRef("pk"), state=NoticeObjectionState.WAITING))
ENTERED = Subquery(
    ClaimStateChange.objects.filter(claim=OuterRef("pk"), to_state=OuterRef("state")).order_by("-pk").values("at")[:1],
    output_field=DateTimeField(),
)
DRAWN = Subquery(
    Recheck.objects.filter(claim=OuterRef("pk"), round=OuterRef("round")).values("drawn_at")[:1],
    output_field=DateTimeField(),
)


@dataclass(frozen=True, slots=True)
class ReviewQueue:
    """Claims that wait for the same duty; ``permission`` is asked of whoever does it. The last one has no duty."""

    key: str
    title: Promise
    icon: str
    permission: str
    duty: Duty | None
    rows: Callable[[Rows], Rows]


def _in_state(state: ClaimState) -> Callable[[Rows], Rows]:
    return lambda rows: rows.filter(state=state)


QUEUES = {
    queue.key: queue
    for queue in (
        ReviewQueue(
            "enrolment", _("Enrolment to check"), "school", FIRST, Duty.ENROLMENT, _in_state(ClaimState.HOST_CONFIRMED)
        ),
        ReviewQueue(
            "first", _("First review"), "fact_check", FIRST, Duty.FIRST_REVIEW, _in_state(ClaimState.ENROLLED)
        ),
        ReviewQueue(
            "second", _("Second review"), "verified_user", SECOND, Duty.SECOND_REVIEW,
            _in_state(ClaimState.FIRST_REVIEWED),
        ),
        ReviewQueue(
            "group", _("Decision of the leading group"), "groups", SECOND, Duty.GROUP_DECISION,
            lambda rows: rows.filter(state=ClaimState.SECOND_REVIEWED, needs_group=True),
        ),
        ReviewQueue(
            "recheck", _("Random re-check"), "casino", RECHECK, Duty.RECHECK,
            lambda rows: rows.filter(
                OPEN_RECHECK, state__in=[ClaimState.SECOND_REVIEWED, ClaimState.GROUP_DECIDED]
            ),
        ),
        ReviewQueue(
            "held", _("Held by a finding"), "front_hand", "subsidies.change_claimflag", None,
            lambda rows: rows.filter(OPEN_FLAG, state__in=REVIEWABLE),
        ),
    )
}  # fmt: skip


def queue_rows(queue: ReviewQueue, user: User) -> Rows:
    """Return the claims of a queue that ``user`` may see, the longest waiting first, each with ``waiting_since``."""
    since = DRAWN if queue.duty == Duty.RECHECK else ENTERED
    rows = queue.rows(Claim.objects.visible_to(user))
    return (
        rows.annotate(waiting_since=Coalesce(since, F("submitted_at"), F("created_at")))
        .select_related("student__university", "student__user", "host", "scheme", "policy", "lead_unit", "account")
        .order_by("waiting_since", "pk")
    )


def counts(user: User) -> dict[str, tuple[int, int]]:
    """Return for each queue how many claims wait, and how many of them longer than SUBSIDY_STEP_WORKING_DAYS."""
    limit = overdue_before()
    found = {}
    for key, queue in QUEUES.items():
        late = Count("pk", filter=Q(waiting_since__date__lt=limit))
        row = queue_rows(queue, user).order_by().aggregate(all=Count("pk"), late=late)
        found[key] = (row["all"], row["late"])
    return found


def overdue_before(today: date | None = None) -> date:
    """Return the day before which a claim must have come, for its review to be overdue today."""
    clock = today or timezone.localdate()
    return add_working_days(clock + timedelta(days=1), -settings.SUBSIDY_STEP_WORKING_DAYS - 1)


def queue_of(claim: Claim) -> ReviewQueue | None:
    """Return the queue in which a claim waits for a duty now; a re-check comes before the leading group."""
    present = Claim.objects.filter(pk=claim.pk)
    order = ("enrolment", "first", "second", "recheck", "group")
    return next((QUEUES[key] for key in order if QUEUES[key].rows(present).exists()), None)


def ready_for_notice() -> Rows:
    """Return reviewed claims that nothing holds: decided where the group decides, no re-check and no finding open."""
    decided = Q(state=ClaimState.SECOND_REVIEWED, needs_group=False) | Q(state=ClaimState.GROUP_DECIDED)
    return Claim.objects.filter(decided, ~OPEN_RECHECK, ~OPEN_FLAG, ~OPEN_OBJECTION, amount__gt=0)
