"""Which of the three databases somebody belongs to, and what is proposed next."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from talent.enums import ProposalCause, ProposalState, TalentDatabase
from talent.models.person import Person
from talent.querysets import OfPersonQuerySet
from wenxi_portal.core.history import tracked


class DateRange(Func):
    """PostgreSQL's ``daterange``, both ends included; an empty end is open."""

    function = "DATERANGE"
    output_field = DateRangeField()


@tracked(by_statement=True)
class DatabaseMembership(models.Model):
    """A person belongs to a database from one day to another (both included), with the reasons for coming and going."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    database = models.CharField(_("database"), max_length=12, choices=TalentDatabase)
    since = models.DateField(_("since"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200)
    end_reason = models.CharField(_("reason for leaving"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("database membership")
        verbose_name_plural = _("database memberships")
        ordering = ["-since", "-pk"]
        indexes = [models.Index(fields=["database", "person"], name="talent_membership_database")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="talent_membership_dates",
                violation_error_message=_("It cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True, end_reason="") | Q(until__isnull=False) & ~Q(end_reason=""),
                name="talent_membership_end_reason",
                violation_error_message=_("Say why it ended."),
            ),
            ExclusionConstraint(
                name="talent_membership_once",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("database", RangeOperators.EQUAL),
                    (DateRange("since", "until", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person already belongs to the database in that time."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_database_display())


@tracked()
class MembershipProposal(models.Model):
    """A next database that graduation or a change of job suggests; an officer decides."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="proposals")
    database = models.CharField(_("database"), max_length=12, choices=TalentDatabase)
    cause = models.CharField(_("cause"), max_length=12, choices=ProposalCause)
    on = models.DateField(_("on"))
    because_of = models.CharField(_("what happened"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=ProposalState, default=ProposalState.OPEN)
    proposed_at = models.DateTimeField(_("proposed at"), auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decision_reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = OfPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal of a database")
        verbose_name_plural = _("proposals of a database")
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "database", "cause", "on"],
                name="talent_proposal_once",
                violation_error_message=_("This was proposed already."),
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.OPEN, decided_at__isnull=True)
                | ~Q(state=ProposalState.OPEN) & Q(decided_at__isnull=False),
                name="talent_proposal_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.get_database_display()}"
