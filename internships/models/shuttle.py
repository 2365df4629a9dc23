"""How those who come get there."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from internships.models.placement import Placement
from internships.querysets import LodgingQuerySet, OfPlacementQuerySet
from wenxi_portal.core.history import tracked
from wenxi_portal.core.models import Timestamped
from wenxi_portal.organisations.models import Organisation


@tracked(exclude=["updated_at"])
class ShuttleRun(Timestamped):
    """A bus that leaves once. ``driver`` is told of it the day before."""

    name = models.CharField(_("name"), max_length=80)
    owner_unit = models.ForeignKey(
        Organisation, verbose_name=_("run by"), on_delete=models.PROTECT, related_name="shuttle_runs"
    )
    leaves_at = models.DateTimeField(_("leaves at"))
    from_place = models.CharField(_("from"), max_length=80)
    to_place = models.CharField(_("to"), max_length=80)
    seats = models.PositiveSmallIntegerField(_("seats"), validators=[MinValueValidator(1), MaxValueValidator(100)])
    plate = models.CharField(_("number plate"), max_length=12, blank=True)
    driver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("driver"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="shuttle_runs",
    )
    is_cancelled = models.BooleanField(_("called off"), default=False)
    is_demo = models.BooleanField(_("demo record"), default=False, editable=False)

    objects = LodgingQuerySet.as_manager()

    class Meta:
        verbose_name = _("shuttle")
        verbose_name_plural = _("shuttles")
        ordering = ["leaves_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(seats__range=(1, 100)), name="internships_shuttle_seats"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class ShuttleSeat(models.Model):
    """A seat in a bus for one student: seats have numbers, so that none is given twice."""

    run = models.ForeignKey(ShuttleRun, on_delete=models.PROTECT, related_name="taken_seats")
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="shuttle_seats")
    number = models.PositiveSmallIntegerField(_("seat"))

    objects = OfPlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat in a shuttle")
        verbose_name_plural = _("seats in shuttles")
        ordering = ["run", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "number"],
                name="internships_shuttleseat_once",
                violation_error_message=_("This seat is taken."),
            ),
            models.UniqueConstraint(
                fields=["run", "placement"],
                name="internships_shuttleseat_one_each",
                violation_error_message=_("The student has a seat in this shuttle already."),
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="internships_shuttleseat_number"),
        ]

    def __str__(self) -> str:
        return f"{self.run} {self.number}"
