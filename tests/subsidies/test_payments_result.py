"""What the bank reports: all or nothing, with line numbers, kept as it came."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from internships.subsidies.enums import BatchState, ClaimState, LineResult
from internships.subsidies.models import LedgerEntry, ResultFile
from internships.subsidies.services.batch import draft_batch, release_batch, seal_batch
from internships.subsidies.services.giving_up import give_up_returned
from internships.subsidies.services.result import read_result
from internships.subsidies.services.sealed_files import open_sealed
from tests.factories.accounts import UserFactory
from tests.factories.payments import (
    HEADINGS,
    PENDING,
    RETURNED,
    correct,
    lines,
    money,
    released,
    result_csv,
    rows_of,
    sealed,
)
from wenxi_portal.core.errors import DomainError
from wenxi_portal.notifications.models import Message

pytestmark = pytest.mark.django_db


def read(batch, upload):
    return read_result(batch=batch, upload=upload, actor=batch.released_by)


def errors_of(file: ResultFile) -> dict[int, str]:
    assert not file.was_applied
    return dict(file.report["errors"])


def unchanged(batch) -> bool:
    batch.refresh_from_db()
    return batch.state == BatchState.RELEASED and not batch.lines.exclude(result=LineResult.PENDING).exists()


def test_a_result_pays_returns_settles_and_tells() -> None:
    line = money(10000)
    batch = released(line, 3)
    file = read(batch, result_csv(rows_of(batch, {2: RETURNED})))
    assert file.was_applied
    assert file.report == {
        "paid": 2, "returned": 1, "returned_late": 0, "waiting": 0, "same": 0, "settled": True, "paid_sum": "4000.00",
    }  # fmt: skip
    batch.refresh_from_db()
    assert batch.state == BatchState.SETTLED
    first, second, _third = lines(batch)
    assert (first.claim.state, first.paid_on) == (ClaimState.PAID, timezone.localdate())
    assert (second.claim.state, second.return_reason) == (ClaimState.RETURNED, "账号户名不符")
    assert LedgerEntry.objects.balances() == {
        "appropriation": -10000, "budget": 4000, "payable": 0, "paid": 4000, "returned": 2000,
    }  # fmt: skip
    told = Message.objects.get(kind="payment_returned", channel="inbox")
    assert told.recipient == second.claim.student.user
    assert told.params["why"] == "账号户名不符"
    assert Message.objects.filter(kind="payment_paid", channel="inbox").count() == 2


def test_what_came_back_is_corrected_and_paid_with_the_next_batch() -> None:
    line = money(10000)
    batch = released(line, 1)
    read(batch, result_csv(rows_of(batch, {1: RETURNED})))
    claim = correct(lines(batch)[0].claim, 1)
    assert LedgerEntry.objects.balances()["returned"] == 2000
    again, _left = draft_batch(title="示例", budget_line=line, actor=UserFactory())
    seal_batch(batch=again, actor=again.drafted_by)
    assert LedgerEntry.objects.balances()["returned"] == 0
    release_batch(batch=again, actor=batch.released_by)
    again.refresh_from_db()
    read(again, result_csv(rows_of(again)))
    claim.refresh_from_db()
    assert claim.state == ClaimState.PAID
    assert claim.payment_lines.filter(result=LineResult.PAID).count() == 1
    line.refresh_from_db()
    assert line.free == 8000


def test_a_bank_may_return_later_what_it_reported_as_paid() -> None:
    batch = released(number=2)
    read(batch, result_csv(rows_of(batch)))
    late = rows_of(batch, {2: RETURNED})[1:]
    file = read(batch, result_csv(late))
    assert file.report["returned_late"] == 1
    line = lines(batch)[1]
    assert (line.result, line.claim.state) == (LineResult.RETURNED, ClaimState.RETURNED)
    assert line.paid_on == timezone.localdate()
    assert LedgerEntry.objects.balances()["returned"] == 2000
    claim = line.claim
    assert give_up_returned(claim=claim, actor=batch.released_by, reason="示例").state == ClaimState.WITHDRAWN
    with pytest.raises(DomainError):
        give_up_returned(claim=claim, actor=batch.released_by, reason="示例")
    assert LedgerEntry.objects.balances()["returned"] == 0


def test_what_the_bank_still_works_on_waits_for_its_next_file() -> None:
    batch = released(number=2)
    assert read(batch, result_csv(rows_of(batch, {1: PENDING}))).report["waiting"] == 1
    batch.refresh_from_db()
    assert batch.state == BatchState.RELEASED
    file = read(batch, result_csv(rows_of(batch)))
    assert (file.report["paid"], file.report["same"], file.report["settled"]) == (1, 1, True)


def test_the_same_file_twice_changes_nothing() -> None:
    batch = released()
    upload = rows_of(batch)
    first = read(batch, result_csv(upload))
    before = LedgerEntry.objects.count(), Message.objects.count()
    assert read(batch, result_csv(upload)) == first
    assert (LedgerEntry.objects.count(), Message.objects.count()) == before
    assert ResultFile.objects.count() == 1


def test_every_bad_line_is_told_with_its_number_and_nothing_is_applied() -> None:
    batch = released(number=4)
    rows = rows_of(batch)
    rows[1][1] = "1.00"
    rows.append(rows[0])
    rows.append(["FK-NIEMALS", "5", "成功", "2026-01-01", ""])
    del rows[3]
    file = read(batch, result_csv(rows))
    found = errors_of(file)
    assert set(found) == {0, 3, 5, 6}
    assert lines(batch)[3].reference in found[0]
    assert "2,000.00" in found[3]
    assert "2" in found[5]
    assert unchanged(batch)
    assert open_sealed(file) == result_csv(rows).read()
    with file.file.open() as stream:
        assert b"2000" not in stream.read()


@pytest.mark.parametrize(
    ("place", "value"),
    [(1, "-2000"), (1, "NaN"), (1, "1e9999"), (1, ""), (2, "也许"), (2, "batch cancelled"), (3, "2020-01-01"), (3, ""),
     (3, "2999-01-01"), (0, "")],
)  # fmt: skip
def test_absurd_cells_are_refused_on_their_row(place: int, value: str) -> None:
    batch = released(number=2)
    rows = rows_of(batch)
    rows[1][place] = value
    found = errors_of(read(batch, result_csv(rows)))
    assert found.get(3) or found.get(0)
    assert unchanged(batch)


def test_the_file_of_another_batch_is_refused_in_one_sentence() -> None:
    line = money()
    mine, other = released(line, 2), released(line, 3)
    found = errors_of(read(mine, result_csv(rows_of(other))))
    assert list(found) == [2]
    assert other.number in found[2]
    read(other, result_csv(rows_of(other)))
    assert other.number in errors_of(read(mine, result_csv(rows_of(other))))[0]
    assert unchanged(mine)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"MZ\x90\x00", "没有,表头\n1,2\n".encode(), b"PK\x03\x04broken"])
def test_what_is_no_result_is_kept_and_refused(content: bytes) -> None:
    batch = released(number=1)
    file = read(batch, SimpleUploadedFile("x.xlsx", content))
    assert errors_of(file)
    assert open_sealed(file) == content
    assert unchanged(batch)


def test_a_workbook_in_office_layout_is_read_and_a_wrong_card_is_refused_without_showing_it() -> None:
    batch = released(number=2)
    book_rows = rows_of(batch)
    cards = [line.account.card for line in batch.lines.select_related("account").order_by("order")]

    def workbook(second_card: str) -> SimpleUploadedFile:
        stream = BytesIO()
        with xlsxwriter.Workbook(stream) as book:
            page = book.add_worksheet("代发结果")
            page.merge_range(0, 0, 0, 5, "示例银行代发结果")
            page.write_row(1, 0, ["序号", "收款账号", *HEADINGS])
            for at, row in enumerate(book_rows):
                card = cards[0] if at == 0 else second_card
                page.write_row(2 + at, 0, [at + 1, card, row[0], float(row[1]), "交易成功", row[3], row[4]])
            page.write_row(4, 0, ["合计", "", "", 4000])
        return SimpleUploadedFile("结果.xlsx", stream.getvalue())

    found = errors_of(read(batch, workbook("6299000000000099999")))
    assert list(found) == [4]
    assert "6299000000000099999" not in str(found)
    assert read(batch, workbook(cards[1])).report["paid"] == 2


def test_a_result_waits_for_the_release() -> None:
    batch = sealed()
    with pytest.raises(DomainError) as refused:
        read_result(batch=batch, upload=result_csv(rows_of(batch)), actor=UserFactory())
    assert refused.value.code == "state"


def test_a_day_before_the_release_is_absurd_and_numbers_in_reasons_are_masked() -> None:
    batch = released(number=1)
    yesterday = timezone.localdate() - timedelta(days=1)
    assert errors_of(read(batch, result_csv(rows_of(batch, on=yesterday))))
    rows = rows_of(batch, {1: RETURNED})
    rows[0][4] = "账号6299000000000012345不存在"
    read(batch, result_csv(rows))
    assert "6299000000000012345" not in lines(batch)[0].return_reason
    assert Decimal(lines(batch)[0].amount) == 2000
