"""Reminders of those who look after people: unanswered requests, shuttles and arrivals of tomorrow."""

from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Case, DateField, Exists, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import Cast, TruncDate
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships.enums import CaseState
from internships.models import BedStay, ServiceRequest, ShuttleRun, SupportRequest
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User
from wenxi_portal.notifications.kinds import Params
from wenxi_portal.reminders.enums import Audience
from wenxi_portal.reminders.ladders import Ladder, Step
from wenxi_portal.reminders.registry import ladder

_DEPARTMENT = User.objects.filter(pk=OuterRef("owner"), groups__name=Role.ORGANIZATION_DEPARTMENT)
# Somebody of the department may have the request of any unit without being a member of it.
UNIT_OF_OWNER = Case(
    When(Exists(_DEPARTMENT), then=Value(None)), default=F("unit_id"), output_field=BigIntegerField(null=True)
)


class CaseOverdue(Ladder):
    """A request on the day on which its answer is due, and the working day after; then the heads of the unit."""

    for_staff = True
    steps = (Step("due", 0), Step("overdue", 1, in_working_days=True))
    escalate_after = 1
    sensible_for = None
    due = F("due_on")
    title = F("kind")
    state: CaseState

    def open(self) -> QuerySet[Any]:
        """Requests in the state of the ladder."""
        return self.model._default_manager.filter(state=self.state)

    def subject(self, params: Params) -> str:
        """What is due when."""
        words = (
            _("Answer due on %(day)s: %(what)s") if not params["escalated"] else _("Unanswered since %(day)s: %(what)s")
        )
        return words % {"day": _day(params), "what": self.what(params)}

    def what(self, params: Params) -> str:
        """Return the kind of request in words."""
        field: Any = self.model._meta.get_field("kind")
        return str(dict(field.flatchoices).get(params["title"], params["title"]))

    def body(self, params: Params) -> str:
        """Answer or hand on."""
        return _("Take it up, hand it on, or answer it. The one who asked sees the day.")

    def url(self, params: Params) -> str:
        """The request on the desk."""
        return reverse(f"admin:internships_{self.model._meta.model_name}_change", args=[params["object"]])


@ladder
class SupportUnclaimed(CaseOverdue):
    """Nobody has taken the request up: everybody of the unit is told."""

    name = "support_unclaimed"
    label = gettext_lazy("Request for support that nobody has taken up")
    model = SupportRequest
    state = CaseState.RECEIVED
    unit = F("unit_id")


@ladder
class SupportOverdue(CaseOverdue):
    """Whoever has the request is told."""

    name = "support_overdue"
    label = gettext_lazy("Request for support unanswered")
    model = SupportRequest
    state = CaseState.IN_HAND
    audience = Audience.OWNER
    owner = F("owner_id")
    unit = UNIT_OF_OWNER


@ladder
class ServiceUnclaimed(CaseOverdue):
    """Nobody has taken the request up: everybody of the unit is told."""

    name = "service_unclaimed"
    label = gettext_lazy("Request at the one window that nobody has taken up")
    model = ServiceRequest
    state = CaseState.RECEIVED
    unit = F("unit_id")


@ladder
class ServiceOverdue(CaseOverdue):
    """Whoever has the request is told."""

    name = "service_overdue"
    label = gettext_lazy("Request at the one window unanswered")
    model = ServiceRequest
    state = CaseState.IN_HAND
    audience = Audience.OWNER
    owner = F("owner_id")
    unit = UNIT_OF_OWNER


@ladder
class ShuttleTomorrow(Ladder):
    """The driver is told the day before; a shuttle that has left needs no word."""

    name = "shuttle_tomorrow"
    label = gettext_lazy("Shuttle to drive tomorrow")
    model = ShuttleRun
    steps = (Step("tomorrow", -1),)
    audience = Audience.OWNER
    due = Cast(TruncDate("leaves_at"), DateField())
    owner = F("driver_id")
    title = F("name")
    urgent = True

    def open(self) -> QuerySet[Any]:
        """Shuttles that drive and have a driver."""
        return ShuttleRun.objects.filter(is_cancelled=False, driver__isnull=False)

    def subject(self, params: Params) -> str:
        """Which shuttle."""
        return _("On %(day)s you drive: %(title)s") % {"day": _day(params), "title": params["title"]}

    def body(self, params: Params) -> str:
        """What to look up."""
        return _("Look up when it leaves and who comes along.")

    def url(self, params: Params) -> str:
        """The driver's own page."""
        return reverse("my_internships:driving")


@ladder
class ArrivalTomorrow(Ladder):
    """The keeper of a house is told the day before somebody moves in."""

    name = "arrival_tomorrow"
    label = gettext_lazy("Somebody moves in tomorrow")
    model = BedStay
    steps = (Step("tomorrow", -1),)
    audience = Audience.OWNER
    due = F("starts_on")
    owner = F("bed__lodging__keeper_id")
    title = F("bed__lodging__name")

    def open(self) -> QuerySet[Any]:
        """Nights that were not given back, in houses with a keeper."""
        return BedStay.objects.filter(is_cancelled=False, bed__lodging__keeper__isnull=False)

    def subject(self, params: Params) -> str:
        """When, and into which house. No name: it is an e-mail too."""
        return _("On %(day)s somebody moves in: %(title)s") % {"day": _day(params), "title": params["title"]}

    def body(self, params: Params) -> str:
        """What to look up."""
        return _("Look up the name and the bed on the page of arrivals.")

    def url(self, params: Params) -> str:
        """The keeper's own page."""
        return reverse("my_internships:keeping")


def _day(params: Params) -> str:
    return date_format(date.fromisoformat(params["due"]), "DATE_FORMAT")
