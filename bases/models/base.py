"""A cooperation base and its way."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bases.enums import BASE_BADGES, BaseState, KindBasis
from bases.models.base_kind import BaseKind
from bases.querysets import BaseQuerySet
from wenxi_portal.core.badges import Badge
from wenxi_portal.core.content_version import moves_content_version
from wenxi_portal.core.history import tracked
from wenxi_portal.core.models import Revisioned, Timestamped
from wenxi_portal.core.personal_numbers import PUBLIC_TEXT
from wenxi_portal.core.transitions import StateChange
from wenxi_portal.organisations.enums import OrganisationKind
from wenxi_portal.organisations.models import Organisation

FIRST_YEAR, LAST_YEAR = 1949, 2100


@tracked(exclude=["search_vector", "sort_key", "indexed_at", "updated_at"])
class Base(Revisioned, Timestamped):
    """A place where county and university work together.

    ``kind`` is empty while several official kinds are possible; these stand in ``candidate_kinds``. A date of which
    only the year is known has ``plaque_year`` alone; ``plaque_note`` says what the source says.
    """

    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=160, blank=True)
    kind = models.ForeignKey(
        BaseKind, verbose_name=_("kind"), on_delete=models.PROTECT, null=True, blank=True, related_name="bases"
    )
    kind_basis = models.CharField(
        _("how the kind is known"), max_length=10, choices=KindBasis, default=KindBasis.STATED
    )
    candidate_kinds = models.ManyToManyField(
        BaseKind,
        verbose_name=_("possible kinds"),
        through="BaseCandidateKind",
        related_name="candidate_bases",
        blank=True,
    )
    state = models.CharField(_("state"), max_length=10, choices=BaseState, default=BaseState.PLANNED, editable=False)
    lead_unit = models.ForeignKey(
        Organisation,
        verbose_name=_("lead unit"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to={"kind": "lead_unit"},
        related_name="led_bases",
    )
    lead_unit_inferred = models.BooleanField(_("lead unit is inferred"), default=False)
    local_partner = models.ForeignKey(
        Organisation,
        verbose_name=_("local partner"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="partnered_bases",
    )
    universities = models.ManyToManyField(
        Organisation,
        verbose_name=_("universities"),
        through="BaseUniversity",
        related_name="bases",
        blank=True,
        limit_choices_to={"kind": "university"},
    )
    place = models.CharField(_("place"), max_length=80, blank=True, validators=PUBLIC_TEXT)
    address = models.CharField(_("address"), max_length=200, blank=True, validators=PUBLIC_TEXT)
    plaque_on = models.DateField(_("unveiled on"), null=True, blank=True)
    plaque_year = models.PositiveSmallIntegerField(_("year of unveiling"), null=True, blank=True)
    plaque_note = models.CharField(_("note on the date"), max_length=120, blank=True, validators=PUBLIC_TEXT)
    plaque_note_en = models.CharField(
        _("note on the date (English)"), max_length=160, blank=True, validators=PUBLIC_TEXT
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)
    summary = models.CharField(_("summary"), max_length=200, blank=True, validators=PUBLIC_TEXT)
    summary_en = models.CharField(_("summary (English)"), max_length=300, blank=True, validators=PUBLIC_TEXT)
    story = models.TextField(_("story"), max_length=8000, blank=True, validators=PUBLIC_TEXT)
    contact_office = models.CharField(_("office to ask"), max_length=80, blank=True)
    contact_phone = models.CharField(_("office telephone"), max_length=40, blank=True, validators=PUBLIC_TEXT)
    source = models.CharField(_("source"), max_length=200, blank=True, validators=PUBLIC_TEXT)
    source_en = models.CharField(_("source (English)"), max_length=200, blank=True, validators=PUBLIC_TEXT)
    in_announced_count = models.BooleanField(
        _("one of the announced bases"),
        default=False,
        help_text=_("Counts among the bases whose number the county has published."),
    )
    is_demo = models.BooleanField(_("demo record"), default=False, editable=False)
    sort_key = models.CharField(max_length=600, editable=False, db_index=True, default="")
    search_vector = SearchVectorField(editable=False, null=True)
    indexed_at = models.DateTimeField(editable=False, null=True)

    objects = BaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("base")
        verbose_name_plural = _("bases")
        ordering = ["sort_key", "pk"]
        permissions = [("move_base", _("Can change the state of a base"))]
        indexes = [
            GinIndex(fields=["search_vector"], name="bases_base_search"),
            models.Index(fields=["state", "plaque_year"]),
        ]
        triggers = [moves_content_version(of_registers=True)]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "local_partner"],
                nulls_distinct=False,
                name="bases_base_name_unique",
                violation_error_message=_("A base of this name with this local partner is already on file."),
            ),
            models.CheckConstraint(
                condition=Q(kind__isnull=False, kind_basis__in=[KindBasis.STATED, KindBasis.INFERRED])
                | Q(kind__isnull=True, kind_basis=KindBasis.AMBIGUOUS),
                name="bases_base_kind_or_candidates",
                violation_error_message=_("Choose a kind, or say that it is to be settled and leave it empty."),
            ),
            models.CheckConstraint(
                condition=Q(plaque_on__isnull=True)
                | Q(plaque_year__isnull=False, plaque_year=ExtractYear("plaque_on")),
                name="bases_base_plaque_year",
                violation_error_message=_("The year of unveiling is not that of the date."),
            ),
            models.CheckConstraint(
                condition=Q(plaque_year__isnull=True) | Q(plaque_year__range=(FIRST_YEAR, LAST_YEAR)),
                name="bases_base_plaque_year_range",
                violation_error_message=_("The year of unveiling lies between 1949 and 2100."),
            ),
            models.CheckConstraint(
                condition=~Q(state=BaseState.PLANNED) | Q(plaque_on__isnull=True, plaque_year__isnull=True),
                name="bases_base_planned_without_plaque",
                violation_error_message=_("A planned base has no plaque yet: unveil it to enter the date."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[BaseState.UNVEILED, BaseState.SUSPENDED])
                | Q(plaque_year__isnull=False)
                | ~Q(plaque_note=""),
                name="bases_base_unveiled_with_date_or_note",
                violation_error_message=_("Give the date or year of unveiling, or a note why it is not known."),
            ),
            models.CheckConstraint(
                condition=Q(state=BaseState.CLOSED, closed_on__isnull=False)
                | ~Q(state=BaseState.CLOSED) & Q(closed_on__isnull=True),
                name="bases_base_closed_with_date",
                violation_error_message=_("A closed base, and only a closed one, has a closing date."),
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(plaque_on__isnull=True) | Q(closed_on__gte=F("plaque_on")),
                name="bases_base_closed_after_unveiled",
                violation_error_message=_("A base cannot be closed before it was unveiled."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=BaseState.values),
                name="bases_base_state_known",
                violation_error_message=_("This is not a state of a base."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a day of unveiling that has not come, and a university as the local partner."""
        super().clean()
        today = timezone.localdate()
        if (self.plaque_on and self.plaque_on > today) or (self.plaque_year and self.plaque_year > today.year):
            field = "plaque_on" if self.plaque_on and self.plaque_on > today else "plaque_year"
            raise ValidationError({field: _("The day lies in the future.")}, code="future")
        if self.local_partner and self.local_partner.kind == OrganisationKind.UNIVERSITY:
            raise ValidationError({"local_partner": _("A university is no local partner: list it as a university.")})

    def get_absolute_url(self) -> str:
        """Return the base's public page."""
        return reverse("bases:detail", args=[self.pk])

    @property
    def display_name(self) -> str:
        """The name in the reader's language, where an English one is on file."""
        return self.name_en if self.name_en and get_language() == "en" else self.name

    @property
    def badge(self) -> Badge:
        """How the state looks."""
        return BASE_BADGES[BaseState(self.state)]


@tracked()
class BaseUniversity(models.Model):
    """A university that takes part in a base; ``note`` names the part of it that does."""

    base = models.ForeignKey(Base, on_delete=models.CASCADE, related_name="university_links")
    university = models.ForeignKey(
        Organisation,
        verbose_name=_("university"),
        on_delete=models.PROTECT,
        related_name="base_links",
        limit_choices_to={"kind": "university"},
    )
    note = models.CharField(_("note"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("university of a base")
        verbose_name_plural = _("universities of a base")
        ordering = ["pk"]
        triggers = [moves_content_version(of_registers=True)]
        constraints = [
            models.UniqueConstraint(
                fields=["base", "university"],
                name="bases_baseuniversity_once",
                violation_error_message=_("This university is already listed."),
            )
        ]

    def __str__(self) -> str:
        return str(self.university)


@tracked()
class BaseCandidateKind(models.Model):
    """A kind that a base may turn out to have."""

    base = models.ForeignKey(Base, on_delete=models.CASCADE, related_name="candidate_kind_links")
    kind = models.ForeignKey(
        BaseKind, verbose_name=_("kind"), on_delete=models.PROTECT, related_name="candidate_base_links"
    )

    class Meta:
        verbose_name = _("possible kind")
        verbose_name_plural = _("possible kinds")
        ordering = ["kind"]
        triggers = [moves_content_version(of_registers=True)]
        constraints = [
            models.UniqueConstraint(
                fields=["base", "kind"],
                name="bases_basecandidatekind_once",
                violation_error_message=_("This kind is already listed."),
            )
        ]

    def __str__(self) -> str:
        return str(self.kind)


class BaseStateChange(StateChange):
    """One move of a base."""

    base = models.ForeignKey(Base, on_delete=models.PROTECT, related_name="state_changes")

    class Meta(StateChange.Meta):
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")
        abstract = False

    def __str__(self) -> str:
        return f"{self.base}: {self.from_state} → {self.to_state}"
