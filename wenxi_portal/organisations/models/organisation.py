"""A university, a lead unit, a host or a visiting site."""

from decimal import Decimal

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from wenxi_portal.core.content_version import moves_content_version
from wenxi_portal.core.history import tracked
from wenxi_portal.core.models import Revisioned, Timestamped
from wenxi_portal.core.personal_numbers import PUBLIC_TEXT
from wenxi_portal.core.validators import validate_credit_code, validate_school_code
from wenxi_portal.organisations.enums import HostKind, OrganisationKind
from wenxi_portal.organisations.querysets import OrganisationQuerySet


@tracked(exclude=["search_vector", "sort_key", "updated_at"], by_statement=True)
class Organisation(Revisioned, Timestamped):
    """An organisation that takes part in the programme. What is not known stays empty.

    ``search_vector`` and ``sort_key`` are written by ``services.organisation`` only.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=OrganisationKind)
    host_kind = models.CharField(_("sort of host"), max_length=12, choices=HostKind, blank=True)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=160, blank=True)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    name_note = models.CharField(
        _("note on the name"),
        max_length=200,
        blank=True,
        help_text=_("For example: short name, full name not on file."),
    )
    name_note_en = models.CharField(_("note on the name (English)"), max_length=240, blank=True)
    # Codes are unique where there is one, so a missing code is NULL: empty texts would clash.
    school_code = models.CharField(  # noqa: DJ001
        _("school code"), max_length=10, null=True, blank=True, validators=[validate_school_code]
    )
    credit_code = models.CharField(  # noqa: DJ001
        _("unified social credit code"), max_length=18, null=True, blank=True, validators=[validate_credit_code]
    )
    province = models.CharField(_("province"), max_length=20, blank=True)
    city = models.CharField(_("city"), max_length=20, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    double_first_class = models.BooleanField(_("Double First-Class"), null=True, blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(-90)), MaxValueValidator(Decimal(90))],
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(-180)), MaxValueValidator(Decimal(180))],
    )
    website = models.URLField(_("website"), blank=True)
    introduction = models.TextField(_("introduction"), max_length=4000, blank=True, validators=PUBLIC_TEXT)
    introduction_en = models.TextField(_("introduction (English)"), max_length=6000, blank=True, validators=PUBLIC_TEXT)
    source = models.CharField(_("source"), max_length=200, blank=True, validators=PUBLIC_TEXT)
    is_public = models.BooleanField(_("shown to the public"), default=True)
    is_demo = models.BooleanField(_("demo record"), default=False, editable=False)
    sort_key = models.CharField(max_length=600, editable=False, db_index=True, default="")
    search_vector = SearchVectorField(editable=False, null=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_key", "pk"]
        permissions = [("see_every_row", _("Can see the rows of every unit"))]
        indexes = [GinIndex(fields=["search_vector"], name="organisations_search"), models.Index(fields=["kind"])]
        triggers = [moves_content_version(of_registers=True)]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "name"],
                name="organisations_name_unique",
                violation_error_message=_("An organisation of this kind and name is already on file."),
            ),
            models.UniqueConstraint(
                fields=["school_code"],
                name="organisations_school_code_unique",
                violation_error_message=_("Another university already has this school code."),
            ),
            models.UniqueConstraint(
                fields=["credit_code"],
                name="organisations_credit_code_unique",
                violation_error_message=_("Another organisation already has this unified social credit code."),
            ),
            models.CheckConstraint(
                condition=Q(kind=OrganisationKind.HOST) | Q(host_kind=""),
                name="organisations_host_kind_of_hosts",
                violation_error_message=_("Only a host has a sort of host."),
            ),
            models.CheckConstraint(
                condition=Q(kind=OrganisationKind.UNIVERSITY)
                | Q(school_code__isnull=True, double_first_class__isnull=True),
                name="organisations_school_facts_of_universities",
                violation_error_message=_("Only a university has a school code or is Double First-Class."),
            ),
            models.CheckConstraint(
                condition=Q(school_code__isnull=True) | Q(school_code__regex=r"^41[1-9][0-9]{7}$"),
                name="organisations_school_code_form",
                violation_error_message=_("A school code has ten digits and begins with 41."),
            ),
            models.CheckConstraint(
                condition=Q(credit_code__isnull=True) | Q(credit_code__regex=r"^[0-9A-HJ-NP-RT-UW-Y]{18}$"),
                name="organisations_credit_code_form",
                violation_error_message=_("A unified social credit code has 18 digits and capital letters."),
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    # Said outright: a missing value would make the range test unknown, and CHECK lets unknown pass.
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="organisations_coordinates",
                violation_error_message=_("Give latitude and longitude together, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """An empty code is no code: two organisations may both lack one."""
        super().clean()
        self.school_code = self.school_code or None
        self.credit_code = (self.credit_code or "").upper() or None

    def get_absolute_url(self) -> str:
        """Return the public page: only universities have one."""
        return reverse("organisations:university_detail", args=[self.pk])

    @property
    def display_name(self) -> str:
        """The name in the reader's language, where an English one is on file."""
        return self.name_en if self.name_en and get_language() == "en" else self.name
