"""A position for interns and its way from draft to closed."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from bases.models import Base
from internships.enums import POSITION_BADGES, ClosingCause, Discipline, PositionState, Sector
from internships.querysets import PositionQuerySet
from talent.enums import StudyLevel
from wenxi_portal.core.badges import Badge
from wenxi_portal.core.content_version import moves_content_version
from wenxi_portal.core.history import tracked
from wenxi_portal.core.models import Revisioned, Timestamped
from wenxi_portal.core.personal_numbers import PUBLIC_TEXT
from wenxi_portal.core.transitions import StateChange
from wenxi_portal.organisations.enums import OrganisationKind
from wenxi_portal.organisations.models import Organisation

MOST_SEATS = 500
MOST_HOURS_A_DAY = 8


@tracked(exclude=["search_vector", "sort_key", "indexed_at", "updated_at"])
class Position(Revisioned, Timestamped):
    """Work that a host offers to interns for a time (both days included).

    ``seats_taken`` is kept by a trigger on applications, and the database refuses more than ``seats``.
    ``reconfirmed_on`` is the day on which the host last said that the position still stands.
    """

    title = models.CharField(_("title"), max_length=80, validators=PUBLIC_TEXT)
    title_en = models.CharField(_("English title"), max_length=120, blank=True, validators=PUBLIC_TEXT)
    state = models.CharField(
        _("state"), max_length=10, choices=PositionState, default=PositionState.DRAFT, editable=False
    )
    host = models.ForeignKey(
        Organisation,
        verbose_name=_("host"),
        on_delete=models.PROTECT,
        related_name="positions",
        limit_choices_to={"kind": "host"},
    )
    lead_unit = models.ForeignKey(
        Organisation,
        verbose_name=_("lead unit"),
        on_delete=models.PROTECT,
        related_name="led_positions",
        limit_choices_to={"kind": "lead_unit"},
    )
    base = models.ForeignKey(
        Base, verbose_name=_("base"), on_delete=models.PROTECT, null=True, blank=True, related_name="positions"
    )
    sector = models.CharField(pgettext_lazy("of a position", "kind"), max_length=12, choices=Sector)
    work = models.TextField(_("what you will do"), max_length=3000, validators=PUBLIC_TEXT)
    work_en = models.TextField(_("what you will do (English)"), max_length=4000, blank=True, validators=PUBLIC_TEXT)
    wanted = models.TextField(_("whom the host looks for"), max_length=2000, blank=True, validators=PUBLIC_TEXT)
    levels = ArrayField(
        models.CharField(max_length=16, choices=StudyLevel), verbose_name=_("levels"), default=list, blank=True
    )
    disciplines = ArrayField(
        models.CharField(max_length=2, choices=Discipline), verbose_name=_("fields of study"), default=list, blank=True
    )
    majors = ArrayField(models.CharField(max_length=40), verbose_name=_("majors"), default=list, blank=True)
    seats = models.PositiveSmallIntegerField(
        _("seats"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_SEATS)]
    )
    seats_taken = models.PositiveSmallIntegerField(_("seats taken"), default=0, editable=False)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    apply_until = models.DateField(_("apply until"))
    hours_a_day = models.DecimalField(
        _("hours a day"),
        max_digits=3,
        decimal_places=1,
        default=8,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_HOURS_A_DAY)],
    )
    days_a_week = models.PositiveSmallIntegerField(
        _("days a week"), default=5, validators=[MinValueValidator(1), MaxValueValidator(6)]
    )
    place = models.CharField(_("place"), max_length=80, validators=PUBLIC_TEXT)
    address = models.CharField(_("address"), max_length=200, blank=True, validators=PUBLIC_TEXT)
    latitude = models.DecimalField(
        _("latitude"), max_digits=9, decimal_places=6, null=True, blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )  # fmt: skip
    longitude = models.DecimalField(
        _("longitude"), max_digits=9, decimal_places=6, null=True, blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )  # fmt: skip
    lodging_offered = models.BooleanField(_("lodging offered"), default=False)
    meals_offered = models.BooleanField(_("meals offered"), default=False)
    transport_offered = models.BooleanField(_("transport offered"), default=False)
    benefits = models.CharField(_("what the host offers besides"), max_length=200, blank=True, validators=PUBLIC_TEXT)
    contact_office = models.CharField(_("office to ask"), max_length=80, blank=True, validators=PUBLIC_TEXT)
    contact_phone = models.CharField(_("office telephone"), max_length=40, blank=True, validators=PUBLIC_TEXT)
    reconfirmed_on = models.DateField(_("confirmed by the host on"), null=True, blank=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    closing_cause = models.CharField(
        _("why it was closed"), max_length=10, choices=ClosingCause, blank=True, editable=False
    )
    is_demo = models.BooleanField(_("demo record"), default=False, editable=False)
    sort_key = models.CharField(max_length=600, editable=False, db_index=True, default="")
    search_vector = SearchVectorField(editable=False, null=True)
    indexed_at = models.DateTimeField(editable=False, null=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        ordering = ["apply_until", "pk"]
        permissions = [("move_position", _("Can review, publish and close positions"))]
        indexes = [
            GinIndex(fields=["search_vector"], name="internships_position_search"),
            models.Index(fields=["state", "apply_until"], name="internships_position_open"),
            models.Index(fields=["host", "state"], name="internships_position_host"),
        ]
        triggers = [moves_content_version(of_registers=True)]
        constraints = [
            # Also what makes a form that is sent twice one position.
            models.UniqueConstraint(
                fields=["host", "title", "starts_on"],
                condition=~Q(state=PositionState.CLOSED),
                name="internships_position_once",
                violation_error_message=_(
                    "This host has a position of this title and first day already. Offer more seats in it instead."
                ),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="internships_position_period",
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(apply_until__lte=F("ends_on")),
                name="internships_position_apply_before_end",
                violation_error_message=_("Nobody applies after the work has ended: choose an earlier day."),
            ),
            models.CheckConstraint(
                condition=Q(seats__range=(1, MOST_SEATS)),
                name="internships_position_seats",
                violation_error_message=_("A position has between 1 and 500 seats."),
            ),
            models.CheckConstraint(
                condition=Q(seats_taken__lte=F("seats")),
                name="internships_position_last_seat_once",
                violation_error_message=_("All seats of this position are taken."),
            ),
            models.CheckConstraint(
                condition=Q(hours_a_day__gt=0, hours_a_day__lte=MOST_HOURS_A_DAY, days_a_week__range=(1, 6)),
                name="internships_position_hours",
                violation_error_message=_("At most 8 hours a day and 6 days a week."),
            ),
            models.CheckConstraint(
                condition=Q(state=PositionState.PUBLISHED, published_at__isnull=False, reconfirmed_on__isnull=False)
                | ~Q(state=PositionState.PUBLISHED),
                name="internships_position_published",
            ),
            models.CheckConstraint(
                condition=Q(state=PositionState.CLOSED, closed_at__isnull=False) & ~Q(closing_cause="")
                | ~Q(state=PositionState.CLOSED) & Q(closed_at__isnull=True, closing_cause=""),
                name="internships_position_closed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=PositionState.values),
                name="internships_position_state_known",
                violation_error_message=_("This is not a state of a position."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False, longitude__isnull=False,
                    latitude__range=(-90, 90), longitude__range=(-180, 180),
                ),
                name="internships_position_coordinates",
                violation_error_message=_("Give latitude and longitude together, or neither."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Refuse a host that is none, a lead unit that is none, and a seat fewer than are taken."""
        super().clean()
        problems: dict[str, Any] = {}
        if self.host_id and self.host.kind != OrganisationKind.HOST:
            problems["host"] = _("Choose an organisation that takes interns.")
        if self.lead_unit_id and self.lead_unit.kind != OrganisationKind.LEAD_UNIT:
            problems["lead_unit"] = _("Choose one of the lead units.")
        if self.seats is not None and self.seats < self.seats_taken:
            problems["seats"] = _("%(taken)d seats are taken already.") % {"taken": self.seats_taken}
        if problems:
            raise ValidationError(problems)

    def get_absolute_url(self) -> str:
        """Return the position's public page."""
        return reverse("internships:position", args=[self.pk])

    @property
    def display_title(self) -> str:
        """The title in the reader's language, where an English one is on file."""
        return self.title_en if self.title_en and get_language() == "en" else self.title

    @property
    def badge(self) -> Badge:
        """How the state looks."""
        return POSITION_BADGES[PositionState(self.state)]

    @property
    def seats_left(self) -> int:
        """How many seats are still free."""
        return max(self.seats - self.seats_taken, 0)


class PositionStateChange(StateChange):
    """One move of a position."""

    position = models.ForeignKey(Position, on_delete=models.PROTECT, related_name="state_changes")

    class Meta(StateChange.Meta):
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")

    def __str__(self) -> str:
        return f"{self.position}: {self.from_state} → {self.to_state}"
