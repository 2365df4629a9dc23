"""Payment batches: put together by one officer, released by another, settled by the bank's result."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from internships.models.kept_file import KeptFile
from internships.subsidies.enums import BATCH_BADGES, BankFileKind, BatchState, LineResult
from internships.subsidies.models.account import BankAccount
from internships.subsidies.models.budget import BudgetLine
from internships.subsidies.models.claim import Claim
from internships.subsidies.querysets import BatchQuerySet, OfClaimQuerySet
from wenxi_portal.core.badges import Badge
from wenxi_portal.core.history import tracked
from wenxi_portal.core.models import Revisioned, Timestamped
from wenxi_portal.core.transitions import StateChange

# The lines of a batch are fixed when it is sealed: afterwards only what the bank reports is written.
FIXED_WHEN_SEALED = f"""
    IF EXISTS (
        SELECT 1 FROM subsidies_paymentbatch AS batch
        WHERE batch.id = coalesce(NEW.batch_id, OLD.batch_id) AND batch.state <> '{BatchState.DRAFT.value}'
    ) THEN
        RAISE EXCEPTION 'subsidies_batch_sealed';
    END IF;
    RETURN coalesce(NEW, OLD);
"""  # noqa: S608 - words of our own


@tracked(exclude=["updated_at"])
class PaymentBatch(Revisioned, Timestamped):
    """Claims that are paid together from one budget line. ``total`` is yuan, fixed when the batch is sealed."""

    number = models.CharField(_("number"), max_length=24, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=120)
    budget_line = models.ForeignKey(
        BudgetLine, verbose_name=_("budget line"), on_delete=models.PROTECT, related_name="batches"
    )
    state = models.CharField(_("state"), max_length=10, choices=BatchState, default=BatchState.DRAFT, editable=False)
    total = models.DecimalField(_("total in yuan"), max_digits=14, decimal_places=2, default=0, editable=False)
    count = models.PositiveIntegerField(_("lines"), default=0, editable=False)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("drafted by"), on_delete=models.PROTECT, editable=False,
        related_name="+",
    )  # fmt: skip
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sealed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    sealed_at = models.DateTimeField(_("sealed at"), null=True, blank=True, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("released by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    released_at = models.DateTimeField(_("released at"), null=True, blank=True, editable=False)
    lines_hash = models.CharField(_("fingerprint of the lines"), max_length=64, blank=True, editable=False)
    is_demo = models.BooleanField(_("demo record"), default=False, editable=False)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment batch")
        verbose_name_plural = _("payment batches")
        ordering = ["-created_at", "-pk"]
        permissions = [
            ("seal_paymentbatch", _("Can seal payment batches")),
            ("release_paymentbatch", _("Can release payment batches and enter results")),
        ]
        triggers = [pgtrigger.Protect(name="kept_for_good", operation=pgtrigger.Delete)]
        constraints = [
            models.CheckConstraint(
                condition=Q(released_by__isnull=True)
                | ~Q(released_by=F("drafted_by")) & ~Q(released_by=F("sealed_by")),
                name="subsidies_batch_two_people",
                violation_error_message=_("Whoever put the batch together does not release it."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[BatchState.DRAFT, BatchState.CANCELLED])
                | Q(sealed_by__isnull=False, sealed_at__isnull=False, count__gt=0, total__gt=0) & ~Q(lines_hash=""),
                name="subsidies_batch_sealed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[BatchState.RELEASED, BatchState.SETTLED])
                | Q(released_by__isnull=False, released_at__isnull=False),
                name="subsidies_batch_released",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def badge(self) -> Badge:
        """How the state looks."""
        return BATCH_BADGES[BatchState(self.state)]


class PaymentBatchStateChange(StateChange):
    """One move of a batch."""

    batch = models.ForeignKey(PaymentBatch, on_delete=models.PROTECT, related_name="state_changes")

    class Meta(StateChange.Meta):
        verbose_name = _("change of state")
        verbose_name_plural = _("changes of state")

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


class PaymentLine(models.Model):
    """One payment to one account. A claim has at most one line that is not returned or cancelled: it is paid once."""

    batch = models.ForeignKey(PaymentBatch, on_delete=models.PROTECT, related_name="lines")
    claim = models.ForeignKey(Claim, verbose_name=_("claim"), on_delete=models.PROTECT, related_name="payment_lines")
    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveIntegerField(_("number"))
    reference = models.CharField(_("reference"), max_length=32, unique=True)
    amount = models.DecimalField(_("amount in yuan"), max_digits=12, decimal_places=2)
    result = models.CharField(_("result"), max_length=9, choices=LineResult, default=LineResult.PENDING)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    bank_reference = models.CharField(_("reference of the bank"), max_length=60, blank=True)
    return_reason = models.CharField(_("why it was returned"), max_length=200, blank=True)

    objects = OfClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["batch", "order"]
        triggers = [
            pgtrigger.Trigger(
                name="fixed_when_sealed",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Delete,
                func=FIXED_WHEN_SEALED,
            ),
            pgtrigger.ReadOnly(
                name="written_once", exclude=["result", "paid_on", "bank_reference", "return_reason", "order"]
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["batch", "claim"], name="subsidies_line_once_a_batch"),
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(result__in=[LineResult.PENDING, LineResult.PAID]),
                name="subsidies_line_paid_once",
                violation_error_message=_("This claim is being paid or has been paid already."),
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="subsidies_line_amount"),
            models.CheckConstraint(
                condition=Q(result__in=[LineResult.PENDING, LineResult.CANCELLED], paid_on__isnull=True)
                | Q(result=LineResult.PAID, paid_on__isnull=False)
                | Q(result=LineResult.RETURNED) & ~Q(return_reason=""),
                name="subsidies_line_result",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class BankFile(KeptFile):
    """A file made for the bank or a paper for signature, kept as it was handed out. Its text lies sealed."""

    batch = models.ForeignKey(PaymentBatch, on_delete=models.PROTECT, related_name="bank_files")
    kind = models.CharField(_("kind"), max_length=8, choices=BankFileKind)

    class Meta(KeptFile.Meta):
        verbose_name = _("bank file")
        verbose_name_plural = _("bank files")
        constraints = [
            models.UniqueConstraint(fields=["batch", "kind"], name="subsidies_bankfile_once"),
            models.CheckConstraint(condition=Q(kind__in=BankFileKind.values), name="subsidies_bankfile_kind_known"),
        ]


class ResultFile(KeptFile):
    """What the bank sent back, kept as it came. ``report`` tells what was read: counts, or line errors.

    The same file is applied once: its fingerprint is unique among those applied.
    """

    batch = models.ForeignKey(PaymentBatch, on_delete=models.PROTECT, related_name="result_files")
    was_applied = models.BooleanField(_("applied"), default=False)
    report = models.JSONField(_("report"), default=dict)

    class Meta(KeptFile.Meta):
        verbose_name = _("result file")
        verbose_name_plural = _("result files")
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "sha256"],
                condition=Q(was_applied=True),
                name="subsidies_resultfile_once",
                violation_error_message=_("This file has been read already."),
            )
        ]
