"""Reviews that wait for the lead unit, and positions whose host has not said that they still stand."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import DateField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships.enums import PositionState
from internships.models import Position, PositionStateChange
from wenxi_portal.notifications.kinds import Params
from wenxi_portal.reminders.ladders import Ladder, Step, days_before
from wenxi_portal.reminders.registry import ladder

_SENT = PositionStateChange.objects.filter(position=OuterRef("pk"), to_state=PositionState.IN_REVIEW)


@ladder
class PositionReviewWaiting(Ladder):
    """The lead unit is told at once, and again when the working days for a review are over; then its heads."""

    for_staff = True
    name = "position_review"
    label = gettext_lazy("Position waiting for review")
    model = Position
    steps = (Step("sent", 0), Step("overdue", settings.POSITION_REVIEW_WORKING_DAYS, in_working_days=True))
    escalate_after = 2
    sensible_for = None
    due = Cast(
        Coalesce(Subquery(_SENT.order_by("-at", "-pk").values(day=TruncDate("at"))[:1]), TruncDate("updated_at")),
        DateField(),
    )
    unit = F("lead_unit_id")
    title = F("title")

    def open(self) -> QuerySet[Any]:
        """Positions under review."""
        return Position.objects.waiting_for_review()

    def subject(self, params: Params) -> str:
        """Which position."""
        words = {
            "sent": _("To review: “%(title)s”"),
            "overdue": _("The review of “%(title)s” is overdue"),
        }
        escalated = _("Unanswered: the review of “%(title)s”")
        return (escalated if params["escalated"] else words.get(params["step"], words["sent"])) % {
            "title": params["title"]
        }

    def body(self, params: Params) -> str:
        """What to do."""
        return _("Publish it, or hand it back with a reason. The host and the students wait for it.")

    def url(self, params: Params) -> str:
        """The position on the desk."""
        return reverse("admin:internships_position_change", args=[params["object"]])


@ladder
class PositionUnconfirmed(Ladder):
    """A week, three days and one day before a position is closed for silence its host is asked; then its heads."""

    name = "position_unconfirmed"
    label = gettext_lazy("Position to confirm")
    model = Position
    steps = days_before(7, 3, 1)
    escalate_after = 1
    due = Cast(F("reconfirmed_on") + Value(timedelta(days=settings.POSITION_RECONFIRM_DAYS)), DateField())
    unit = F("host_id")
    title = F("title")

    def open(self) -> QuerySet[Any]:
        """Published positions; a confirmation moves the day on."""
        return Position.objects.filter(state=PositionState.PUBLISHED, reconfirmed_on__isnull=False)

    def subject(self, params: Params) -> str:
        """Which position, until when."""
        day = date_format(parse_date(params["due"]) or params["due"], "DATE_FORMAT")
        return _("Does “%(title)s” still stand? Confirm it by %(day)s") % {"title": params["title"], "day": day}

    def body(self, params: Params) -> str:
        """One tap."""
        return _("One tap on its page is enough. Without it the position is closed after that day.")

    def url(self, params: Params) -> str:
        """The position on the host's desk."""
        return reverse("host_desk:position", args=[params["object"]])
