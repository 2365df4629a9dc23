"""What the money has on file about a student, for the student's own copy."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.querysets import ERASED
from internships.subsidies.enums import LineResult
from internships.subsidies.models import BankAccount, Claim, PaymentLine
from wenxi_portal.accounts.models import User
from wenxi_portal.accounts.own_data import Part
from wenxi_portal.core.money import money
from wenxi_portal.core.retention import kinds

Rows = list[tuple[str, Any]]


def own_parts(user: User) -> list[Part]:
    """Return accounts, claims and payments of ``user``; card numbers stay masked."""
    return [
        Part(_("Bank accounts"), _accounts(user)),
        Part(_("Claims"), _claims(user)),
        Part(_("Payments to you"), _payments(user)),
    ]


def accounts_on_file(user: User) -> QuerySet[BankAccount]:
    """Return the accounts of ``user`` that were not erased."""
    return BankAccount.objects.filter(student__user=user).exclude(card_index__startswith=ERASED)


def erasable_accounts(user: User) -> QuerySet[BankAccount]:
    """Return the accounts to which nothing was paid, and on which nothing under way of their owner rests."""
    paid = PaymentLine.objects.filter(account=OuterRef("pk"))
    held = Q(Exists(paid))
    for _words, condition in kinds()["bank_accounts_unpaid"].reasons():
        held |= condition
    return accounts_on_file(user).exclude(held)


def _accounts(user: User) -> Rows:
    return [(str(one), f"{one.holder} {one.branch} {_day(one.entered_at)}") for one in accounts_on_file(user)]


def _claims(user: User) -> Rows:
    rows = Claim.objects.of_student(user).select_related("scheme")
    return [
        (f"{one.number} {one.scheme}", f"{one.starts_on} – {one.ends_on} {money(one.amount)} {one.get_state_display()}")
        for one in rows
    ]


def _payments(user: User) -> Rows:
    lines = PaymentLine.objects.filter(claim__student__user=user, result=LineResult.PAID)
    rows = lines.select_related("claim", "account")
    return [(f"{line.paid_on} {line.claim.number}", f"{money(line.amount)} {line.account}") for line in rows]


def _day(at: Any) -> str:
    return timezone.localdate(at).isoformat()
