"""Who did which duty for a claim, the re-check of a sample, and what holds a claim."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from internships.subsidies.enums import SEPARATE_DUTIES, Duty, FlagKind, RecheckVerdict, RecoveryState
from internships.subsidies.models.claim import Claim
from internships.subsidies.querysets import OfClaimQuerySet
from wenxi_portal.core.money import money


class ClaimDuty(models.Model):
    """Somebody did a duty for a claim in a round of review. Written once.

    Nobody has two separate duties on one claim, in whatever round: the exclusion constraint refuses.
    """

    claim = models.ForeignKey(Claim, verbose_name=_("claim"), on_delete=models.PROTECT, related_name="duties")
    duty = models.CharField(_("duty"), max_length=16, choices=Duty)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("officer in charge"), on_delete=models.PROTECT, related_name="+"
    )
    round = models.PositiveSmallIntegerField(_("round of review"), default=1)
    opinion = models.CharField(_("opinion"), max_length=500, blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = OfClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty done for a claim")
        verbose_name_plural = _("duties done for claims")
        ordering = ["claim", "at", "pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            ExclusionConstraint(
                name="subsidies_duty_one_hand_one_duty",
                expressions=[
                    ("claim", RangeOperators.EQUAL),
                    ("user", RangeOperators.EQUAL),
                    ("duty", RangeOperators.NOT_EQUAL),
                ],
                condition=Q(duty__in=SEPARATE_DUTIES),
                violation_error_message=_("You had another duty in this claim: a colleague has to do this one."),
            ),
            models.CheckConstraint(condition=Q(duty__in=Duty.values), name="subsidies_duty_known"),
        ]

    def __str__(self) -> str:
        return str(self.get_duty_display())


class Recheck(models.Model):
    """A claim drawn at random after the second review: a third person looks at it before it goes on notice."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="rechecks")
    round = models.PositiveSmallIntegerField()
    drawn_at = models.DateTimeField(_("drawn at"), auto_now_add=True)
    verdict = models.CharField(_("verdict"), max_length=8, choices=RecheckVerdict, blank=True)
    opinion = models.CharField(_("opinion"), max_length=500, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    objects = OfClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("re-check")
        verbose_name_plural = _("re-checks")
        ordering = ["drawn_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "round"], name="subsidies_recheck_once"),
            models.CheckConstraint(
                condition=Q(verdict__in=["", *RecheckVerdict.values]), name="subsidies_recheck_verdict_known"
            ),
            models.CheckConstraint(
                condition=Q(verdict="", done_at__isnull=True, done_by__isnull=True)
                | ~Q(verdict="") & Q(done_at__isnull=False, done_by__isnull=False),
                name="subsidies_recheck_done",
            ),
        ]

    def __str__(self) -> str:
        return str(self.claim)


class ClaimFlag(models.Model):
    """Something that holds a claim until an officer has looked and said why it may go on.

    ``about`` makes the same finding one flag (a row of a list, another student); ``detail`` never holds a full number.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="flags")
    kind = models.CharField(_("what was found"), max_length=16, choices=FlagKind)
    about = models.CharField(max_length=80, blank=True)
    detail = models.CharField(_("detail"), max_length=300, blank=True)
    raised_at = models.DateTimeField(_("found at"), auto_now_add=True)
    cleared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    cleared_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    clearing_reason = models.CharField(_("why it may go on"), max_length=300, blank=True)

    objects = OfClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding about a claim")
        verbose_name_plural = _("findings about claims")
        ordering = ["raised_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "kind", "about"], name="subsidies_flag_once"),
            models.CheckConstraint(condition=Q(kind__in=FlagKind.values), name="subsidies_flag_kind_known"),
            models.CheckConstraint(
                condition=Q(cleared_at__isnull=True)
                | Q(cleared_at__isnull=False, cleared_by__isnull=False) & ~Q(clearing_reason="")
                # The portal itself settles what is no longer so.
                | Q(cleared_at__isnull=False, cleared_by__isnull=True) & ~Q(clearing_reason=""),
                name="subsidies_flag_cleared",
                violation_error_message=_("Say why it may go on."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Recovery(models.Model):
    """Paid money asked back: a row of its own, never an edit of what was paid. ``amount`` is yuan."""

    claim = models.ForeignKey(Claim, verbose_name=_("claim"), on_delete=models.PROTECT, related_name="recoveries")
    amount = models.DecimalField(_("amount in yuan"), max_digits=12, decimal_places=2)
    state = models.CharField(_("state"), max_length=8, choices=RecoveryState, default=RecoveryState.DEMANDED)
    reason = models.CharField(_("reason"), max_length=500)
    due_on = models.DateField(_("to be paid back until"))
    demanded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("demanded by"), on_delete=models.PROTECT, related_name="+"
    )
    demanded_at = models.DateTimeField(_("asked back at"), auto_now_add=True)
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recovery settled by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    settling_note = models.CharField(_("how it was settled"), max_length=300, blank=True)

    objects = OfClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("recovery")
        verbose_name_plural = _("recoveries")
        ordering = ["-demanded_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="subsidies_recovery_amount"),
            models.CheckConstraint(condition=Q(state__in=RecoveryState.values), name="subsidies_recovery_state_known"),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(state=RecoveryState.DEMANDED),
                name="subsidies_recovery_one_open",
                violation_error_message=_("Money of this claim is being asked back already."),
            ),
            models.CheckConstraint(
                condition=Q(state=RecoveryState.DEMANDED, settled_on__isnull=True)
                | ~Q(state=RecoveryState.DEMANDED) & Q(settled_on__isnull=False, settled_by__isnull=False),
                name="subsidies_recovery_settled",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim} {money(self.amount)}"
