"""Reminders of applying: offers, applications that wait for the host, nominations."""

from datetime import date
from typing import Any

from django.db.models import DateField, F, QuerySet
from django.db.models.functions import Cast, TruncDate
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships.models import Application, Nomination
from wenxi_portal.notifications.kinds import Params
from wenxi_portal.reminders.enums import Audience
from wenxi_portal.reminders.ladders import Ladder, Step
from wenxi_portal.reminders.registry import ladder


@ladder
class OfferUnanswered(Ladder):
    """The student is told the day before an offer lapses, and on its last day. After that the seat goes on."""

    name = "offer_unanswered"
    label = gettext_lazy("Offer without my answer")
    model = Application
    steps = (Step("day_before", -1), Step("last_day", 0))
    audience = Audience.OWNER
    urgent = True
    # As long as it is open, a late word is of use.
    sensible_for = None
    due = Cast(TruncDate("offer_until"), DateField())
    owner = F("student__user_id")
    title = F("position__title")

    def open(self) -> QuerySet[Any]:
        """Open offers."""
        return Application.objects.offers()

    def subject(self, params: Params) -> str:
        """Which position, until when."""
        return _("Please answer until %(day)s: you are offered “%(title)s”") % _values(params)

    def body(self, params: Params) -> str:
        """What happens otherwise."""
        return _("Accept or decline. Without an answer the offer lapses and the seat goes to the next.")

    def url(self, params: Params) -> str:
        """The student's page of the application."""
        return reverse("my_internships:application", args=[params["object"]])


@ladder
class ApplicationWaiting(Ladder):
    """The host is told when its answer is due and once more after that; then its heads, then the application lapses."""

    name = "application_waiting"
    label = gettext_lazy("Application waiting for the host")
    model = Application
    steps = (Step("due", 0), Step("overdue", 3))
    escalate_after = 2
    sensible_for = None
    due = F("answer_due_on")
    unit = F("position__host_id")
    title = F("position__title")

    def open(self) -> QuerySet[Any]:
        """Applications the host has not decided on."""
        return Application.objects.waiting_for_host().filter(answer_due_on__isnull=False)

    def subject(self, params: Params) -> str:
        """Which position."""
        words = (
            _("An applicant for “%(title)s” waits for your answer since %(day)s")
            if params["escalated"] or params["step"] == "overdue"
            else _("An applicant for “%(title)s” waits for your answer, due on %(day)s")
        )
        return words % _values(params)

    def body(self, params: Params) -> str:
        """What to do."""
        return _("Shortlist, offer, put on the waiting list, or refuse with a reason. In the end it lapses.")

    def url(self, params: Params) -> str:
        """The host's page of the applicant."""
        return reverse("host_desk:applicant", args=[params["object"]])


@ladder
class NominationUnanswered(Ladder):
    """The university that nominated somebody is told two days before the nomination lapses."""

    name = "nomination_unanswered"
    label = gettext_lazy("Nomination without an answer")
    model = Nomination
    steps = (Step("two_days", -2), Step("last_day", 0))
    sensible_for = None
    due = F("answer_until")
    unit = F("university_id")
    title = F("position__title")

    def open(self) -> QuerySet[Any]:
        """Nominations the student has not answered."""
        return Nomination.objects.waiting()

    def subject(self, params: Params) -> str:
        """Which position."""
        return _("A student you nominated for “%(title)s” has until %(day)s to answer") % _values(params)

    def body(self, params: Params) -> str:
        """Call the student."""
        return _("Ask the student to open the link or to sign in. After that day the nomination lapses.")

    def url(self, params: Params) -> str:
        """The university's list."""
        return reverse("university_desk:nominations")


def _values(params: Params) -> dict[str, str]:
    return {"title": params["title"], "day": date_format(date.fromisoformat(params["due"]), "DATE_FORMAT")}
