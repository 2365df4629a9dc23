"""Where those who come sleep."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from internships.models.placement import Placement
from internships.models.ranges import DateRange
from internships.querysets import LodgingQuerySet, OfPlacementQuerySet
from talent.enums import Sex
from wenxi_portal.core.history import tracked
from wenxi_portal.core.models import Timestamped
from wenxi_portal.organisations.models import Organisation


@tracked(exclude=["updated_at"])
class Lodging(Timestamped):
    """A house with beds. ``keeper`` is told of arrivals."""

    name = models.CharField(_("name"), max_length=80)
    owner_unit = models.ForeignKey(
        Organisation, verbose_name=_("run by"), on_delete=models.PROTECT, related_name="lodgings"
    )
    address = models.CharField(_("address"), max_length=200)
    house_rules = models.TextField(_("house rules"), max_length=2000, blank=True)
    office_phone = models.CharField(_("office telephone"), max_length=40, blank=True)
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("keeper"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="kept_lodgings",
    )
    is_open = models.BooleanField(_("in use"), default=True)
    is_demo = models.BooleanField(_("demo record"), default=False, editable=False)

    objects = LodgingQuerySet.as_manager()

    class Meta:
        verbose_name = _("lodging")
        verbose_name_plural = _("lodgings")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner_unit", "name"],
                name="internships_lodging_once",
                violation_error_message=_("This lodging is on file already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Bed(models.Model):
    """A bed in a room. ``sex`` says for whom the room is; empty: for anybody."""

    lodging = models.ForeignKey(Lodging, verbose_name=_("lodging"), on_delete=models.PROTECT, related_name="beds")
    room = models.CharField(_("room"), max_length=20)
    label = models.CharField(_("bed"), max_length=10)
    sex = models.CharField(
        _("for"), max_length=1, choices=[(Sex.MALE, Sex.MALE.label), (Sex.FEMALE, Sex.FEMALE.label)], blank=True
    )
    is_usable = models.BooleanField(_("usable"), default=True)

    class Meta:
        verbose_name = _("bed")
        verbose_name_plural = _("beds")
        ordering = ["lodging", "room", "label"]
        constraints = [
            models.UniqueConstraint(
                fields=["lodging", "room", "label"],
                name="internships_bed_once",
                violation_error_message=_("This bed is on file already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.room}-{self.label}"


@tracked(exclude=["updated_at"])
class BedStay(models.Model):
    """Somebody sleeps in a bed from one day to another (both included)."""

    bed = models.ForeignKey(Bed, verbose_name=_("bed"), on_delete=models.PROTECT, related_name="stays")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="bed_stays")
    starts_on = models.DateField(_("first night"))
    ends_on = models.DateField(_("last night"))
    is_cancelled = models.BooleanField(_("given back"), default=False)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("bed given by"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    # When the reminder of an arrival has to be looked at again.
    updated_at = models.DateTimeField(auto_now=True, db_default=Now())

    objects = OfPlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("stay in a bed")
        verbose_name_plural = _("stays in beds")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="internships_bedstay_period",
                violation_error_message=_("The last night lies before the first."),
            ),
            ExclusionConstraint(
                name="internships_bedstay_bed_once",
                expressions=[
                    ("bed", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_cancelled=False),
                violation_error_message=_("Somebody else has this bed in that time."),
            ),
            ExclusionConstraint(
                name="internships_bedstay_one_bed",
                expressions=[
                    ("placement", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_cancelled=False),
                violation_error_message=_("The student has another bed in that time."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bed} {self.starts_on}–{self.ends_on}"
