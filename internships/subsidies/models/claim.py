"""A claim, how its amount was worked out, who did what for it, and why it is held."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from internships.models import AttendanceSheet, Placement, Student
from internships.ranges import DateRange
from internships.subsidies.enums import CLAIM_BADGES, ENDED_WITHOUT_PAY, ClaimState, SchemeKind
from internships.subsidies.models.account import BankAccount
from internships.subsidies.models.milestone import Milestone
from internships.subsidies.models.policy import Policy, Scheme
from internships.subsidies.models.review_triggers import asks_for_reviews
from internships.subsidies.querysets import ClaimQuerySet, OfClaimQuerySet
from talent.enums import StudyLevel
from wenxi_portal.core.badges import Badge
from wenxi_portal.core.history import tracked
from wenxi_portal.core.models import Revisioned, Timestamped
from wenxi_portal.core.transitions import StateChange
from wenxi_portal.organisations.models import Organisation


# By statement: a batch moves ten thousand at once, and a copy row by row would cost more than the move.
@tracked(exclude=["updated_at"], by_statement=True)
class Claim(Revisioned, Timestamped):
    """What a student is due for some days of a stay (both included), or for a milestone after it.

    ``amount`` is yuan, worked out by ``internships.subsidies.arithmetic`` and explained by the lines of the present
    ``computation``. ``months`` is how many months of the person's cap it uses. ``round`` counts the rounds of review:
    a voided approval begins a new one. ``corrects`` names a paid claim of which this is the difference.
    """

    number = models.CharField(_("number"), max_length=24, unique=True, editable=False)
    scheme = models.ForeignKey(Scheme, verbose_name=_("scheme"), on_delete=models.PROTECT, related_name="claims")
    policy = models.ForeignKey(Policy, verbose_name=_("policy"), on_delete=models.PROTECT, related_name="claims")
    kind = models.CharField(_("kind"), max_length=10, choices=SchemeKind, editable=False)
    placement = models.ForeignKey(Placement, verbose_name=_("stay"), on_delete=models.PROTECT, related_name="claims")
    student = models.ForeignKey(Student, verbose_name=_("student"), on_delete=models.PROTECT, related_name="claims")
    host = models.ForeignKey(Organisation, verbose_name=_("host"), on_delete=models.PROTECT, related_name="+")
    lead_unit = models.ForeignKey(Organisation, verbose_name=_("lead unit"), on_delete=models.PROTECT, related_name="+")
    milestone = models.ForeignKey(
        Milestone, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="claims"
    )
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="differences"
    )
    state = models.CharField(_("state"), max_length=16, choices=ClaimState, default=ClaimState.DRAFT, editable=False)
    level = models.CharField(_("level being studied"), max_length=16, choices=StudyLevel)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    months = models.DecimalField(_("months"), max_digits=5, decimal_places=2, default=0)
    amount = models.DecimalField(_("amount in yuan"), max_digits=12, decimal_places=2, default=0)
    computation = models.PositiveSmallIntegerField(default=0, editable=False)
    inputs_hash = models.CharField(_("fingerprint of what it was worked out from"), max_length=64, blank=True)
    round = models.PositiveSmallIntegerField(_("round of review"), default=1, editable=False)
    account = models.ForeignKey(
        BankAccount, verbose_name=_("bank account"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    needs_group = models.BooleanField(_("the leading group decides"), default=False, editable=False)
    submitted_at = models.DateTimeField(_("handed in at"), null=True, blank=True, editable=False)
    due_on = models.DateField(_("to be handed in until"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo record"), default=False, editable=False)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of money", "claim")
        verbose_name_plural = pgettext_lazy("of money", "claims")
        ordering = ["-pk"]
        permissions = [
            ("prepare_claim", _("Can prepare claims and work them out anew")),
            ("first_review_claim", _("Can make the first review")),
            ("second_review_claim", _("Can make the second review")),
            ("recheck_claim", _("Can re-check a sample")),
            ("recover_claim", _("Can ask paid money back")),
            ("see_every_claim", _("Sees the claims of every unit")),
        ]
        triggers = [asks_for_reviews(), pgtrigger.Protect(name="kept_for_good", operation=pgtrigger.Delete)]
        indexes = [
            models.Index(fields=["state", "lead_unit"], name="subsidies_claim_state"),
            models.Index(fields=["student", "scheme"], name="subsidies_claim_student"),
            models.Index(fields=["host", "starts_on"], name="subsidies_claim_host"),
            models.Index(fields=["placement"], name="subsidies_claim_placement"),
        ]
        constraints = [
            ExclusionConstraint(
                name="subsidies_claim_days_once",
                expressions=[
                    ("student", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on", RangeBoundary(True, True)), RangeOperators.OVERLAPS),
                ],
                condition=Q(kind=SchemeKind.ALLOWANCE, corrects__isnull=True) & ~Q(state__in=ENDED_WITHOUT_PAY),
                violation_error_message=_("Another claim of this person covers some of these days."),
            ),
            models.UniqueConstraint(
                fields=["milestone"],
                condition=Q(milestone__isnull=False, corrects__isnull=True) & ~Q(state__in=ENDED_WITHOUT_PAY),
                name="subsidies_claim_milestone_once",
                violation_error_message=_("There is a claim for this milestone already."),
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(corrects__isnull=False) & ~Q(state__in=[*ENDED_WITHOUT_PAY, ClaimState.ARCHIVED]),
                name="subsidies_claim_one_difference",
                violation_error_message=_("A difference of this claim is under way already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="subsidies_claim_period",
                violation_error_message=_("The last day lies before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0, amount__lte=1000000, months__gte=0, months__lte=120),
                name="subsidies_claim_amount",
                violation_error_message=_("An amount lies between 0 and 1,000,000 yuan."),
            ),
            models.CheckConstraint(
                condition=Q(kind=SchemeKind.ALLOWANCE, milestone__isnull=True)
                | Q(kind=SchemeKind.BONUS, milestone__isnull=False),
                name="subsidies_claim_kind",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ClaimState.DRAFT, ClaimState.WITHDRAWN])
                | Q(submitted_at__isnull=False, account__isnull=False),
                name="subsidies_claim_submitted",
                violation_error_message=_("A claim is handed in with a bank account."),
            ),
            models.CheckConstraint(condition=Q(state__in=ClaimState.values), name="subsidies_claim_state_known"),
            models.CheckConstraint(condition=Q(kind__in=SchemeKind.values), name="subsidies_claim_kind_known"),
            models.CheckConstraint(condition=Q(level__in=StudyLevel.values), name="subsidies_claim_level_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.student}"

    def get_absolute_url(self) -> str:
        """Return the student's page of this claim."""
        return reverse("my_subsidies:claim", args=[self.number])

    @property
    def badge(self) -> Badge:
        """How the state looks."""
        return CLAIM_BADGES[ClaimState(self.state)]


class ClaimLine(models.Model):
    """One step of one computation: a month, a milestone, a top-up or a cap. Written once.

    ``steps`` are the sentences of the arithmetic as data (code and values), so that they can be read in any language.
    ``days`` are days of attendance. Lines of an older ``computation`` stay, to explain what was shown before.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="lines")
    computation = models.PositiveSmallIntegerField(_("computation"))
    order = models.PositiveSmallIntegerField(_("order"))
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="+")
    sheet = models.ForeignKey(AttendanceSheet, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    days = models.DecimalField(_("days of attendance"), max_digits=5, decimal_places=1, default=0)
    months = models.DecimalField(_("months"), max_digits=5, decimal_places=2, default=0)
    rate = models.DecimalField(_("rate in yuan"), max_digits=12, decimal_places=2, default=0)
    amount = models.DecimalField(_("amount in yuan"), max_digits=12, decimal_places=2)
    steps = models.JSONField(_("arithmetic"), default=list)
    inputs_hash = models.CharField(max_length=64)

    objects = OfClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a claim")
        verbose_name_plural = _("lines of a claim")
        ordering = ["claim", "-computation", "order"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            models.UniqueConstraint(fields=["claim", "computation", "order"], name="subsidies_claimline_order"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="subsidies_claimline_period"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}: {self.amount}"


class ClaimStateChange(StateChange):
    """One move of a claim. ``reason`` is the opinion of whoever moved it; ``due_on`` the deadline it set."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="state_changes")
    round = models.PositiveSmallIntegerField(default=1)
    due_on = models.DateField(null=True, blank=True)

    class Meta(StateChange.Meta):
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


class ClaimPaper(models.Model):
    """A proof that goes with a claim: a contract, a statement of social insurance."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="claim_papers")
    paper = models.ForeignKey("internships.StudentPaper", on_delete=models.PROTECT, related_name="+")
    attached_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    attached_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("proof of a claim")
        verbose_name_plural = _("proofs of a claim")
        ordering = ["attached_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["claim", "paper"], name="subsidies_claimpaper_once")]

    def __str__(self) -> str:
        return str(self.paper)
