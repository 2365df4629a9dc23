"""What the bases room reminds of: agreements that end, bases of which nothing is heard."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, TruncDate
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bases.enums import AgreementState, BaseState
from bases.models import Agreement, Base
from wenxi_portal.notifications.kinds import Params
from wenxi_portal.reminders.ladders import Ladder, Step, days_before
from wenxi_portal.reminders.registry import ladder

# domain.md §4: a base with no activity for six months is asked about.
QUIET_DAYS = 183


@ladder
class AgreementExpiring(Ladder):
    """90, 30 and 7 days before the last day the lead unit is told; its heads, when nothing happens then."""

    name = "agreement_expiring"
    label = gettext_lazy("Agreement expiring")
    model = Agreement
    for_staff = True
    steps = days_before(90, 30, 7)
    escalate_after = 3
    due = F("valid_until")
    unit = F("lead_unit_id")
    title = F("title")

    def open(self) -> QuerySet[Any]:
        """Signed agreements with a last day that no signed renewal follows."""
        renewed = Agreement.objects.filter(renews=OuterRef("pk"), state=AgreementState.SIGNED)
        return Agreement.objects.filter(~Exists(renewed), state=AgreementState.SIGNED, valid_until__isnull=False)

    def touched(self, since: datetime) -> QuerySet[Any]:
        """Agreements that changed, and those whose renewal did."""
        renewed = Agreement.objects.filter(updated_at__gte=since, renews__isnull=False).values("renews")
        return Agreement.objects.filter(Q(updated_at__gte=since) | Q(pk__in=renewed)).values("pk")

    def subject(self, params: Params) -> str:
        """What ends when."""
        words = (
            _("“%(title)s” ends on %(day)s")
            if not params["escalated"]
            else _("Unanswered: “%(title)s” ends on %(day)s")
        )
        return words % {"title": params["title"], "day": _day(params)}

    def body(self, params: Params) -> str:
        """Renew, amend or let it end."""
        return _(
            "Renew it, amend it, or let it end. The reminders stop as soon as a renewal is signed or it is closed."
        )

    def url(self, params: Params) -> str:
        """The agreement on the desk."""
        return reverse("admin:bases_agreement_change", args=[params["object"]])


@ladder
class BaseQuiet(Ladder):
    """An unveiled base about which nothing was entered for six months is asked about, and again after a month."""

    name = "base_quiet"
    label = gettext_lazy("Base without news")
    model = Base
    for_staff = True
    steps = (Step("asked", 0), Step("asked_again", 30))
    escalate_after = 10
    sensible_for = None
    due = Cast(TruncDate("updated_at") + Value(timedelta(days=QUIET_DAYS)), DateField())
    unit = F("lead_unit_id")
    title = F("name")

    def open(self) -> QuerySet[Any]:
        """Unveiled bases; an edit moves the day on."""
        return Base.objects.filter(state=BaseState.UNVEILED)

    def subject(self, params: Params) -> str:
        """Which base."""
        words = _("No news from “%(title)s” for half a year")
        return (words if not params["escalated"] else _("Unanswered: no news from “%(title)s”")) % {
            "title": params["title"]
        }

    def body(self, params: Params) -> str:
        """What to do."""
        return _("Is it still active? Bring its page up to date, or change its state.")

    def url(self, params: Params) -> str:
        """The base on the desk."""
        return reverse("admin:bases_base_change", args=[params["object"]])


def _day(params: Params) -> str:
    return date_format(parse_date(params["due"]), "DATE_FORMAT")
