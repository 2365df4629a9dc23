"""The ledger: what is allotted, reserved, paid, returned and recovered, in two entries that cancel each other."""

import pgtrigger
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from internships.subsidies.enums import Account, JournalKind
from internships.subsidies.querysets import JournalQuerySet, LedgerQuerySet
from wenxi_portal.core.models import Timestamped
from wenxi_portal.core.money import money

# Both look at a statement as a whole: ten thousand entries move the free money once and are added up once.
COUNT_FREE_MONEY = f"""
    UPDATE subsidies_budgetline AS line SET free = line.free + moved.amount
    FROM (
        SELECT budget_line_id, sum(amount) AS amount FROM written WHERE account = '{Account.BUDGET.value}'
        GROUP BY budget_line_id ORDER BY budget_line_id
    ) AS moved
    WHERE line.id = moved.budget_line_id;
    RETURN NULL;
"""  # noqa: S608 - words of our own
BALANCED = """
    IF EXISTS (
        SELECT 1 FROM subsidies_ledgerentry AS entry WHERE entry.journal_id IN (SELECT journal_id FROM written)
        GROUP BY entry.journal_id, entry.budget_line_id HAVING sum(entry.amount) <> 0
    ) THEN
        RAISE EXCEPTION 'subsidies_journal_unbalanced';
    END IF;
    RETURN NULL;
"""


def _after_statement(name: str, func: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="written"),
        func=func,
    )


class BudgetLine(Timestamped):
    """Money of one year for one purpose. ``free`` (yuan) is kept by the ledger's trigger and never falls below zero."""

    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2000)])
    code = models.CharField(_("code"), max_length=30)
    name = models.CharField(_("name"), max_length=120)
    free = models.DecimalField(_("free, in yuan"), max_digits=14, decimal_places=2, default=0, editable=False)
    is_demo = models.BooleanField(_("demo record"), default=False, editable=False)

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["-year", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "code"],
                name="subsidies_budgetline_once",
                violation_error_message=_("This budget line exists already."),
            ),
            models.CheckConstraint(
                condition=Q(free__gte=0),
                name="subsidies_budget_never_overdrawn",
                violation_error_message=_("The budget line does not hold enough money."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.name}"


class Journal(models.Model):
    """One movement of money: its entries, written in one statement, cancel each other. Written once."""

    kind = models.CharField(_("what happened"), max_length=10, choices=JournalKind)
    batch = models.ForeignKey(
        "subsidies.PaymentBatch",
        verbose_name=_("payment batch"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="journals",
    )
    document = models.CharField(_("document"), max_length=120, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("entered by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = JournalQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal")
        verbose_name_plural = _("journals")
        ordering = ["-at", "-pk"]
        permissions = [("allot_budgetline", _("Can enter what is allotted to a budget line"))]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=JournalKind.values), name="subsidies_journal_kind_known")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"


class LedgerEntry(models.Model):
    """One side of a movement: ``amount`` yuan come to (positive) or leave (negative) an account of a budget line."""

    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, related_name="entries")
    budget_line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="entries")
    account = models.CharField(_("account"), max_length=13, choices=Account)
    claim = models.ForeignKey(
        "subsidies.Claim", on_delete=models.PROTECT, null=True, blank=True, related_name="ledger_entries"
    )
    amount = models.DecimalField(_("amount in yuan"), max_digits=14, decimal_places=2)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["journal", "pk"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            _after_statement("counts_free_money", COUNT_FREE_MONEY),
            _after_statement("sums_to_zero", BALANCED),
        ]
        indexes = [
            models.Index(fields=["claim", "account"], name="subsidies_entry_claim"),
            models.Index(fields=["budget_line", "account"], name="subsidies_entry_line"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="subsidies_entry_not_zero"),
            models.CheckConstraint(condition=Q(account__in=Account.values), name="subsidies_entry_account_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_account_display()} {money(self.amount)}"
