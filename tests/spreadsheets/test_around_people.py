"""Studies, contacts and channels name people on file; whoever is not one's own looks as if absent."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from talent.models import Channel, Contact, Education, Person
from talent.sheets import CHANNELS, CONTACTS, EDUCATION
from tests.factories.accounts import staff
from tests.factories.organisations import MembershipFactory, UniversityFactory
from tests.factories.talent import ChannelFactory, contact, person
from tests.spreadsheets.books import xlsx
from tests.spreadsheets.people import MOBILE, number, told
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.services.roles import sync_roles
from wenxi_portal.spreadsheets.office import office_workbook

pytestmark = pytest.mark.django_db
STUDIES, TALKS, PLACES = "talent.education", "talent.contact", "talent.channel"
STUDY = ["姓名", "身份证号", "手机号", "毕业院校", "学历", "专业", "入学时间", "毕业时间"]
TALK = ["姓名", "身份证号", "手机号", "联系日期", "形式", "联系内容", "下一步", "完成时限", "责任人", "无下一步原因"]


def exported(sheet, rows):
    stream, _count = office_workbook(sheet, sheet.prepare(rows), unit="示例单位", day=timezone.localdate())
    with stream:
        return stream.read()


def test_a_study_is_added_or_completed_under_number_or_mobile_and_name(read, write):
    document = number()
    first = person(name="测试甲", number=document)
    second = person(name="测试乙", mobile=MOBILE, study=[{"university_name": "示例大学"}])
    rows = [STUDY, ["测试甲", document, "", "示例大学", "硕士", "遥感", "2021", "2024"],
            ["测试乙", "", MOBILE, "示例大学", "本科", "测绘", "2015.9", "2019-06-20"]]  # fmt: skip
    run = read(xlsx(rows), STUDIES)
    assert run.counts == {"new": 1, "changed": 1}, list(run.rows.values("problems"))
    write(run)
    study = first.educations.get()
    assert (study.level, study.started_on, study.ended_on) == ("master", date(2021, 9, 1), date(2024, 6, 30))
    assert second.educations.get().ended_on == date(2019, 6, 20)
    assert Person.objects.matching("示例大学").count() == 2
    first.refresh_from_db()
    assert first.revision == 2
    assert read(xlsx(rows), STUDIES).counts == {"unchanged": 2}


def test_problems_of_studies(read):
    sync_roles()
    officer = MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER))
    own, foreign, mangled = number(), number(), "140823199903051000"
    person(name="测试甲", number=own, owner_unit=officer.organisation)
    person(name="裴外单位", number=foreign)
    for _twin in range(2):
        person(name="测试丙", mobile=MOBILE, owner_unit=officer.organisation)
    rows = [
        STUDY,
        ["测试甲", own, "", "示例大学", "", "", "2020", "2019"],
        ["测试乙", own, "", "示例大学"],
        ["裴外单位", foreign, "", "示例大学"],
        ["测试丁", number(), "", "示例大学"],
        ["测试甲", mangled, "", "示例大学"],
        ["测试甲", "", "", "示例大学"],
        ["测试丙", "", MOBILE, "示例大学"],
        ["测试甲", own, "", "", "学堂"],
    ]
    run = read(xlsx(rows), STUDIES, actor=officer.user)
    assert told(run) == {
        2: {"graduated"}, 3: {"name"}, 4: {"id_number"}, 5: {"id_number"}, 6: {"id_number"}, 7: {"id_number"},
        8: {"name"}, 9: {"university", "level"},
    }  # fmt: skip
    absent, hidden = (run.rows.get(number=at).problems for at in (4, 5))
    assert absent == hidden
    for secret in (own, foreign, mangled):
        assert secret not in str(list(run.rows.values("problems")))


def test_contacts_are_entered_once_with_what_follows(read, write, department):
    document, officer = number(), staff()
    found = person(name="测试甲", number=document)
    due = timezone.localdate() + timedelta(days=7)
    rows = [TALK, ["测试甲", document, "", "2026-01-05", "走访", "谈回乡", "寄资料", due.isoformat(), officer.name],
            ["测试甲", document, "", "2026-01-06", "通话", "拜年", "", "", "", "只是问候"],
            ["测试甲", document, "", "2026-01-07", "通话", "再谈", "回电话", due.isoformat(), ""]]  # fmt: skip
    assert write(read(xlsx(rows), TALKS)).outcomes == {"entered": 3}
    steps = dict(found.contacts.values_list("summary", "next_owner"))
    assert steps == {"谈回乡": officer.pk, "拜年": None, "再谈": department.pk}
    found.refresh_from_db()
    assert found.last_contacted_on == date(2026, 1, 7)
    assert read(xlsx(rows), TALKS).counts == {"unchanged": 3}


def test_problems_of_contacts(read):
    document = number()
    person(name="测试甲", number=document)
    day, future = "2026-01-05", (timezone.localdate() + timedelta(days=2)).isoformat()
    rows = [
        TALK,
        ["测试甲", document, "", day, "走访", "一"],
        ["测试甲", document, "", day, "走访", "二", "寄资料"],
        ["测试甲", document, "", day, "走访", "三", "寄资料", future, "没有的人"],
        ["测试甲", document, "", future, "走访", "四", "", "", "", "只是问候"],
        ["测试甲", number(), "", day, "走访", "五", "", "", "", "只是问候"],
        ["测试甲", document, "", day, "托梦", "六", "", "", "", "只是问候"],
        ["测试甲", document, "", day, "走访", "七", "寄资料", future, "", "也有原因"],
    ]
    assert told(read(xlsx(rows), TALKS)) == {
        2: {"next_step"}, 3: {"next_due"}, 4: {"next_owner"}, 5: {"on"}, 6: {"id_number"}, 7: {"kind"}, 8: {"next_step"},
    }  # fmt: skip


def test_channels_by_name(read, write):
    university, old = UniversityFactory(), ChannelFactory(name="示例站")
    rows = [["渠道名称", "类别", "地点", "高校", "成立日期", "是否运行"], ["示例站", "服务站", "新地", "", "", "否"],
            ["示例校友会", "校友会", "", university.name, "2020-01-02", ""], ["示例坏会", "校友会", "", "没有的大学", "", ""]]  # fmt: skip
    run = read(xlsx(rows), PLACES)
    assert run.counts == {"changed": 1, "new": 1, "error": 1}
    write(run)
    old.refresh_from_db()
    assert (old.place, old.is_active) == ("新地", False)
    assert Channel.objects.get(name="示例校友会").university == university
    assert read(xlsx(rows[:3]), PLACES).counts == {"unchanged": 2}


def test_our_own_registers_read_back_change_nothing(read):
    found = person(name="测试甲", number=number(), study=[{"university_name": "示例大学", "level": "master"}])
    person(name="测试乙", mobile=MOBILE, study=[{"university": UniversityFactory(), "started_on": date(2018, 9, 3)}])
    owner = staff()
    contact(found, due=timezone.localdate() + timedelta(days=3), owner=owner, summary="谈回乡")
    contact(found, summary="拜年")
    ChannelFactory(university=UniversityFactory(), founded_on=date(2020, 1, 2), is_active=False)
    for sheet, rows, label, count in (
        (EDUCATION, Education.objects.all(), STUDIES, 2),
        (CONTACTS, Contact.objects.all(), TALKS, 2),
        (CHANNELS, Channel.objects.all(), PLACES, 1),
    ):
        run = read(exported(sheet, rows), label)
        assert run.counts == {"unchanged": count}, (label, list(run.rows.values("problems", "changes")))
