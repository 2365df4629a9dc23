"""Notices, batches and the ledger."""

from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Sum
from django.db.models.functions import Coalesce

from internships.subsidies.enums import BatchState, NoticeState
from internships.subsidies.querysets.claims import Visitor, claims_of


class NoticeQuerySet(models.QuerySet[Any]):
    """Public notices."""

    def public_on(self, day: date) -> Self:
        """Notices the public may read on ``day``: by the clock, whether or not a task has taken them down."""
        return self.filter(state=NoticeState.PUBLISHED, starts_on__lte=day, ends_on__gte=day)

    def over_on(self, day: date) -> Self:
        """Published notices whose last day has passed."""
        return self.filter(state=NoticeState.PUBLISHED, ends_on__lt=day)


class BatchQuerySet(models.QuerySet[Any]):
    """Payment batches."""

    def visible_to(self, user: Visitor) -> Self:
        """Batches with a claim that ``user`` may see."""
        condition = claims_of(user, "claim__")
        if condition is None:
            return self
        lines = self.model.lines.rel.related_model.objects.filter(condition, batch=OuterRef("pk"))
        return self.filter(Exists(lines))

    def waiting_for_finance(self) -> Self:
        """Sealed batches that nobody has released."""
        return self.filter(state=BatchState.SEALED)

    def waiting_for_bank(self) -> Self:
        """Released batches with lines that the bank has not reported."""
        return self.filter(state=BatchState.RELEASED)


class JournalQuerySet(models.QuerySet[Any]):
    """Movements of money."""

    def visible_to(self, user: Visitor) -> Self:
        """All movements for whoever sees every row; otherwise those of claims ``user`` may see."""
        condition = claims_of(user, "claim__")
        if condition is None:
            return self
        entries = self.model.entries.rel.related_model.objects.filter(condition, journal=OuterRef("pk"))
        return self.filter(Exists(entries))


class LedgerQuerySet(models.QuerySet[Any]):
    """Entries of the ledger; balances are sums, nowhere stored."""

    def visible_to(self, user: Visitor) -> Self:
        """All entries for whoever sees every row; otherwise those of claims ``user`` may see."""
        condition = claims_of(user, "claim__")
        return self if condition is None else self.filter(condition)

    def balances(self) -> dict[str, Decimal]:
        """Return the sum of each account in yuan."""
        rows = self.order_by().values("account").annotate(sum=Coalesce(Sum("amount"), Decimal(0)))
        return {row["account"]: row["sum"] for row in rows}
