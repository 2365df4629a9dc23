"""How long reminders are kept. The ledger is a log, so at least a year; what is still open keeps all of its steps."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from wenxi_portal.core.append_only import erasing
from wenxi_portal.core.retention import A_YEAR, Basis, Kept, Words
from wenxi_portal.reminders.models import Deadline, LedgerEntry, ScanRun
from wenxi_portal.reminders.services.tidying import KEPT, empty_runs

_SAME = {"kind": OuterRef("kind"), "object_id": OuterRef("object_id")}


class Ledger(Kept):
    """What became of every step."""

    name = "reminders"
    model = LedgerEntry
    age = "at"
    label = _("Steps of reminders")
    deed = _("deleted")
    basis = Basis.LAW
    at_least = A_YEAR

    def reasons(self) -> Sequence[tuple[Words, Q]]:
        """The ledger of an open matter keeps a step from being taken twice."""
        is_open = Exists(Deadline.objects.filter(resolved_at__isnull=True, **_SAME))
        return [(_("the matter is still open"), Q(is_open))]

    def erase(self, keys: list[int]) -> None:
        """Delete entries, which the database allows after a year."""
        with erasing():
            super().erase(keys)


class Deadlines(Kept):
    """Deadlines of matters that are done."""

    name = "deadlines"
    model = Deadline
    age = "resolved_at"
    label = _("Deadlines of settled matters")
    deed = _("deleted")

    def reasons(self) -> Sequence[tuple[Words, Q]]:
        """A deadline stays as long as its steps."""
        return [(_("its steps are still on file"), Q(Exists(LedgerEntry.objects.filter(**_SAME))))]


class EmptyRuns(Kept):
    """Runs that found nothing; the scan itself forgets them."""

    name = "empty_runs"
    model = ScanRun
    age = "started_at"
    label = _("Reminder runs that found nothing")
    deed = _("deleted")
    basis = Basis.HOUSE
    by_itself = True

    @property
    def period(self) -> timedelta:
        """As the scan has it."""
        return KEPT

    def over(self, before: datetime) -> QuerySet[Any]:
        """Empty runs before it."""
        return empty_runs(before)


KINDS = [Ledger(), Deadlines(), EmptyRuns()]
