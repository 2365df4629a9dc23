"""The register of agreements comes in through the services of agreements; a signed paper is completed, not corrected."""

from datetime import date

import pytest
from django.utils import timezone

from bases.enums import AgreementState, PartySide
from bases.models import Agreement
from bases.sheets import AGREEMENTS as SHEET
from tests.factories.accounts import staff
from tests.factories.bases import AgreementFactory, BaseFactory
from tests.factories.organisations import LeadUnitFactory, MembershipFactory, UniversityFactory
from tests.spreadsheets.books import xlsx
from wenxi_portal.accounts.enums import Role
from wenxi_portal.spreadsheets.office import office_workbook

pytestmark = pytest.mark.django_db
AGREEMENTS = "bases.agreement"
HEADER = ["协议名称", "类别", "签约方", "牵头单位", "签订日期", "有效期至", "基地", "来源"]
KIND = "合作框架协议"


def problems(run):
    return {name for row in run.rows.all() for name, _message, _cell in row.problems}


def test_a_new_row_is_an_intent_or_signed(read, write):
    unit, university, base = LeadUnitFactory(), UniversityFactory(), BaseFactory(local_partner=None)
    parties = f"{unit.name}、{university.name}、示例未建档单位"
    rows = [
        HEADER,
        ["示例已签协议", KIND, parties, unit.name, "2021.9.1", "2031-09-01", base.name, "示例来源"],
        ["示例某年协议", KIND, parties, unit.name, "2021年", "", "", ""],
        ["示例合作意向", KIND, "", unit.name, "", "", "", ""],
    ]
    run = write(read(xlsx(rows), AGREEMENTS))
    assert run.outcomes == {"entered": 3}, run.message
    signed, year, intent = (Agreement.objects.get(title=row[0]) for row in rows[1:])
    assert (signed.state, signed.signed_on, signed.valid_until) == ("signed", date(2021, 9, 1), date(2031, 9, 1))
    assert list(signed.bases.all()) == [base]
    assert {party.name: party.side for party in signed.parties.all()} == {
        unit.name: PartySide.COUNTY, university.name: PartySide.UNIVERSITY, "示例未建档单位": PartySide.OTHER,
    }  # fmt: skip
    assert [move.to_state for move in signed.state_changes.order_by("pk")] == ["intent", "signed"]
    assert (year.state, year.signed_on, year.signed_year) == ("signed", None, 2021)
    assert intent.state == AgreementState.INTENT
    assert read(xlsx(rows), AGREEMENTS).counts == {"unchanged": 3}


def test_our_own_register_read_back_changes_nothing(read):
    AgreementFactory(signed=True, party=UniversityFactory(), bases=[BaseFactory()])
    AgreementFactory(terminated=True)
    AgreementFactory(lead_unit=None)
    stream, _count = office_workbook(
        SHEET, SHEET.prepare(Agreement.objects.order_by("pk")), unit="示例单位", day=timezone.localdate()
    )
    run = read(stream.read(), AGREEMENTS)
    stream.close()
    assert run.counts == {"unchanged": 3}, [(row.kind, row.problems, row.changes) for row in run.rows.all()]


def test_a_signed_paper_is_completed_and_not_corrected(read, write):
    paper = AgreementFactory(signed=True, valid_until=None, papers=1, party=UniversityFactory())
    signed = paper.signed_on.isoformat()
    header = ["协议名称", "类别", "签订日期", "有效期至", "份数"]
    assert problems(read(xlsx([header, [paper.title, KIND, signed, "", 7]]), AGREEMENTS)) == {"papers"}
    parties = [["协议名称", "类别", "签订日期", "签约方"], [paper.title, KIND, signed, "示例另一方、示例又一方"]]
    assert problems(read(xlsx(parties), AGREEMENTS)) == {"parties"}
    run = write(read(xlsx([header, [paper.title, KIND, signed, "2049-12-31", ""]]), AGREEMENTS))
    paper.refresh_from_db()
    assert (run.outcomes, paper.valid_until) == ({"changed": 1}, date(2049, 12, 31))


def test_what_cannot_be_is_told(read):
    intent = AgreementFactory()
    rows = [
        HEADER,
        ["示例甲", "不存在的类别", "", "", "", "", "", ""],
        ["示例戊", KIND, "", "不存在的单位", "", "", "不存在的基地", ""],
        ["示例乙", KIND, "只有一方", "", "2021-01-01", "", "", ""],
        ["示例丙", KIND, "一方、另一方", "", "2099-01-01", "", "", ""],
        ["示例丁", KIND, "一方、另一方", "", "2021-01-01", "2020-01-01", "", ""],
        [intent.title, KIND, "一方、另一方", "", "2021-01-01", "", "", ""],
    ]
    found = {
        row.values["title"]: {name for name, *_rest in row.problems} for row in read(xlsx(rows), AGREEMENTS).rows.all()
    }
    assert found == {
        "示例甲": {"kind"},
        "示例戊": {"lead_unit", "bases"},
        "示例乙": {"parties"},
        "示例丙": {"signed"},
        "示例丁": {"valid_until"},
        intent.title: {"signed"},
    }


def test_a_lead_unit_brings_in_its_own_agreements_only(read, write):
    member = MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER))
    other = AgreementFactory()
    rows = [
        ["协议名称", "类别", "牵头单位"],
        ["示例本单位意向", KIND, member.organisation.name],
        ["示例外单位意向", KIND, other.lead_unit.name],
        [other.title, KIND, member.organisation.name],
        ["示例无单位意向", KIND, ""],
    ]
    run = read(xlsx(rows), AGREEMENTS, actor=member.user)
    assert run.counts == {"new": 1, "error": 3}
    write(run, actor=member.user)
    assert Agreement.objects.get(title="示例本单位意向").lead_unit == member.organisation
