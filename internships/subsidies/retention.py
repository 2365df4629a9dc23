"""How long papers of money, and those who objected to a notice, are kept.

Papers from which money was paid are accounting archives: ten years at the least, thirty for vouchers (Measures for the
Administration of Accounting Archives, 2016). Claims themselves name nobody: they speak of a student and an account.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from internships.querysets import ERASED
from internships.subsidies.enums import ENDED_WITHOUT_PAY, ClaimState, NoticeObjectionState, RecoveryState
from internships.subsidies.models import (
    BankAccount,
    Claim,
    ClaimPaper,
    Milestone,
    NoticeLine,
    NoticeObjection,
    PaymentLine,
    Recovery,
)
from internships.subsidies.services.forgetting import NO_NAME, forget_accounts, forget_names, forget_objectors
from wenxi_portal.core.retention import Basis, Kept, Words

TEN_YEARS = 3653
# Where a claim is over; what was paid is kept as long as the accounts are.
OVER = (*ENDED_WITHOUT_PAY, ClaimState.PAID, ClaimState.ARCHIVED, ClaimState.RECOVERED)


class _Money(Kept):
    """What belongs to money that was paid."""

    basis = Basis.ARCHIVES
    at_least = TEN_YEARS


class PaidAccounts(_Money):
    """Accounts to which money was sent, so long after the last of it."""

    name = "bank_accounts"
    model = BankAccount
    age = "entered_at"
    label = _("Bank accounts that were paid")
    deed = _("card and holder erased, the payment stays")

    def over(self, before: datetime) -> QuerySet[Any]:
        """Those to which nothing was sent since, and that are not erased yet."""
        lines = PaymentLine.objects.filter(account=OuterRef("pk"))
        since = lines.filter(Q(batch__created_at__gte=before) | Q(paid_on__gte=timezone.localdate(before)))
        rows = super().over(before).exclude(card_index__startswith=ERASED)
        return rows.filter(Exists(lines)).exclude(Exists(since))

    def reasons(self) -> Sequence[tuple[Words, Q]]:
        """What is still being paid or asked back."""
        return [*super().reasons(), *_under_way({"account": OuterRef("pk")})]

    def erase(self, keys: list[int]) -> None:
        """Erase card and holder."""
        forget_accounts(keys)


class UnpaidAccounts(Kept):
    """Accounts that another one replaced before anything was sent to them: no paper of money rests on them."""

    name = "bank_accounts_unpaid"
    model = BankAccount
    age = "ended_at"
    label = _("Bank accounts replaced before anything was paid")
    deed = _("card and holder erased, a row without a name stays")

    def over(self, before: datetime) -> QuerySet[Any]:
        """Those replaced before it and not erased yet."""
        rows = super().over(before).exclude(card_index__startswith=ERASED)
        return rows.exclude(Exists(PaymentLine.objects.filter(account=OuterRef("pk"))))

    def reasons(self) -> Sequence[tuple[Words, Q]]:
        """What is still being paid."""
        return [*super().reasons(), *_under_way({"account": OuterRef("pk")})]

    def erase(self, keys: list[int]) -> None:
        """Erase card and holder."""
        forget_accounts(keys)


class NoticeNames(_Money):
    """Names on lists that were public once: part of the papers of what was paid."""

    name = "notice_names"
    model = NoticeLine
    age = "notice__ends_on"
    label = _("Names on past public notices")
    deed = _("the name is erased, the line stays")

    def over(self, before: datetime) -> QuerySet[Any]:
        """Lines of notices that ended before it and still name somebody."""
        rows = NoticeLine.objects.filter(notice__ends_on__lt=timezone.localdate(before))
        return rows.exclude(name=NO_NAME)

    def erase(self, keys: list[int]) -> None:
        """Take the names out."""
        forget_names(keys)


class Objectors(Kept):
    """Those who objected to a line of a notice and left a name or a way to reach them."""

    name = "objectors"
    model = NoticeObjection
    age = "line__notice__ends_on"
    label = _("Who objected to a public notice")
    deed = _("name and way of contact erased, objection and answer stay")

    def over(self, before: datetime) -> QuerySet[Any]:
        """Objections to notices that ended before it and still say who objected."""
        rows = NoticeObjection.objects.filter(line__notice__ends_on__lt=timezone.localdate(before))
        return rows.exclude(name="", contact="")

    def reasons(self) -> Sequence[tuple[Words, Q]]:
        """What nobody has answered yet."""
        waiting = Q(state=NoticeObjectionState.WAITING)
        return [*super().reasons(), (_("the objection waits for an answer"), waiting)]

    def erase(self, keys: list[int]) -> None:
        """Erase who it was."""
        forget_objectors(keys)


def _under_way(of: dict[str, Any]) -> list[tuple[Words, Q]]:
    claims = Claim.objects.filter(**of).exclude(state__in=OVER)
    back = Recovery.objects.filter(state=RecoveryState.DEMANDED, **{f"claim__{name}": key for name, key in of.items()})
    return [(_("a claim is under way"), Q(Exists(claims))), (_("money is asked back"), Q(Exists(back)))]


def _students() -> list[tuple[Words, Q]]:
    """Return why students stay: money on its way, and the papers of money that was paid."""
    return [*_under_way({"student": OuterRef("pk")}), *_paid({"claim__student": OuterRef("pk")})]


def _papers() -> list[tuple[Words, Q]]:
    """Return why students' papers stay: those that prove a claim or a milestone."""
    proofs = ClaimPaper.objects.filter(paper=OuterRef("pk")).exclude(claim__state__in=ENDED_WITHOUT_PAY)
    reached = Milestone.objects.filter(proof=OuterRef("pk"))
    return [(_("proves a claim or what it rests on"), Q(Exists(proofs)) | Q(Exists(reached)))]


def _paid(of: dict[str, Any]) -> list[tuple[Words, Q]]:
    since = timezone.now() - PaidAccounts().period
    lines = PaymentLine.objects.filter(Q(batch__created_at__gte=since) | Q(paid_on__gte=since.date()), **of)
    return [(_("money was paid: its papers are accounting archives"), Q(Exists(lines)))]


KINDS = [PaidAccounts(), UnpaidAccounts(), NoticeNames(), Objectors()]
HOLDS = {"students": _students, "student_papers": _papers}
