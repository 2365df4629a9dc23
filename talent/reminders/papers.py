"""Flexible agreements that end, registrations that wait for an answer."""

from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talent.enums import FlexibleState, PersonState
from talent.models import (
    FlexibleAgreement,
    Person,
    Registration,
    RegistrationStateChange,
    TownshipCollector,
)
from talent.reminders.words import NUMBER, day
from wenxi_portal.accounts.models import User
from wenxi_portal.notifications.kinds import Params
from wenxi_portal.reminders.enums import Audience
from wenxi_portal.reminders.ladders import Ladder, Step, days_before
from wenxi_portal.reminders.registry import ladder


@ladder
class FlexibleExpiring(Ladder):
    """90, 30 and 7 days before the last day whoever is in charge is told; the heads, when nothing happens."""

    name = "flexible_expiring"
    label = gettext_lazy("Flexible agreement expiring")
    model = FlexibleAgreement
    for_staff = True
    steps = days_before(90, 30, 7)
    audience = Audience.OWNER
    escalate_after = 3
    due = F("valid_until")
    owner = F("owner_id")
    unit = F("person__owner_unit_id")
    title = F("host__name")

    def open(self) -> QuerySet[Any]:
        """Agreements in force, of people on file."""
        return FlexibleAgreement.objects.filter(state=FlexibleState.SIGNED, person__state=PersonState.ACTIVE)

    def touched(self, since: datetime) -> QuerySet[Any]:
        """Agreements that changed, and those of people who did."""
        people = Person.objects.filter(updated_at__gte=since).values("pk")
        return FlexibleAgreement.objects.filter(Q(updated_at__gte=since) | Q(person__in=people)).values("pk")

    def subject(self, params: Params) -> str:
        """With whom, and when it ends."""
        words = _("A flexible agreement with “%(title)s” ends on %(day)s")
        if params["escalated"]:
            words = _("Unanswered: a flexible agreement with “%(title)s” ends on %(day)s")
        return words % {"title": params["title"], "day": day(params)}

    def body(self, params: Params) -> str:
        """Renew it or let it end."""
        return _("Agree on a new one, or let it end. After its last day it is closed by itself.")

    def url(self, params: Params) -> str:
        """The agreement on the desk."""
        return reverse("admin:talent_flexibleagreement_change", args=[params["object"]])

    def inside(self, params: Params, reader: User) -> str:
        """Whose it is."""
        found = FlexibleAgreement.objects.visible_to(reader).filter(pk=params["object"])
        agreement = found.select_related("person").first()
        return str(agreement.person) if agreement else ""


@ladder
class RegistrationWaiting(Ladder):
    """Three working days after somebody registered: the township's collector is told, or the department; then it is.

    A registration belongs to no unit, so that the heads of this ladder are the organization department.
    """

    name = "registration_waiting"
    label = gettext_lazy("Self-registration waiting")
    model = Registration
    for_staff = True
    steps = (Step("waiting", 3, in_working_days=True),)
    audience = Audience.OWNER
    escalate_after = 3
    sensible_for = None
    due = TruncDate("submitted_at")
    owner = Subquery(
        TownshipCollector.objects.filter(township=OuterRef("township"), user__is_active=True)
        .order_by("pk")
        .values("user")[:1]
    )
    title = NUMBER

    def open(self) -> QuerySet[Any]:
        """The queue."""
        return Registration.objects.waiting()

    def touched(self, since: datetime) -> QuerySet[Any]:
        """Registrations that came in or moved."""
        moved = RegistrationStateChange.objects.filter(at__gte=since).values("registration")
        return Registration.objects.filter(Q(submitted_at__gte=since) | Q(pk__in=moved)).values("pk")

    def subject(self, params: Params) -> str:
        """Since when."""
        words = _("A self-registration has waited since %(day)s (no. %(number)s)")
        if params["escalated"]:
            words = _("Still undecided: the self-registration of %(day)s (no. %(number)s)")
        return words % {"day": day(params), "number": params["title"]}

    def body(self, params: Params) -> str:
        """Decide."""
        return _("Accept it, add it to a record on file, or refuse it and say why.")

    def url(self, params: Params) -> str:
        """The registration on the desk."""
        return reverse("admin:talent_registration_change", args=[params["object"]])

    def inside(self, params: Params, reader: User) -> str:
        """Who registered."""
        registration = Registration.objects.visible_to(reader).filter(pk=params["object"]).first()
        return str(registration) if registration else ""
