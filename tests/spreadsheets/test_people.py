"""People come in document first; what has no document waits for an officer where it looks like somebody on file."""

from datetime import date

import pytest
from django.db import connection
from django.utils import timezone

from talent.models import Person, TownshipCollector
from talent.services.duplicate import merge_people
from talent.services.officer import name_officer
from talent.services.person import save_person
from talent.sheets.people import PEOPLE as SHEET
from tests.factories.accounts import staff
from tests.factories.organisations import LeadUnitFactory, MembershipFactory, UniversityFactory
from tests.factories.talent import person
from tests.spreadsheets.books import xlsx
from tests.spreadsheets.people import HEADER, MOBILE, PEOPLE, number, row, told
from tests.spreadsheets.test_files import as_csv, as_xls
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.services.roles import sync_roles
from wenxi_portal.core.errors import DomainError
from wenxi_portal.spreadsheets.enums import Decision
from wenxi_portal.spreadsheets.office import office_workbook
from wenxi_portal.spreadsheets.services.deciding import decide_all_twins, decide_twin

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db):
    sync_roles()
    return MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER))


def test_new_people_are_entered_with_everything_that_hangs_on_them(read, write, department):
    document, university = number(), UniversityFactory(name="示例大学")
    write(read(xlsx([HEADER, row(document)]), PEOPLE))
    found = Person.objects.with_document(document).get()
    assert (found.name, found.mobile, found.birth_date) == ("测试甲", MOBILE, date(1999, 3, 5))
    assert (found.educations.get().started_on, found.educations.get().university) == (date(2018, 9, 1), university)
    assert found.employments.get().post == "工程师"
    assert sorted(found.fields.values_list("name", flat=True)) == ["地理", "遥感"]
    assert found.memberships.get().database == "outstanding"
    assert found.state_changes.get().actor == department
    assert Person.objects.matching("csj 遥感 示例公司").get() == found
    assert found.events.get().pgh_context.metadata["user"] == department.pk


def test_several_people_of_universities_on_file_are_entered_and_found_by_them(read, write, department):
    UniversityFactory(name="示例大学")
    rows = [row(number(), name, f"1380000001{at}") for at, name in enumerate(("测试甲", "测试乙", "测试丙"))]
    assert write(read(xlsx([HEADER, *rows]), PEOPLE)).outcomes == {"entered": 3}
    assert Person.objects.matching("shilidaxue 测试").count() == 3


def test_year_and_month_of_birth_are_enough_beside_a_document(read, write, department):
    fits, other = number(date(1999, 3, 5)), number(date(1999, 3, 5))
    run = read(
        xlsx(
            [
                ["姓名", "身份证号", "出生年月", "手机号"],
                ["测试甲", fits, "1999.3", "13800000011"],
                ["测试乙", other, "1999年4月", "13800000012"],
                ["测试丙", "", "1999年3月", "13800000013"],
            ]
        ),
        PEOPLE,
    )
    assert told(run) == {3: {"birth_date"}, 4: {"birth_date"}}
    write(run)
    assert Person.objects.get().birth_date == date(1999, 3, 5)


@pytest.mark.parametrize("made", [xlsx, as_xls, lambda rows: as_csv(rows, "gb18030")], ids=["xlsx", "xls", "gb18030"])
def test_the_same_file_twice_changes_nothing(read, write, made):
    rows = [
        HEADER,
        row(number()),
        ["买买提•艾力 ", "", "+86 138-0000-0002", "示例镇"],
        ["测 试 乙", "", "", "", *[""] * 3, "示例大学"],
    ]
    rows = [[*line, *[""] * (len(HEADER) - len(line))] for line in rows]
    assert write(read(made(rows), PEOPLE)).outcomes == {"entered": 3}
    assert Person.objects.filter(name="买买提·艾力").get().mobile == "13800000002"
    before = list(Person.objects.order_by("pk").values())
    again = read(made(rows), PEOPLE)
    assert again.counts == {"unchanged": 3}, list(again.rows.values("number", "kind", "problems", "twins"))
    assert write(again).outcomes == {}
    assert list(Person.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("revealed", [False, True])
def test_our_own_register_read_back_changes_nothing(read, revealed):
    person(name="测试甲", number=number(), mobile=MOBILE, fields=["遥感", "地理"], languages=["zh", "wenxi"],
           study=[{"university_name": "示例大学", "level": "bachelor", "started_on": date(2018, 9, 3)}],
           work=[{"employer_name": "示例公司", "post": "工程师"}], sex="2", consent_on=date(2026, 1, 1))  # fmt: skip
    answered = person(name="测试乙", birth_date=date(1990, 1, 2), email="b@example.org")
    name_officer(people=[answered.pk], officer=staff(), actor=staff())
    person(name="测试丙", mobile="13800000003", study=[{"university": UniversityFactory(), "major": "测绘"}])
    sheet = SHEET.revealed() if revealed else SHEET
    rows = SHEET.prepare(Person.objects.order_by("pk"))
    stream, _count = office_workbook(sheet, rows, unit="示例单位", day=timezone.localdate())
    run = read(stream.read(), PEOPLE)
    stream.close()
    assert run.counts == {"unchanged": 3}, list(run.rows.values("kind", "problems", "changes", "twins"))


def test_every_problem_is_told_on_its_row(read):
    good, other = number(), number()
    mangled = "140823199903051000"
    rows = [
        [*HEADER[:3], "出生日期", "性别", "证件类型", "职务", "专业", "归口单位", "邮箱"],
        ["测试甲", mangled],
        ["测试甲", 140823199903051234.0],
        ["测试甲", good[:-1] + ("1" if good[-1] != "1" else "2")],
        ["测试甲", good, "", "2000-01-01"],
        ["测试甲", other, "", "", "男" if int(other[16]) % 2 == 0 else "女"],
        ["测试甲", number(), "", "", "", "护照号码"],
        ["测试甲", number(), "12345"],
        ["测试甲"],
        ["测试甲", "", "", "2999-01-01"],
        ["测试甲", number(), "", "", "", "", "工程师", "测绘"],
        ["测试甲", number(), "", "", "", "", "", "", "没有的单位"],
        ["测试甲", number(), "", "", "", "", "", "", "", "no address"],
        ["", number()],
        ["测试甲", "1408************12"],
    ]
    run = read(xlsx(rows), PEOPLE)
    assert told(run) == {
        2: {"id_number"}, 3: {"id_number"}, 4: {"id_number"}, 5: {"birth_date"}, 6: {"sex"}, 7: {"document_kind"},
        8: {"mobile"}, 9: {"name"}, 10: {"birth_date"}, 11: {"university", "employer"}, 12: {"owner_unit"},
        13: {"email"}, 14: {"name"}, 15: {"id_number"},
    }  # fmt: skip
    assert mangled not in str(list(run.rows.values("problems")))
    assert good not in str(list(run.rows.values("problems")))
    again = read(xlsx([HEADER, row(good), row(good, mobile="13800000002")]), PEOPLE)
    assert told(again) == {3: {""}}, "two rows of one file contradict each other"


def test_a_number_on_file_under_another_name_overwrites_nobody(read):
    document = number()
    person(name="测试甲", number=document, former_names="测试旧名")
    run = read(xlsx([HEADER, row(document, name="测试乙"), row(number(), name="测试丙")]), PEOPLE)
    assert told(run) == {2: {"name"}}
    assert read(xlsx([HEADER[:2], ["测试旧名", document]]), PEOPLE).counts == {"changed": 1}


def test_a_document_leads_through_a_merge_to_the_record_in_use(read, write):
    document = number()
    gone = person(name="测试甲", number=document)
    kept = person(name="测试甲")
    merge_people(kept=kept, gone=gone, actor=None, reason="测试")
    run = read(xlsx([HEADER[:3], ["测试甲", document, MOBILE]]), PEOPLE)
    assert run.rows.get().target == kept.pk


def test_changes_of_people_on_file_add_and_complete_but_take_nothing_away(read, write):
    document = number()
    found = person(
        name="测试甲", number=document, study=[{"university_name": "旧大学"}], work=[{"employer_name": "旧单位"}]
    )
    run = read(xlsx([HEADER, row(document)]), PEOPLE)
    line = run.rows.get()
    assert (line.kind, {name for name, _old, _new in line.changes}) == (
        "changed",
        {"mobile", "university", "level", "enrolled", "employer", "post", "city", "fields", "languages", "databases"},
    )
    write(run)
    found.refresh_from_db()
    assert (found.mobile, found.revision) == (MOBILE, 2)
    assert {each.place for each in found.educations.all()} == {"旧大学", "示例大学"}
    assert {each.place for each in found.employments.all()} == {"旧单位", "示例公司"}
    assert Person.objects.matching("示例公司").get() == found
    assert Person.objects.with_mobile(MOBILE).get() == found
    assert read(xlsx([HEADER, row(document)]), PEOPLE).counts == {"unchanged": 1}


def test_a_record_changed_after_the_preview_stays_as_it_is(read, write):
    document = number()
    found = person(name="测试甲", number=document)
    run = read(xlsx([HEADER, row(document)]), PEOPLE)
    found.note = "另一位经办人"
    save_person(person=found, actor=None)
    assert write(run).outcomes == {"overtaken": 1}
    assert Person.objects.get(pk=found.pk).mobile == ""


@pytest.fixture
def alike(read):
    """Four rows that resemble somebody: by birth, by mobile, by university, and one that resembles two."""
    born = date(1990, 5, 6)
    person(name="测试甲", birth_date=born)
    person(name="测试乙", mobile=MOBILE)
    person(name="测试丙", study=[{"university_name": "示例大学", "started_on": date(2010, 9, 1)}])
    person(name="测试丁", birth_date=born)
    person(name="测试丁", birth_date=born, note="另一人")
    header = ["姓名", "身份证号", "出生日期", "手机号", "毕业院校", "入学时间", "来源"]
    rows = [
        ["测试甲", number(born), "", "", "", "", "名册"],
        ["测试乙的亲戚", "", "", MOBILE, "", "", "名册"],
        ["测试丙", "", "", "", "示例大学", "2010", "名册"],
        ["测试丁", "", "1990-05-06", "", "", "", "名册"],
        ["测试丙", number(), "", "", "示例大学", "2016", "名册"],
    ]
    run = read(xlsx([header, *rows]), PEOPLE)
    assert run.counts == {"duplicate": 4, "new": 1}, list(run.rows.values("number", "kind", "problems"))
    return run


def test_possible_duplicates_are_entered_as_new_in_bulk_or_left_out(alike, write, department):
    run = alike
    assert decide_all_twins(run=run, decision=Decision.NEW, actor=department) == (4, 0)
    assert decide_all_twins(run=run, decision=Decision.SKIP, actor=department) == (4, 0)
    assert write(run).outcomes == {"entered": 1}


def test_possible_duplicates_are_taken_for_the_record_in_bulk(alike, write, department):
    run = alike
    assert decide_all_twins(run=run, decision=Decision.SAME, actor=department) == (3, 1)
    lines = {line.number: line for line in run.rows.filter(kind="duplicate")}
    assert {name for name, _old, _new in lines[2].changes} == {"id_number", "document_kind", "sex", "source"}
    first, second = (pk for pk, _name in lines[5].twins)
    decide_twin(run=run, row_number=lines[5].pk, decision=Decision.SAME, same_as=second, actor=department)
    with pytest.raises(DomainError):
        decide_twin(
            run=run, row_number=lines[5].pk, decision=Decision.SAME, same_as=lines[2].twins[0][0], actor=department
        )
    assert write(run).outcomes == {"changed": 4, "entered": 1}
    assert Person.objects.filter(name="测试甲").get().id_number
    assert Person.objects.get(pk=second).source == "名册"
    assert Person.objects.get(pk=first).source == ""


def test_a_shared_phone_is_no_likeness_between_two_documents(read):
    person(name="测试甲", number=number(), mobile=MOBILE)
    assert read(xlsx([HEADER[:3], ["测试乙", number(), MOBILE]]), PEOPLE).counts == {"new": 1}


def test_a_unit_brings_in_its_own_people_and_learns_nothing_of_others(officer, read, write):
    foreign = number()
    person(name="裴外单位", number=foreign, birth_date=date(1999, 3, 5), mobile="13900000009")
    rows = [
        ["姓名", "身份证号", "出生日期", "手机号", "归口单位"],
        ["测试甲", number(), "", "", ""],
        ["裴外单位", foreign, "", "", ""],
        ["测试乙", number(), "", "", LeadUnitFactory().name],
        ["裴外单位", "", "1999-03-05", "", ""],
    ]
    run = read(xlsx(rows), PEOPLE, actor=officer.user)
    assert run.counts == {"new": 1, "error": 2, "duplicate": 1}
    assert told(run) == {3: {"id_number"}, 4: {"owner_unit"}}
    wrong = read(xlsx([rows[0][:2], ["随便写的", foreign]]), PEOPLE, actor=officer.user)
    assert wrong.rows.get().problems == run.rows.get(number=3).problems, "a right and a wrong name look alike"
    twin = run.rows.get(number=5)
    assert [pk for pk, _name in twin.twins] == [0]
    assert "1999" not in str(twin.twins)
    assert decide_all_twins(run=run, decision=Decision.SAME, actor=officer.user) == (0, 1)
    write(run, actor=officer.user)
    assert Person.objects.filter(owner_unit=officer.organisation).get().name == "测试甲"


def test_the_officer_is_named_by_name_and_must_see_the_record(officer, read, write):
    stranger = MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER)).user
    rows = [["姓名", "身份证号", "归口单位", "责任人"]]
    rows += [["测试甲", number(), officer.organisation.name, name]
             for name in (officer.user.name, stranger.name, "无此人")]  # fmt: skip
    run = read(xlsx(rows), PEOPLE)
    assert told(run) == {3: {"officer"}, 4: {"officer"}}
    write(run)
    assert Person.objects.get().officer == officer.user


def test_a_collector_brings_in_people_of_the_own_township(officer, read, write):
    TownshipCollector.objects.create(user=officer.user, township="示例镇")
    other = number()
    person(name="测试丙", number=other, native_township="别处镇", owner_unit=officer.organisation)
    rows = [[*HEADER[:2], "籍贯乡镇"], ["测试甲", number(), ""], ["测试乙", number(), "别处镇"], ["测试丙", other, ""]]
    run = read(xlsx(rows), PEOPLE, actor=officer.user)
    assert told(run) == {3: {"native_township"}, 4: {"id_number"}}
    write(run, actor=officer.user)
    assert Person.objects.get(name="测试甲").native_township == "示例镇"


def test_numbers_wait_sealed(read):
    document = number()
    person(name="测试甲", number=document, mobile="13800000009")
    run = read(xlsx([HEADER, row(document), row(number(), "测试乙")]), PEOPLE)
    assert run.counts == {"changed": 1, "new": 1}
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(r::text, ' ') FROM spreadsheets_importrow r")
        stored = cursor.fetchone()[0]
    assert document not in stored
    assert MOBILE not in stored
    assert "13800000009" not in stored
