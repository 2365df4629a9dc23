"""Findings: found over many claims at once, taken back by the portal, settled by an officer, a bar until then."""

from datetime import timedelta
from io import BytesIO

import pytest
import xlsxwriter

from internships.models import AttendanceObjection, AttendanceSheet, Insurance
from internships.subsidies.enums import ClaimState, FlagKind
from internships.subsidies.models import Claim, ClaimFlag, OutsideEntry, OutsideList
from internships.subsidies.selectors.findings import findings_of
from internships.subsidies.services.findings import check_not_held, look_at, settle_finding
from internships.subsidies.services.outside import read_outside_list
from internships.subsidies.services.voiding import hold_uncovered
from talent.querysets import id_index
from tests.factories.accounts import UserFactory, staff
from tests.factories.stays import day, insured
from tests.factories.subsidies import claim_in
from tests.factories.talent import id_number, person
from wenxi_portal.core.errors import DomainError

pytestmark = pytest.mark.django_db
C, F = ClaimState, FlagKind


@pytest.fixture
def claim():
    """A claim about which there is nothing to find."""
    found = claim_in(C.FIRST_REVIEWED)
    insured(found.placement)
    return found


def kinds(claim):
    return sorted(claim.flags.filter(cleared_at=None).values_list("kind", flat=True))


def book(*rows, head=("姓名", "身份证号", "开始时间", "结束时间")):
    stream = BytesIO()
    workbook = xlsxwriter.Workbook(stream)
    sheet = workbook.add_worksheet()
    sheet.write(0, 0, "某某补贴发放名单")
    for at, row in enumerate([head, *rows], 1):
        for place, cell in enumerate(row):
            sheet.write(at, place, cell)
    workbook.close()
    return stream.getvalue()


def read(content, **kwargs):
    values = {"scheme_name": "示例补贴", "source": "示例单位", "starts_on": day(-60), "ends_on": None, **kwargs}
    return read_outside_list(content=content, actor=staff(), **values)


def test_nothing_is_found_where_nothing_is_wrong(claim):
    assert look_at() == {"new": 0, "over": 0}
    check_not_held(claim)


def test_a_gap_in_the_insurance_holds_voids_and_goes_when_it_is_closed(claim):
    Insurance.objects.filter(placement=claim.placement).update(cancelled_on=claim.ends_on - timedelta(days=3))
    assert hold_uncovered() == 1
    assert hold_uncovered() == 0
    claim.refresh_from_db()
    assert (claim.state, claim.round, kinds(claim)) == (C.ENROLLED, 2, [F.COVER_GAP])
    with pytest.raises(DomainError) as refusal:
        check_not_held(claim)
    assert refusal.value.code == "held"
    insured(claim.placement, policy_number="示例保单002")
    assert look_at() == {"new": 0, "over": 1}
    check_not_held(claim)
    Insurance.objects.filter(policy_number="示例保单002").update(cancelled_on=claim.ends_on - timedelta(days=3))
    assert look_at()["new"] == 1


def test_what_an_officer_settled_stays_settled(claim):
    Insurance.objects.all().update(cancelled_on=claim.ends_on)
    look_at()
    flag = claim.flags.get()
    with pytest.raises(DomainError):
        settle_finding(flag=flag, actor=staff(), reason=" ")
    officer = staff()
    settle_finding(flag=flag, actor=officer, reason="最后一天未到岗")
    settle_finding(flag=flag, actor=staff(), reason="第二次")
    assert look_at() == {"new": 0, "over": 0}
    flag.refresh_from_db()
    assert (flag.cleared_by, flag.clearing_reason) == (officer, "最后一天未到岗")
    check_not_held(claim)


def test_a_list_of_another_scheme_is_compared_and_no_number_of_it_is_kept(claim):
    number = claim.student.id_number
    others = [id_number(), id_number()]
    content = book(("甲", number, "2020.1", "2020.6"), ("乙", others[0], "", ""), ("丙", others[1], "2021年", ""))
    result = read(content)
    assert (result.problems, result.found, result.outside_list.rows) == ([], 0, 3)
    again = read(book(("甲", f"　{number} ", str(claim.starts_on), "")))
    assert again.found == 1
    assert kinds(claim) == [F.OTHER_SCHEME]
    stored = " ".join(str(row) for model in (OutsideList, OutsideEntry, ClaimFlag) for row in model.objects.values())
    assert number not in stored
    assert not any(other in stored for other in others)
    assert read(content).outside_list == result.outside_list
    assert OutsideList.objects.count() == 2


@pytest.mark.parametrize("row", [("甲", "123456", "", ""), ("甲", "", "2026-01-01", ""), ("甲", 140823199001010000, "", "")])
def test_a_list_with_a_bad_row_is_not_taken_in_at_all(claim, row):
    result = read(book(("乙", claim.student.id_number, "", ""), row))
    assert [number for number, _words in result.problems] == [4]
    assert not OutsideList.objects.exists()


def test_a_file_that_is_no_list_is_refused():
    for content in (b"\xff\xfe rubbish", book(("甲", "乙"), head=("姓名", "单位"))):
        with pytest.raises(DomainError):
            read(content)


def test_an_objection_to_a_sheet_holds(claim):
    sheet = AttendanceSheet.objects.create(
        placement=claim.placement, month=claim.starts_on.replace(day=1), state="objected", confirmed_by=UserFactory(),
        confirmed_at=claim.created_at,
    )  # fmt: skip
    objection = AttendanceObjection.objects.create(sheet=sheet, text="示例")
    look_at([claim])
    assert kinds(claim) == [F.OBJECTED_SHEET]
    AttendanceObjection.objects.filter(pk=objection.pk).update(state="rejected", answer="示例", answered_at=claim.created_at)
    look_at([claim])
    assert kinds(claim) == []


def test_the_same_person_under_two_accounts_is_found(claim):
    student = claim.student
    twin = person(number=student.id_number)
    assert twin.id_index == id_index(student.id_number)
    assert kinds(claim) == []
    twin.user = UserFactory()
    twin.save()
    look_at()
    assert kinds(claim) == [F.SAME_PERSON]
    twin.user = student.user
    twin.save()
    look_at()
    assert kinds(claim) == []
    # The other document of one person is that of another student.
    other = claim_in(C.SUBMITTED)
    insured(other.placement)
    second = person(number=other.student.id_number)
    second.merged_into = twin
    second.state = "merged"
    second.save()
    look_at()
    assert set(kinds(claim)) == set(kinds(other)) == {F.SAME_PERSON}


def test_many_claims_cost_no_more_statements(claim, django_assert_max_num_queries):
    for _number in range(3):
        insured(claim_in(C.SUBMITTED).placement)
    with django_assert_max_num_queries(14):
        findings_of(Claim.objects.all())
