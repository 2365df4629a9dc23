"""Reminders of payment: batches to release, results to enter, money to come back, budgets nearly used up.

Titles hold numbers and sums, never a person.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat, TruncDate
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from internships.subsidies.enums import Account, JournalKind, RecoveryState
from internships.subsidies.models import BudgetLine, Journal, LedgerEntry, PaymentBatch, Recovery
from wenxi_portal.notifications.kinds import Params
from wenxi_portal.reminders.enums import Audience
from wenxi_portal.reminders.ladders import Ladder, Step
from wenxi_portal.reminders.registry import ladder


class _OfPayment(Ladder):
    """A ladder of finance, whose words are two sentences and whose page is one address."""

    for_staff = True
    audience = Audience.OWNER
    about: ClassVar[Any] = ""
    to_do: ClassVar[Any] = ""
    page: ClassVar[str] = ""

    def subject(self, params: Params) -> str:
        """What it is about."""
        day = date_format(date.fromisoformat(params["due"]), "DATE_FORMAT")
        return str(self.about) % {"title": params["title"], "day": day}

    def body(self, params: Params) -> str:
        """What to do."""
        return str(self.to_do)

    def url(self, params: Params) -> str:
        """Where it is done."""
        return reverse(self.page, args=[params["object"]])


@ladder
class BatchWaiting(_OfPayment):
    """A sealed batch that finance has not released: whoever sealed it is told, then the heads."""

    name = "batch_waiting"
    label = gettext_lazy("Batch waits for its release")
    model: ClassVar[type[Model]] = PaymentBatch
    steps = (Step("waiting", settings.SUBSIDY_RELEASE_WORKING_DAYS, in_working_days=True),
             Step("still", 2 * settings.SUBSIDY_RELEASE_WORKING_DAYS, in_working_days=True))  # fmt: skip
    due: ClassVar[Combinable] = TruncDate("sealed_at")
    owner: ClassVar[Combinable] = F("sealed_by_id")
    title: ClassVar[Combinable] = F("number")
    escalate_after = 3
    sensible_for = None
    page = "admin:subsidies_paymentbatch_change"
    about = gettext_lazy("Not released: batch %(title)s, sealed on %(day)s")
    to_do = gettext_lazy("Ask finance to release it, or cancel it. The money is set aside until then.")

    def open(self) -> QuerySet[Any]:
        """Sealed batches."""
        return PaymentBatch.objects.waiting_for_finance()


@ladder
class ResultWaiting(_OfPayment):
    """A released batch without the bank's result: whoever released it is told, then the heads."""

    name = "result_waiting"
    label = gettext_lazy("Result of the bank is missing")
    model: ClassVar[type[Model]] = PaymentBatch
    steps = (Step("waiting", settings.SUBSIDY_RESULT_WORKING_DAYS, in_working_days=True),
             Step("still", 2 * settings.SUBSIDY_RESULT_WORKING_DAYS, in_working_days=True))  # fmt: skip
    due: ClassVar[Combinable] = TruncDate("released_at")
    owner: ClassVar[Combinable] = F("released_by_id")
    title: ClassVar[Combinable] = F("number")
    escalate_after = 3
    sensible_for = None
    page = "admin:subsidies_paymentbatch_change"
    about = gettext_lazy("No result of the bank for batch %(title)s, released on %(day)s")
    to_do = gettext_lazy("Ask the bank for its result and enter it: students wait to hear.")

    def open(self) -> QuerySet[Any]:
        """Released batches with lines without a result."""
        return PaymentBatch.objects.waiting_for_bank()


@ladder
class RecoveryOverdue(_OfPayment):
    """Money asked back that has not come: the lead unit and its heads are told."""

    name = "recovery_overdue"
    label = gettext_lazy("Money asked back is overdue")
    model: ClassVar[type[Model]] = Recovery
    audience = Audience.UNIT
    steps = (Step("overdue", 1), Step("still", 15))
    due: ClassVar[Combinable] = F("due_on")
    unit: ClassVar[Combinable] = F("claim__lead_unit_id")
    title: ClassVar[Combinable] = F("claim__number")
    escalate_after = 5
    sensible_for = None
    changed_field = "demanded_at"
    page = "admin:subsidies_recovery_change"
    about = gettext_lazy("Not paid back: claim %(title)s, due on %(day)s")
    to_do = gettext_lazy("Remind the person, enter what came, or bring a decision to waive it.")

    def open(self) -> QuerySet[Any]:
        """Recoveries that are neither received nor waived."""
        return Recovery.objects.filter(state=RecoveryState.DEMANDED)


@ladder
class BudgetNearlyUsed(_OfPayment):
    """A budget line of which little is free: who entered the last allotment is told, once for each allotment."""

    name = "budget_nearly_used"
    label = gettext_lazy("Budget nearly used up")
    model: ClassVar[type[Model]] = BudgetLine
    steps = (Step("nearly", 0),)
    # An allotment is an edit of the line; what is paid from it is not.
    due: ClassVar[Combinable] = TruncDate("updated_at")
    owner: ClassVar[Combinable] = Subquery(
        Journal.objects.filter(entries__budget_line=OuterRef("pk"), kind=JournalKind.ALLOTTED)
        .order_by("-pk")
        .values("actor")[:1]
    )
    title: ClassVar[Combinable] = Concat(F("code"), Value(" "), F("name"))
    escalate_after = 5
    sensible_for = None
    page = "admin:subsidies_budgetline_change"
    about = gettext_lazy("Nearly used up: budget line %(title)s")
    to_do = gettext_lazy("Look at the forecast, and see to another allotment before the next batch.")

    def open(self) -> QuerySet[Any]:
        """Lines of which less than the set share is free."""
        allotted = (
            LedgerEntry.objects.filter(budget_line=OuterRef("pk"), account=Account.APPROPRIATION)
            .order_by()
            .values("budget_line")
            .annotate(total=-Sum("amount"))
            .values("total")
        )
        least = Coalesce(Subquery(allotted), Value(Decimal(0))) * Value(100 - settings.SUBSIDY_BUDGET_NEARLY_USED) / 100
        return BudgetLine.objects.annotate(least=least).filter(least__gt=0, free__lte=F("least"))

    def touched(self, since: datetime) -> QuerySet[Any]:
        """Lines that were edited, or that money moved on."""
        moved = LedgerEntry.objects.filter(budget_line=OuterRef("pk"), journal__at__gte=since)
        return BudgetLine.objects.filter(Q(updated_at__gte=since) | Exists(moved)).values("pk")
