"""Reminders of a stay: what is missing before it begins, tomorrow's start, sheets, appraisals, certificates.

Titles name host and position, never the student: they go out by e-mail.
"""

from datetime import date, datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Count, DateField, Exists, F, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat, TruncDate
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from internships.enums import AgreementParty, ObjectionState, PlacementState, SheetState
from internships.models import (
    AgreementSignature,
    AttendanceObjection,
    AttendanceSheet,
    Placement,
    StayAgreement,
)
from internships.models.placement import OVER
from wenxi_portal.notifications.kinds import Params
from wenxi_portal.reminders.enums import Audience
from wenxi_portal.reminders.ladders import Ladder, Step, days_before
from wenxi_portal.reminders.registry import ladder

IN_PREPARATION = (PlacementState.PLANNED, PlacementState.READY)
INSURED_STATES = (PlacementState.READY, PlacementState.ON_POST, PlacementState.INTERRUPTED)
VALID = (SheetState.CONFIRMED, SheetState.OBJECTED, SheetState.LOCKED)


def _name(prefix: str = "") -> Concat:
    return Concat(F(f"{prefix}host__name"), Value(" · "), F(f"{prefix}position__title"))


def _day(params: Params) -> str:
    return date_format(date.fromisoformat(params["due"]), "DATE_FORMAT")


class _OfStay(Ladder):
    """A ladder of stays whose words are two sentences and whose page is one address."""

    for_staff = True
    model: ClassVar[type[Model]] = Placement
    due: ClassVar[Combinable] = F("starts_on")
    unit: ClassVar[Combinable] = F("lead_unit_id")
    title: ClassVar[Combinable] = _name()
    about: ClassVar[Any] = ""
    to_do: ClassVar[Any] = ""
    page: ClassVar[str] = "admin:internships_placement_change"

    def subject(self, params: Params) -> str:
        """What it is about."""
        return str(self.about) % {"title": params["title"], "day": _day(params)}

    def body(self, params: Params) -> str:
        """What to do."""
        return str(self.to_do)

    def url(self, params: Params) -> str:
        """Where it is done."""
        return reverse(self.page, args=[params["object"]])


@ladder
class AgreementUnsigned(_OfStay):
    """A stay whose agreement is not signed by all three: the lead unit is told before the first day, then its heads."""

    name = "agreement_unsigned"
    label = gettext_lazy("Agreement unsigned")
    steps = days_before(14, 7, 3)
    escalate_after = 2
    sensible_for = 30
    about = gettext_lazy("Agreement not signed: %(title)s begins on %(day)s")
    to_do = gettext_lazy("Have it signed by all three parties, or send them the link to confirm.")

    def open(self) -> QuerySet[Any]:
        """Stays in preparation without a newest version, for their days, that all three have signed."""
        signed = (
            AgreementSignature.objects.filter(agreement=OuterRef("pk"))
            .order_by()
            .values("agreement")
            .annotate(number=Count("pk"))
            .values("number")
        )
        newest = StayAgreement.objects.filter(placement=OuterRef("placement")).order_by("-version").values("pk")[:1]
        complete = StayAgreement.objects.annotate(signed=Subquery(signed), newest=Subquery(newest)).filter(
            placement=OuterRef("pk"),
            pk=F("newest"),
            signed=len(AgreementParty),
            starts_on__lte=OuterRef("starts_on"),
            ends_on__gte=OuterRef("ends_on"),
        )
        return Placement.objects.filter(~Exists(complete), state__in=IN_PREPARATION)


@ladder
class InsuranceMissing(_OfStay):
    """A planned stay that the insurance does not cover wholly, before it begins."""

    name = "insurance_missing"
    label = gettext_lazy("Insurance missing")
    steps = days_before(14, 7, 3)
    escalate_after = 2
    sensible_for = 30
    about = gettext_lazy("Not wholly insured: %(title)s begins on %(day)s")
    to_do = gettext_lazy("Enter the insurance. Nobody begins a stay with a gap in it.")

    def open(self) -> QuerySet[Any]:
        """Stays in preparation with a day that no insurance covers."""
        return Placement.objects.uncovered().filter(state=PlacementState.PLANNED)


@ladder
class InsuranceEnding(_OfStay):
    """A stay under way whose insurance ends before it does: extended, or cancelled by the insurer."""

    name = "insurance_ending"
    label = gettext_lazy("Insurance ends before the stay")
    steps = days_before(30, 14, 3)
    escalate_after = 1
    sensible_for = None
    due = F("ends_on")
    about = gettext_lazy("The insurance does not cover %(title)s until %(day)s")
    to_do = gettext_lazy("Extend the insurance. No allowance is paid across a gap.")

    def open(self) -> QuerySet[Any]:
        """Stays under way with a day that no insurance covers."""
        return Placement.objects.uncovered().filter(state__in=INSURED_STATES)


class _StartsTomorrow(_OfStay):
    """Told the day before, and on the day."""

    steps = (*days_before(1), Step("today", 0))
    # A stay that is still only ready a week after its first day has been forgotten by somebody.
    sensible_for = 7
    about = gettext_lazy("Tomorrow or today: %(title)s, first day %(day)s")

    def open(self) -> QuerySet[Any]:
        """Stays that are ready."""
        return Placement.objects.filter(state=PlacementState.READY)


@ladder
class StartTomorrowStudent(_StartsTomorrow):
    """The student is told where to be."""

    for_staff = False
    name = "start_tomorrow_student"
    label = gettext_lazy("Your stay begins tomorrow")
    # The student belongs to no unit of the county: with one, the reminder would take the student for somebody who left.
    unit = Value(None)
    owner = F("student__user_id")
    audience = Audience.OWNER
    to_do = gettext_lazy("Your page shows where to go, whom to ask for and what to bring.")
    page = "my_internships:stay"


@ladder
class StartTomorrowHost(_StartsTomorrow):
    """The host is told who comes."""

    for_staff = False
    name = "start_tomorrow_host"
    label = gettext_lazy("An intern begins tomorrow")
    unit = F("host_id")
    to_do = gettext_lazy("See that the mentor and the place are ready.")
    page = "host_desk:intern"


@ladder
class StayPastItsDay(_OfStay):
    """A stay whose last day has passed is completed by an officer: the clock proposes, it does not decide."""

    name = "stay_past_its_day"
    label = gettext_lazy("Stay to complete")
    steps = (Step("over", 1), Step("over_again", 7))
    escalate_after = 5
    sensible_for = None
    due = F("ends_on")
    about = gettext_lazy("The last day of %(title)s has passed (%(day)s)")
    to_do = gettext_lazy("Complete the stay, or extend it if it goes on.")

    def open(self) -> QuerySet[Any]:
        """Stays under way."""
        return Placement.objects.filter(state__in=[PlacementState.ON_POST, PlacementState.INTERRUPTED])


@ladder
class AppraisalDue(_OfStay):
    """The host appraises when the stay is over."""

    for_staff = False
    name = "appraisal_due"
    label = gettext_lazy("Appraisal due")
    steps = (Step("due", 1), Step("overdue", settings.APPRAISAL_DAYS + 1))
    escalate_after = 5
    sensible_for = None
    due = F("ends_on")
    unit = F("host_id")
    about = gettext_lazy("Appraisal due: %(title)s ended on %(day)s")
    to_do = gettext_lazy("Give the appraisal. The certificate waits for it.")
    page = "host_desk:appraisal"

    def open(self) -> QuerySet[Any]:
        """Stays that are over and have no given appraisal."""
        given = Q(appraisal__isnull=False, appraisal__given_at__isnull=False)
        return Placement.objects.filter(~given, state__in=OVER)

    def touched(self, since: datetime) -> QuerySet[Any]:
        """Stays that changed, and those whose appraisal did."""
        changed = Q(updated_at__gte=since) | Q(appraisal__updated_at__gte=since)
        return Placement.objects.filter(changed).values("pk")


@ladder
class CertificateWaiting(_OfStay):
    """Everything a certificate needs is there, and nobody has issued it."""

    name = "certificate_waiting"
    label = gettext_lazy("Certificate to issue")
    steps = (Step("waiting", 1, in_working_days=True), Step("waiting_again", 5, in_working_days=True))
    escalate_after = 5
    sensible_for = None
    due = Cast(TruncDate("appraisal__given_at"), DateField())
    about = gettext_lazy("A certificate can be issued: %(title)s")
    to_do = gettext_lazy("Issue it: the student waits for it.")

    def open(self) -> QuerySet[Any]:
        """Stays that are over, appraised, without an open sheet and without a valid certificate."""
        waiting = AttendanceSheet.objects.filter(placement=OuterRef("pk"), state=SheetState.DRAFT)
        return Placement.objects.filter(
            ~Exists(waiting),
            ~Q(certificates__isnull=False, certificates__revoked_on__isnull=True),
            state__in=OVER,
            appraisal__given_at__isnull=False,
        ).distinct()

    def touched(self, since: datetime) -> QuerySet[Any]:
        """Stays that changed, and those whose sheets or appraisal did."""
        sheets = AttendanceSheet.objects.filter(placement=OuterRef("pk"), updated_at__gte=since)
        changed = Q(updated_at__gte=since) | Q(appraisal__updated_at__gte=since) | Exists(sheets)
        return Placement.objects.filter(changed).values("pk")


@ladder
class AttendanceDue(_OfStay):
    """A sheet that is not confirmed: when its month is over, the day before it is late, and the day after."""

    for_staff = False
    name = "attendance_due"
    label = gettext_lazy("Attendance sheet due")
    model = AttendanceSheet
    steps = (
        *days_before(7, 1),
        Step("overdue", 1, in_working_days=True),
    )
    escalate_after = 3
    sensible_for = None
    due = F("due_on")
    unit = F("placement__host_id")
    title = _name("placement__")
    about = gettext_lazy("Attendance to confirm until %(day)s: %(title)s")
    to_do = gettext_lazy("Look through the month and confirm it. Allowances wait for it.")
    page = "host_desk:sheet"

    def open(self) -> QuerySet[Any]:
        """Sheets that are being filled in."""
        return AttendanceSheet.objects.filter(state=SheetState.DRAFT)


@ladder
class ObjectionWaiting(_OfStay):
    """A student objects, and nobody has answered."""

    for_staff = False
    name = "objection_waiting"
    label = gettext_lazy("Objection waiting")
    model = AttendanceObjection
    steps = (
        Step("asked", 1, in_working_days=True),
        Step("overdue", settings.OBJECTION_ANSWER_WORKING_DAYS, in_working_days=True),
    )
    escalate_after = 2
    sensible_for = None
    changed_field = "raised_at"
    due = Cast(TruncDate("raised_at"), DateField())
    unit = F("sheet__placement__host_id")
    title = _name("sheet__placement__")
    about = gettext_lazy("An objection to attendance waits: %(title)s")
    to_do = gettext_lazy("Answer it: correct the sheet, or say why it stands.")
    page = "host_desk:objection"

    def open(self) -> QuerySet[Any]:
        """Objections without an answer."""
        return AttendanceObjection.objects.filter(state=ObjectionState.WAITING)

    def touched(self, since: datetime) -> QuerySet[Any]:
        """Objections that were raised or answered."""
        changed = Q(raised_at__gte=since) | Q(answered_at__gte=since)
        return AttendanceObjection.objects.filter(changed).values("pk")
