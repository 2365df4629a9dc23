"""Reminders of those who review: claims that wait, objections unanswered, notices that end."""

from datetime import date, datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import BigIntegerField, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships.subsidies.enums import ClaimState, NoticeObjectionState, NoticeState
from internships.subsidies.models import Claim, ClaimStateChange, NoticeObjection, PublicNotice, Recheck
from wenxi_portal.notifications.kinds import Params
from wenxi_portal.reminders.enums import Audience
from wenxi_portal.reminders.ladders import Ladder, Step
from wenxi_portal.reminders.registry import ladder

_ENTERED = ClaimStateChange.objects.filter(claim=OuterRef("pk"), to_state=OuterRef("state")).order_by("-pk")
ENTERED = Subquery(_ENTERED.values(day=TruncDate("at"))[:1])
_OPEN = {"claim": OuterRef("pk"), "round": OuterRef("round"), "verdict": ""}
DRAWN = Subquery(Recheck.objects.filter(**_OPEN).values(day=TruncDate("drawn_at"))[:1])
NO_UNIT = Value(None, output_field=BigIntegerField(null=True))


class ReviewWaiting(Ladder):
    """A claim that came into a queue: reminded when the working days of its review are over, then the heads are."""

    for_staff = True
    model = Claim
    steps = (
        Step("overdue", settings.SUBSIDY_STEP_WORKING_DAYS, in_working_days=True),
        Step("again", 2 * settings.SUBSIDY_STEP_WORKING_DAYS, in_working_days=True),
    )
    escalate_after: ClassVar[int | None] = settings.SUBSIDY_STEP_WORKING_DAYS
    sensible_for = None
    due = Cast(Coalesce(ENTERED, TruncDate("updated_at")), DateField())
    title = F("number")
    queue: ClassVar[str]
    waiting: ClassVar[Q]

    def open(self) -> QuerySet[Any]:
        """The claims of the queue."""
        return Claim.objects.filter(self.waiting)

    def subject(self, params: Params) -> str:
        """Which claim waits for what, by its number."""
        words = _("Unanswered: %(what)s of %(title)s") if params["escalated"] else _("%(what)s of %(title)s is overdue")
        return words % {"what": self.label, "title": params["title"]}

    def body(self, params: Params) -> str:
        """Since when."""
        day = date_format(date.fromisoformat(params["due"]), "DATE_FORMAT")
        return _("It waits since %(day)s. The student waits for the money.") % {"day": day}

    def url(self, params: Params) -> str:
        """The claim on the desk."""
        return reverse("admin:subsidies_review", args=[self.queue, params["object"]])


@ladder
class EnrolmentWaiting(ReviewWaiting):
    """The lead unit checks the enrolment."""

    name, queue = "claim_enrolment_waiting", "enrolment"
    waiting = Q(state=ClaimState.HOST_CONFIRMED)
    label = gettext_lazy("Enrolment of a claim to check")
    unit = F("lead_unit_id")


@ladder
class FirstReviewWaiting(ReviewWaiting):
    """The lead unit makes the first review."""

    name, queue = "claim_first_review_waiting", "first"
    waiting = Q(state=ClaimState.ENROLLED)
    label = gettext_lazy("First review of a claim")
    unit = F("lead_unit_id")


class DepartmentWaiting(ReviewWaiting):
    """What the department does belongs to no unit: it is told as the heads of everybody are."""

    audience = Audience.HEADS
    unit = NO_UNIT
    escalate_after = None


@ladder
class SecondReviewWaiting(DepartmentWaiting):
    """The talent office makes the second review."""

    name, queue = "claim_second_review_waiting", "second"
    waiting = Q(state=ClaimState.FIRST_REVIEWED)
    label = gettext_lazy("Second review of a claim")


@ladder
class GroupWaiting(DepartmentWaiting):
    """The leading group decides on large amounts."""

    name, queue = "claim_group_waiting", "group"
    waiting = Q(state=ClaimState.SECOND_REVIEWED, needs_group=True)
    label = gettext_lazy("Decision of the leading group on a claim")


@ladder
class RecheckWaiting(DepartmentWaiting):
    """A third person looks at the sample."""

    name, queue = "claim_recheck_waiting", "recheck"
    waiting = Q(
        Exists(Recheck.objects.filter(**_OPEN)), state__in=[ClaimState.SECOND_REVIEWED, ClaimState.GROUP_DECIDED]
    )
    label = gettext_lazy("Re-check of a claim")
    due = Cast(Coalesce(DRAWN, TruncDate("updated_at")), DateField())


@ladder
class ObjectionUnanswered(Ladder):
    """An objection: at once, a working day before its answer is due, on the day, and after."""

    for_staff = True
    name = "notice_objection_waiting"
    label = gettext_lazy("Objection to a public notice")
    model = NoticeObjection
    steps = (Step("soon", -1), Step("due", 0), Step("overdue", 1, in_working_days=True))
    audience = Audience.HEADS
    unit = NO_UNIT
    escalate_after = None
    sensible_for = None
    due = F("due_on")
    title = F("line__notice__number")

    def open(self) -> QuerySet[Any]:
        """Objections nobody has answered."""
        return NoticeObjection.objects.filter(state=NoticeObjectionState.WAITING)

    def touched(self, since: datetime) -> QuerySet[Any]:
        """Objections that came in or were answered."""
        return NoticeObjection.objects.filter(Q(raised_at__gte=since) | Q(answered_at__gte=since)).values("pk")

    def subject(self, params: Params) -> str:
        """To which notice, and until when."""
        return _("Objection to notice %(title)s: answer due on %(day)s") % {
            "title": params["title"],
            "day": date_format(date.fromisoformat(params["due"]), "DATE_FORMAT"),
        }

    def body(self, params: Params) -> str:
        """What to do."""
        return _("Only this line waits. Look into it, and answer: whoever objected looks the answer up.")

    def url(self, params: Params) -> str:
        """The objection on the desk."""
        return reverse("admin:subsidies_noticeobjection_change", args=[params["object"]])


@ladder
class NoticeEnds(Ladder):
    """A notice on its last day: whatever is still to be looked into, is looked into now."""

    for_staff = True
    name = "notice_ends"
    label = gettext_lazy("Public notice ends today")
    model = PublicNotice
    steps = (Step("today", 0),)
    audience = Audience.OWNER
    owner = F("published_by_id")
    escalate_after = None
    due = F("ends_on")
    title = F("number")

    def open(self) -> QuerySet[Any]:
        """Notices that are up."""
        return PublicNotice.objects.filter(state=NoticeState.PUBLISHED)

    def subject(self, params: Params) -> str:
        """Which notice."""
        return _("Notice %(title)s ends today") % {"title": params["title"]}

    def body(self, params: Params) -> str:
        """What happens by itself."""
        return _("It comes down at midnight by itself; claims without an open objection are then cleared for payment.")

    def url(self, params: Params) -> str:
        """The notice on the desk."""
        return reverse("admin:subsidies_publicnotice_change", args=[params["object"]])
