"""Policies that end without a successor: from the day after nothing could be prepared."""

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships.subsidies.models import Policy
from wenxi_portal.notifications.kinds import Params
from wenxi_portal.reminders.enums import Audience
from wenxi_portal.reminders.ladders import Ladder, days_before
from wenxi_portal.reminders.registry import ladder


@ladder
class PolicyEnds(Ladder):
    """Whoever drafted it is told in good time; then, or where nobody did, the organization department."""

    for_staff = True
    name = "policy_ends"
    label = gettext_lazy("Policy ending without a successor")
    model = Policy
    audience = Audience.OWNER
    steps = days_before(60, 30, 7)
    escalate_after = 3
    due = F("valid_until")
    owner = F("drafted_by_id")
    title = F("title")

    def open(self) -> QuerySet[Any]:
        """Approved versions with a last day after which no other holds."""
        later = Policy.objects.approved().filter(scheme=OuterRef("scheme"), valid_from__gt=OuterRef("valid_from"))
        return Policy.objects.approved().filter(~Exists(later), valid_until__isnull=False)

    def subject(self, params: Params) -> str:
        """Which policy, and when."""
        day = date_format(parse_date(params["due"]) or params["due"], "DATE_FORMAT")
        return _("“%(title)s” ends on %(day)s and has no successor") % {"title": params["title"], "day": day}

    def body(self, params: Params) -> str:
        """What to do."""
        return _("Draft a newer version and have it approved. For days without a policy no claim is prepared.")

    def url(self, params: Params) -> str:
        """The policy on the desk."""
        return reverse("admin:subsidies_policy_change", args=[params["object"]])
