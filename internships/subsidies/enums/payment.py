"""States of payment batches and their lines, and the accounts of the ledger."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenxi_portal.core.badges import Badge
from wenxi_portal.core.transitions import TransitionTable


class BatchState(models.TextChoices):
    """Where a payment batch stands."""

    DRAFT = "draft", pgettext_lazy("payment batch", "Being put together")
    SEALED = "sealed", pgettext_lazy("payment batch", "Sealed, waiting for finance")
    RELEASED = "released", pgettext_lazy("payment batch", "Released to the bank")
    SETTLED = "settled", pgettext_lazy("payment batch", "Settled")
    CANCELLED = "cancelled", pgettext_lazy("payment batch", "Cancelled")


BATCH_BADGES = {
    BatchState.DRAFT: Badge("info", "draft"),
    BatchState.SEALED: Badge("warning", "signed"),
    BatchState.RELEASED: Badge("info", "arrow"),
    BatchState.SETTLED: Badge("success", "success"),
    BatchState.CANCELLED: Badge("muted", "closed"),
}
BATCH_TRANSITIONS = TransitionTable(
    BatchState,
    {
        BatchState.DRAFT: {BatchState.SEALED, BatchState.CANCELLED},
        BatchState.SEALED: {BatchState.RELEASED, BatchState.CANCELLED},
        BatchState.RELEASED: {BatchState.SETTLED},
    },
)


class LineResult(models.TextChoices):
    """What the bank reported for a line."""

    PENDING = "pending", pgettext_lazy("payment line", "no result yet")
    PAID = "paid", pgettext_lazy("payment line", "paid")
    RETURNED = "returned", pgettext_lazy("payment line", "returned")
    CANCELLED = "cancelled", pgettext_lazy("payment line", "batch cancelled")


class BankFileKind(models.TextChoices):
    """What is made of a released batch."""

    XLSX = "xlsx", pgettext_lazy("bank file", "workbook for the bank (.xlsx)")
    CSV = "csv", pgettext_lazy("bank file", "CSV in UTF-8")
    CSV_GB = "csvgb", pgettext_lazy("bank file", "CSV in GB18030")
    SUMMARY = "summary", pgettext_lazy("bank file", "summary sheet for signature (.docx)")


class PackScope(models.TextChoices):
    """What an auditor's pack is about."""

    STUDENT = "student", pgettext_lazy("auditor's pack", "one person")
    BATCH = "batch", pgettext_lazy("auditor's pack", "one payment batch")
    PERIOD = "period", pgettext_lazy("auditor's pack", "payments of a period")


class PackState(models.TextChoices):
    """Where an auditor's pack stands."""

    WAITING = "waiting", pgettext_lazy("auditor's pack", "being made")
    MADE = "made", pgettext_lazy("auditor's pack", "ready")
    FAILED = "failed", pgettext_lazy("auditor's pack", "could not be made")


class Account(models.TextChoices):
    """Where money stands in the ledger. Every entry moves an amount from one to another; their sum is zero.

    ``APPROPRIATION`` is the other side of what the county allots to a budget line.
    """

    APPROPRIATION = "appropriation", _("appropriation")
    BUDGET = "budget", _("budget, free")
    PAYABLE = "payable", _("payable, reserved")
    PAID = "paid", pgettext_lazy("account", "paid")
    RETURNED = "returned", pgettext_lazy("account", "returned by the bank")
    RECOVERED = "recovered", pgettext_lazy("account", "recovered")


class JournalKind(models.TextChoices):
    """Why money moved."""

    ALLOTTED = "allotted", _("budget allotted")
    RESERVED = "reserved", _("reserved when a batch was sealed")
    RELEASED = "unreserved", _("set free when a batch was cancelled")
    PAID = "paid", pgettext_lazy("journal", "paid by the bank")
    RETURNED = "returned", pgettext_lazy("journal", "returned by the bank")
    FREED = "freed", _("a returned payment was given up")
    RECOVERED = "recovered", pgettext_lazy("journal", "paid back")
