"""What tasks work out beforehand, so that pages need not read whole tables."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from talent.enums import CoverageOf
from talent.models.person import Person
from talent.querysets import CoverageQuerySet
from wenxi_portal.organisations.models import Organisation


class PossibleDuplicate(models.Model):
    """Two records in use that may be one person's; the one with the smaller number is ``first``.

    Written with each person that is entered or changed, and looked over by a task for what bulk imports brought.
    """

    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reasons = ArrayField(models.CharField(max_length=12))
    weight = models.PositiveSmallIntegerField()
    found_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        ordering = ["-weight", "first", "second"]
        indexes = [models.Index(F("weight").desc(), F("first"), F("second"), name="talent_possibleduplicate_order")]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="talent_possibleduplicate_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="talent_possibleduplicate_two"),
            models.CheckConstraint(condition=Q(weight__gt=0), name="talent_possibleduplicate_why"),
        ]

    def __str__(self) -> str:
        return f"{self.first} = {self.second}?"


class CoverageFigure(models.Model):
    """How many people in use of one owner unit and township share a value: all, in touch and confirmed within a year.

    Nobody is counted in two rows of one value, so rows may be added up. ``worked_out_at`` is the same for all rows.
    """

    of = models.CharField(max_length=10, choices=CoverageOf)
    name = models.CharField(max_length=120, blank=True)
    owner_unit = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    native_township = models.CharField(max_length=30, blank=True)
    people = models.PositiveIntegerField()
    in_touch = models.PositiveIntegerField()
    confirmed = models.PositiveIntegerField()
    worked_out_at = models.DateTimeField()

    objects = CoverageQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure of coverage")
        verbose_name_plural = _("figures of coverage")
        ordering = ["of", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["of", "name", "owner_unit", "native_township"],
                nulls_distinct=False,
                name="talent_coveragefigure_once",
            ),
            models.CheckConstraint(
                condition=Q(in_touch__lte=F("people"), confirmed__lte=F("people")), name="talent_coveragefigure_parts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_of_display()} {self.name}: {self.people}"


class Progress(models.Model):
    """How far a task has come that goes through what changed: the moment and, among equals, the record."""

    task = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField()
    record = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("progress of a task")
        verbose_name_plural = _("progress of tasks")

    def __str__(self) -> str:
        return f"{self.task}: {self.at:%Y-%m-%d %H:%M}"
