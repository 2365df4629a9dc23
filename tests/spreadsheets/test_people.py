"""People come in document first; what has no document waits for an officer where it looks like somebody on file."""

from datetime import date

import pytest

from talent.models import Person
from tests.factories.talent import id_number, person
from tests.spreadsheets.books import xlsx

pytestmark = pytest.mark.django_db
PEOPLE = "talent.person"
HEADER = ["姓名", "身份证号", "手机号", "籍贯乡镇", "现工作单位", "职务", "城市", "毕业院校", "学历", "入学时间", "专业领域", "沟通语言", "所属数据库"]


def row(number: str, name: str = "测试甲", mobile: str = "13800000001") -> list[str]:
    return [name, number, mobile, "示例镇", "示例公司", "工程师", "太原市", "示例大学", "本科", "2018", "遥感、地理", "普通话", "在外人才"]


def test_new_people_are_entered_with_everything_that_hangs_on_them(read, write, department):
    number = id_number(date(1999, 3, 5))
    run = read(xlsx([HEADER, row(number)]), PEOPLE)
    assert run.counts == {"new": 1}, run.rows.get().problems
    write(run)
    found = Person.objects.with_document(number).get()
    assert (found.name, found.mobile, found.birth_date) == ("测试甲", "13800000001", date(1999, 3, 5))
    assert found.educations.get().started_on == date(2018, 9, 1)
    assert found.employments.get().post == "工程师"
    assert sorted(found.fields.values_list("name", flat=True)) == ["地理", "遥感"]
    assert found.memberships.get().database == "outstanding"
    assert found.state_changes.get().actor == department
    assert Person.objects.matching("csj 遥感 示例公司").get() == found
    assert found.events.get().pgh_context.metadata["user"] == department.pk
