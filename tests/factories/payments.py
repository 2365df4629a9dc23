"""Money allotted, claims that may be paid, batches in any state, and results as banks send them."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pgtrigger
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from internships.enums import SheetState
from internships.models import AttendanceSheet
from internships.selectors.attendance import months_between
from internships.subsidies.enums import ClaimState
from internships.subsidies.models import BankAccount, BudgetLine, Claim, ClaimLine, PaymentBatch, PaymentLine, Policy
from internships.subsidies.periods import add_months
from internships.subsidies.selectors.recomputing import recompute
from internships.subsidies.services.batch import draft_batch, release_batch, seal_batch
from internships.subsidies.services.budget import allot
from internships.subsidies.services.computing import lines_of
from internships.subsidies.services.moves import CLAIMS
from tests.factories.accounts import UserFactory
from tests.factories.stays import insured
from tests.factories.subsidies import BankAccountFactory, BudgetLineFactory, PolicyFactory, claim_in
from wenxi_portal.accounts.models import User

PAID, RETURNED, PENDING = "成功", "失败", "处理中"
HEADINGS = ("流水号", "金额", "结果", "日期", "失败原因")


def money(amount: int | str = 1_000_000, **kwargs: Any) -> BudgetLine:
    """Return a budget line of this year that holds ``amount`` yuan."""
    line = BudgetLineFactory(**{"year": timezone.localdate().year, **kwargs})
    allot(budget_line=line, amount=Decimal(amount), document="示例财预〔2026〕1号", actor=None)
    line.refresh_from_db()
    return line


def payable(number: int = 1, state: ClaimState = ClaimState.CLEARED, **kwargs: Any) -> list[Claim]:
    """Return claims that may be paid: reviewed by three people, of insured stays, under one policy."""
    policy: Policy = kwargs.pop("policy", None) or PolicyFactory()
    first = timezone.localdate() - timedelta(days=95)
    last = add_months(first, int(kwargs.get("months", 2))) - timedelta(days=1)
    days = {"placement__starts_on": first, "placement__ends_on": last}
    found = [claim_in(state, policy=policy, **days | kwargs) for _number in range(number)]
    for claim in found:
        insured(claim.placement)
        work_out(claim)
    return found


def work_out(claim: Claim) -> None:
    """Have the sheets of a claim's stay on file, every day attended, and its arithmetic, as it comes from them."""
    stay, keeper = claim.placement, claim.student.user
    sheets = [
        AttendanceSheet(
            placement=stay, month=month, state=SheetState.LOCKED, confirmed_by=keeper, confirmed_at=timezone.now(),
            marks={str(day): "present" for day in range(1, 32)}, half_days=62,
        )
        for month in months_between(stay.starts_on, stay.ends_on)
    ]  # fmt: skip
    AttendanceSheet.objects.bulk_create(sheets)
    found = recompute(claim)
    Claim.objects.filter(pk=claim.pk).update(inputs_hash=found.inputs_hash)
    claim.inputs_hash = found.inputs_hash
    ClaimLine.objects.bulk_create(lines_of(claim, found))


def drafted(line: BudgetLine | None = None, number: int = 2, **kwargs: Any) -> PaymentBatch:
    """Return a draft with so many claims of its own."""
    payable(number, **kwargs)
    batch, _left_out = draft_batch(title="示例批次", budget_line=line or money(), actor=UserFactory())
    return batch


def sealed(line: BudgetLine | None = None, number: int = 2, **kwargs: Any) -> PaymentBatch:
    """Return a sealed batch."""
    batch = drafted(line, number, **kwargs)
    return seal_batch(batch=batch, actor=batch.drafted_by)


def released(line: BudgetLine | None = None, number: int = 2, actor: User | None = None, **kwargs: Any) -> PaymentBatch:
    """Return a batch that has gone to the bank."""
    return release_batch(batch=sealed(line, number, **kwargs), actor=actor or UserFactory())


def lines(batch: PaymentBatch) -> list[PaymentLine]:
    """Return the lines of a batch in order."""
    return list(batch.lines.select_related("claim").order_by("order"))


def rows_of(
    batch: PaymentBatch, results: Mapping[int, str] | None = None, *, on: date | None = None
) -> list[list[str]]:
    """Return the rows of a result: every line paid today, but for those whose place ``results`` names otherwise."""
    day = (on or timezone.localdate()).isoformat()
    found = []
    for line in lines(batch):
        result = (results or {}).get(line.order, PAID)
        why = "账号户名不符" if result == RETURNED else ""
        found.append([line.reference, str(line.amount), result, day if result == PAID else "", why])
    return found


def result_csv(rows: Iterable[Iterable[str]], headings: Iterable[str] = HEADINGS, *, name: str = "结果.csv",
               encoding: str = "gb18030") -> SimpleUploadedFile:  # fmt: skip
    """Return a result as it is uploaded, as banks write it."""
    out = StringIO(newline="")
    csv.writer(out).writerows([headings, *rows])
    return SimpleUploadedFile(name, out.getvalue().encode(encoding))


def correct(claim: Claim, number: int) -> Claim:
    """Let a student name another account after the bank has returned the payment."""
    present: Claim = Claim.objects.get(pk=claim.pk)
    present.student.bank_accounts.filter(ended_at__isnull=True).update(ended_at=timezone.now())
    present.account = BankAccountFactory(student=present.student, card=f"{622000000000000000 + number}")
    CLAIMS.write(present, ClaimState.CORRECTED, actor=present.student.user, reason="示例更正", fields=("account",))
    return present


def paid_claim(on: datetime, **kwargs: Any) -> Claim:
    """Return a claim that was paid ``on``, as the rows say it, without a ledger."""
    claim = claim_in(ClaimState.ARCHIVED, **kwargs)
    with pgtrigger.ignore():
        batch = PaymentBatch.objects.create(
            number=f"PC{claim.pk:06}", title="示例批次", budget_line=BudgetLineFactory(), drafted_by=UserFactory()
        )
        PaymentBatch.objects.filter(pk=batch.pk).update(created_at=on)
        PaymentLine.objects.create(
            batch=batch, claim=claim, account=claim.account, order=1, amount=2000, reference=f"R{claim.pk:06}",
            result="paid", paid_on=on.date(),
        )  # fmt: skip
        BankAccount.objects.filter(pk=claim.account_id).update(entered_at=on)
    return claim
