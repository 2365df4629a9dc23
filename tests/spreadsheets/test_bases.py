"""The register of bases comes in through the service of bases; a lead unit brings in its own only."""

import pytest
from django.utils import timezone

from bases.enums import BaseState
from bases.models import Base
from bases.sheets import BASES as BASES_SHEET
from tests.factories.accounts import staff
from tests.factories.bases import BaseFactory, BaseKindFactory
from tests.factories.organisations import HostFactory, LeadUnitFactory, MembershipFactory, UniversityFactory
from tests.spreadsheets.books import universities, xlsx
from tests.spreadsheets.conftest import BASES, ORGANISATIONS
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.services.roles import sync_roles
from wenxi_portal.core.errors import DomainError
from wenxi_portal.spreadsheets.enums import ImportState
from wenxi_portal.spreadsheets.models import ImportRun
from wenxi_portal.spreadsheets.office import office_workbook
from wenxi_portal.spreadsheets.services.reading import read_import

pytestmark = pytest.mark.django_db
HEADER = ["基地名称", "类别", "牵头部门", "共建单位", "合作高校", "授牌时间"]


@pytest.fixture
def officer(db):
    sync_roles()
    return MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER))


def test_a_new_base_is_planned_and_linked(read, write):
    kind, unit, partner, university = BaseKindFactory(), LeadUnitFactory(), HostFactory(), UniversityFactory()
    row = ["示例新基地", kind.name, unit.name, partner.name, university.name, ""]
    write(read(xlsx([HEADER, row]), BASES))
    base = Base.objects.get(name="示例新基地")
    assert (base.state, base.kind, base.lead_unit, base.local_partner) == (BaseState.PLANNED, kind, unit, partner)
    assert list(base.universities.all()) == [university]
    assert base.state_changes.count() == 1


def test_our_own_register_read_back_changes_nothing(read):
    BaseFactory(unveiled=True, universities=[UniversityFactory(), UniversityFactory()])
    BaseFactory(planned=True, lead_unit_inferred=True)
    BaseFactory(unsettled=True, local_partner=None)
    BaseFactory(state="unveiled", plaque_year=2021)
    BaseFactory(state="unveiled", plaque_note="年份待查")
    rows = BASES_SHEET.prepare(Base.objects.order_by("pk"))
    stream, _count = office_workbook(BASES_SHEET, rows, unit="示例单位", day=timezone.localdate())
    run = read(stream.read(), BASES)
    stream.close()
    assert run.counts == {"unchanged": 5}, [(row.kind, row.problems, row.changes) for row in run.rows.all()]


def test_the_year_of_the_plaque_alone_keeps_its_precision(read, write):
    base = BaseFactory(state="unveiled", plaque_note="年份待查", local_partner=None)
    run = write(read(xlsx([["名称", "类别", "授牌时间"], [base.name, base.kind.name, "2021年"]]), BASES))
    base.refresh_from_db()
    assert run.outcomes == {"changed": 1}
    assert (base.plaque_on, base.plaque_year) == (None, 2021)


def test_what_is_not_on_file_is_told(read):
    row = ["示例新基地", "不存在的类别", "不存在的单位", "不存在的厂", "不存在的大学", "2021-09-01"]
    problems = read(xlsx([HEADER, row]), BASES).rows.get().problems
    assert {name for name, _message, _cell in problems} >= {"kind", "lead_unit", "local_partner", "universities"}


def test_a_lead_unit_brings_in_its_own_rows_only(officer, read, write):
    kind, other = BaseKindFactory(), BaseFactory(name="示例他人基地", local_partner=None)
    own = officer.organisation.name
    rows = [
        ["名称", "类别", "牵头单位"],
        ["示例本单位基地", kind.name, own],
        ["示例外单位基地", kind.name, other.lead_unit.name],
        [other.name, kind.name, own],
        ["示例无单位基地", kind.name, ""],
    ]
    run = read(xlsx(rows), BASES, actor=officer.user)
    assert run.counts == {"new": 1, "error": 3}
    write(run, actor=officer.user)
    assert Base.objects.get(name="示例本单位基地").lead_unit == officer.organisation
    assert Base.objects.count() == 2


def test_a_lead_unit_may_not_bring_in_organisations(officer, read):
    with pytest.raises(DomainError):
        read(xlsx(universities("示例甲大学")), ORGANISATIONS, actor=officer.user)


def test_two_sheets_in_one_file_become_two_imports(read):
    kind, unit = BaseKindFactory(), LeadUnitFactory()
    bases = [HEADER, ["示例新基地", kind.name, unit.name, "", "", ""]]
    run = read(xlsx(universities("示例甲大学"), bases, titles=("单位", "基地")))
    assert (run.counts, run.facts["tabs"]) == ({"new": 1}, [["单位", 1]])
    sibling = ImportRun.objects.get(sibling_of=run)
    read_import(sibling.pk)
    sibling.refresh_from_db()
    assert (sibling.sheet, sibling.state, sibling.counts) == (BASES, ImportState.READY, {"new": 1})
    assert ImportRun.objects.count() == 2


def test_a_file_of_another_sheet_is_told_so(read):
    run = read(xlsx([HEADER, ["示例新基地", "1", "", "", "", ""]]), ORGANISATIONS)
    assert run.state == ImportState.REFUSED
    assert run.message
