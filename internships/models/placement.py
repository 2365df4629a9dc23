"""A student's stay at a host, and what happened to it."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from internships.enums import (
    PLACEMENT_BADGES,
    STAYS_THAT_COUNT,
    Outcome,
    PlacementState,
    StayEventKind,
)
from internships.models.application import Application
from internships.models.position import Position
from internships.models.ranges import DateRange
from internships.models.student import Student
from internships.querysets import PlacementQuerySet
from wenxi_portal.core.badges import Badge
from wenxi_portal.core.history import tracked
from wenxi_portal.core.models import Revisioned, Timestamped
from wenxi_portal.core.transitions import StateChange
from wenxi_portal.organisations.models import Organisation

# A transfer has no application that would take the seat at the new position, so the stay itself takes it.
COUNT_TRANSFERRED_SEATS = f"""
    IF NEW.transferred_from_id IS NULL THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'INSERT' AND NEW.state <> '{PlacementState.CANCELLED.value}' THEN
        UPDATE internships_position SET seats_taken = seats_taken + 1 WHERE id = NEW.position_id;
    ELSIF TG_OP = 'UPDATE' AND NEW.state = '{PlacementState.CANCELLED.value}' AND OLD.state <> NEW.state THEN
        UPDATE internships_position SET seats_taken = seats_taken - 1 WHERE id = NEW.position_id;
    END IF;
    RETURN NULL;
"""  # noqa: S608 - words of our own

BEGUN = (PlacementState.ON_POST, PlacementState.INTERRUPTED, PlacementState.COMPLETED, PlacementState.ENDED_EARLY)
OVER = (PlacementState.COMPLETED, PlacementState.ENDED_EARLY)


@tracked(exclude=["updated_at"])
class Placement(Revisioned, Timestamped):
    """A stay from ``starts_on`` to ``ends_on`` (both included). A student is in one place at a time.

    ``ends_on`` is the day that holds now: extensions, transfers and early ends move it, each leaving an event that
    keeps the day before. ``host`` and ``lead_unit`` are those of the position on the day of the placement.
    """

    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="placement"
    )
    transferred_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="transferred_to"
    )
    student = models.ForeignKey(Student, verbose_name=_("student"), on_delete=models.PROTECT, related_name="placements")
    position = models.ForeignKey(
        Position, verbose_name=_("position"), on_delete=models.PROTECT, related_name="placements"
    )
    host = models.ForeignKey(Organisation, verbose_name=_("host"), on_delete=models.PROTECT, related_name="placements")
    lead_unit = models.ForeignKey(
        Organisation, verbose_name=_("lead unit"), on_delete=models.PROTECT, related_name="led_placements"
    )
    state = models.CharField(
        _("state"), max_length=12, choices=PlacementState, default=PlacementState.PLANNED, editable=False
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    mentor = models.CharField(_("mentor at the host"), max_length=100, blank=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("officer in charge"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="placements_in_charge",
    )
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome, blank=True)
    employer = models.ForeignKey(
        Organisation,
        verbose_name=_("employer"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hired_placements",
    )
    contract_on = models.DateField(_("date of the employment contract"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo record"), default=False, editable=False)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of an intern", "placement")
        verbose_name_plural = pgettext_lazy("of interns", "placements")
        ordering = ["-starts_on", "-pk"]
        triggers = [
            pgtrigger.Trigger(
                name="counts_transferred_seats",
                level=pgtrigger.Row,
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=COUNT_TRANSFERRED_SEATS,
            )
        ]
        permissions = [("move_placement", _("Can start, extend, transfer and end stays"))]
        indexes = [
            models.Index(fields=["state", "starts_on"], name="internships_placement_start"),
            models.Index(fields=["state", "ends_on"], name="internships_placement_end"),
            models.Index(fields=["host", "state"], name="internships_placement_host"),
            models.Index(fields=["lead_unit", "state"], name="internships_placement_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="internships_placement_period",
                violation_error_message=_("The last day lies before the first day."),
            ),
            ExclusionConstraint(
                name="internships_placement_one_place_at_a_time",
                expressions=[
                    ("student", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=STAYS_THAT_COUNT),
                violation_error_message=_(
                    "The student has another stay in that time. Nobody is in two places at once."
                ),
            ),
            models.CheckConstraint(
                condition=Q(application__isnull=False, transferred_from__isnull=True)
                | Q(application__isnull=True, transferred_from__isnull=False),
                name="internships_placement_origin",
            ),
            models.CheckConstraint(
                condition=Q(outcome="") | Q(state__in=OVER),
                name="internships_placement_outcome_after_end",
                violation_error_message=_("What followed is entered when the stay is over."),
            ),
            models.CheckConstraint(
                condition=Q(
                    outcome__in=[Outcome.HIRED, Outcome.HIRED_ELSEWHERE],
                    employer__isnull=False,
                    contract_on__isnull=False,
                )
                | ~Q(outcome__in=[Outcome.HIRED, Outcome.HIRED_ELSEWHERE])
                & Q(employer__isnull=True, contract_on__isnull=True),
                name="internships_placement_hired_by_whom",
                violation_error_message=_("Who was hired has an employer and a contract date, nobody else has."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=PlacementState.values),
                name="internships_placement_state_known",
                violation_error_message=_("This is not a state of a stay."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.student} – {self.host}"

    def get_absolute_url(self) -> str:
        """Return the student's page of this stay."""
        return reverse("my_internships:stay", args=[self.pk])

    @property
    def badge(self) -> Badge:
        """How the state looks."""
        return PLACEMENT_BADGES[PlacementState(self.state)]


class PlacementStateChange(StateChange):
    """One move of a stay."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="state_changes")

    class Meta(StateChange.Meta):
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


class StayEvent(models.Model):
    """What happened to a stay on a day: written once, never edited.

    ``ends_on_before`` and ``ends_on_after`` tell how the last day moved, where it did.
    """

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="stay_events")
    kind = models.CharField(_("what happened"), max_length=12, choices=StayEventKind)
    on = models.DateField(_("on"))
    ends_on_before = models.DateField(_("last day before"), null=True, blank=True)
    ends_on_after = models.DateField(_("last day after"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("event of a stay")
        verbose_name_plural = _("events of a stay")
        ordering = ["on", "pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on_before__isnull=True, ends_on_after__isnull=True)
                | Q(ends_on_before__isnull=False, ends_on_after__isnull=False),
                name="internships_stayevent_last_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"
