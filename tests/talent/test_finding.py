"""People are found by everything an officer may type: characters, pinyin, initials, places, in any mix."""

import pytest

from talent.models import Person
from tests.factories.organisations import UniversityFactory
from tests.factories.talent import person
from wenxi_portal.core import person_names

pytestmark = pytest.mark.django_db


@pytest.fixture
def li():
    return person(
        name="李晓彤",
        native_township="东示例镇",
        study=[{"university": UniversityFactory(name="武汉大学", short_name="武大", name_en="Wuhan University")}],
        work=[{"employer_name": "示例卫星中心", "post": "研究员", "city": "西安"}],
        fields=["遥感"],
    )


@pytest.mark.parametrize(
    "typed",
    [
        "lxt 武汉 遥感", "李 武大 yg", "lixiaotong", "xiaotong 示例镇", "晓彤 dslz", "xt slwx 西安", "ＬＸＴ　武汉",
        "lxt武汉 遥感", "Wuhan 研究员 李", "wxzx lxt", "Lǐ Xiǎotóng",
    ],
)  # fmt: skip
def test_a_mix_finds(li, typed):
    person(name="王样板")
    assert list(Person.objects.matching(typed)) == [li]


@pytest.mark.parametrize("typed", ["lxt 北京", "lxt 遥控", "tongxiao", "%"])
def test_what_does_not_fit_finds_nothing(li, typed):
    assert not Person.objects.matching(typed).exists()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("单示例", "shan sl ssl dan dsl"), ("曾示例", "zeng zsl ceng"), ("解示例", "xie xsl jie"),
        ("仇示例", "qiu qsl"), ("查示例", "zha zsl cha"), ("区示例", "ou osl qu"), ("尉迟示例", "yuchi ycsl 尉迟 迟示"),
        ("欧阳示例", "ouyang oysl ysl"), ("万俟示例", "moqi mqsl"), ("翟示例", "zhai di"), ("任示例", "ren rsl"),
        ("朴示例", "piao pu"), ("盖示例", "ge gai"), ("缪示例", "miao"), ("覃示例", "qin tan"), ("乐示例", "yue le"),
        ("阿卜杜拉·买买提", "买买提 拉买 阿卜杜拉买买提 abdl maimaiti 阿卜杜拉·买买提 abudula"),
        ("𠮷示例", "𠮷 𠮷示 sl"), ("李𬭚", "李𬭚 𬭚 li"), ("李〇", "〇 李〇"), ("李\ue000", "\ue000 李"),
        ("吕示例", "lv lu lyu lü lsl"), ("王晟", "wangsheng wangcheng ws wc"),
    ],
)  # fmt: skip
def test_names_are_found_by_every_reading(name, typed):
    one = person(name=name)
    missed = [words for words in typed.split() if one not in Person.objects.matching(words)]
    assert missed == []


def test_people_are_filed_under_the_reading_of_the_surname():
    names = ["单示例", "曾示例", "区示例", "尉迟示例", "仇示例", "李示例", "查示例"]
    assert sorted(names, key=person_names.sort_key) == [
        "李示例", "区示例", "仇示例", "单示例", "尉迟示例", "曾示例", "查示例",
    ]  # fmt: skip


def test_a_name_of_doubtful_characters_stays_cheap():
    assert len(person_names.lexemes(["乐长行朝重传藏单" * 5])) < 1000
