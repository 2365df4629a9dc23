"""What has to have happened before a bonus is due."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from internships.models import Placement, StudentPaper
from internships.subsidies.enums import MilestoneKind
from internships.subsidies.querysets import OfStayQuerySet
from wenxi_portal.core.history import tracked
from wenxi_portal.core.models import Timestamped


@tracked(exclude=["updated_at"])
class Milestone(Timestamped):
    """After a stay that ended with being hired: the contract, or so many months of social insurance.

    ``due_on`` is the day on which it can be reached at the earliest. An officer confirms it from a proof.
    """

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="milestones")
    kind = models.CharField(_("kind"), max_length=8, choices=MilestoneKind)
    months = models.PositiveSmallIntegerField(_("months"), default=0)
    due_on = models.DateField(_("can be reached on"))
    reached_on = models.DateField(_("reached on"), null=True, blank=True)
    proof = models.ForeignKey(
        StudentPaper, verbose_name=_("proof"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    missed_reason = models.CharField(_("why it was not reached"), max_length=300, blank=True)

    objects = OfStayQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["placement", "months"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "kind", "months"], name="subsidies_milestone_once"),
            models.CheckConstraint(condition=Q(kind__in=MilestoneKind.values), name="subsidies_milestone_kind_known"),
            models.CheckConstraint(
                condition=Q(reached_on__isnull=True) | Q(confirmed_by__isnull=False, missed_reason=""),
                name="subsidies_milestone_confirmed",
                violation_error_message=_("A milestone is reached when an officer has seen the proof."),
            ),
            models.CheckConstraint(
                condition=Q(kind=MilestoneKind.CONTRACT, months=0) | Q(kind=MilestoneKind.MONTHS, months__gt=0),
                name="subsidies_milestone_months",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.months or ''}".strip()
