"""The county's facts are loaded as published, once, and nothing is invented."""

import pytest
from django.core.management import CommandError, call_command

from bases.enums import AgreementState, BaseState
from bases.models import Agreement, AnnouncedFigure, Base, BaseKind, BaseStateChange
from wenxi_portal.organisations.models import Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county_facts")]

OFFICIAL_ORDER = [
    "大学生实习实训基地", "大学生就业创业基地", "高校科研平台延伸基地", "高校科技成果转化基地", "智库合作基地", "高校优质生源基地",
    "红色教育和国情教育基地", "大学生联合培养基地", "高校干部人才培养基地", "校友招商引才基地", "高校农产品供应基地", "技能服务人才培养基地",
]  # fmt: skip


def test_twelve_kinds_in_official_order_with_eight_lead_units():
    assert list(BaseKind.objects.in_official_order().values_list("name", flat=True)) == OFFICIAL_ORDER
    assert Organisation.objects.lead_units().count() == 8
    inferred = BaseKind.objects.filter(lead_unit_inferred=True).order_by("number").values_list("number", flat=True)
    assert list(inferred) == [2, 5, 7, 9, 10, 12]


def test_eleven_bases_on_file_of_fifteen_announced():
    assert Base.objects.public().count() == 11
    assert AnnouncedFigure.objects.get(key="bases_unveiled").value == 15
    assert not Base.objects.exclude(state=BaseState.UNVEILED).exists()


def test_unknown_dates_stay_empty_and_say_so():
    assert not Base.objects.filter(plaque_on__isnull=False).exists()
    assert not Base.objects.filter(plaque_note="").exists()
    assert not Agreement.objects.filter(signed_on__isnull=False).exists()
    assert not Agreement.objects.filter(valid_until__isnull=False).exists()


def test_kinds_that_may_be_two_are_left_open():
    open_kinds = {base.name: base.candidate_kinds.count() for base in Base.objects.filter(kind__isnull=True)}
    assert open_kinds == {
        "产学研合作基地": 2,
        "镁合金产学研研究基地": 2,
        "镁合金产教实践基地": 2,
        "学生社会实践基地": 2,
    }
    assert Base.objects.of_kind(4).count() == 2


def test_every_fact_is_there_in_english_too():
    assert not Organisation.objects.filter(name_en="").exists()
    assert not Organisation.objects.exclude(name_note="").filter(name_note_en="").exists()
    assert not Organisation.objects.exclude(introduction="").filter(introduction_en="").exists()
    for field in ("name_en", "summary_en", "plaque_note_en", "source_en"):
        assert not Base.objects.filter(**{field: ""}).exists(), field
    assert not Agreement.objects.filter(title_en="").exists()
    assert not Agreement.objects.filter(date_note_en="").exists()
    assert not Agreement.objects.exclude(summary="").filter(summary_en="").exists()
    assert not AnnouncedFigure.objects.filter(source_en="").exists()


def test_intents_are_shown_as_intents():
    assert sorted(Agreement.objects.intents().values_list("title", flat=True)) == [
        "与武汉理工大学的进一步合作意向",
        "武汉大学后勤供应合作意向",
    ]
    assert Agreement.objects.filter(state=AgreementState.SIGNED).count() == 3
    assert Agreement.objects.get(kind="long_term").papers == 3
    assert Agreement.objects.get(kind="framework").papers is None


def test_loading_again_changes_nothing_and_keeps_what_officers_wrote():
    Base.objects.filter(name="产学研合作基地").update(summary="经办人补充")
    counts = [model.objects.count() for model in (Organisation, BaseKind, Base, Agreement, BaseStateChange)]
    call_command("load_wenxi", verbosity=0)
    assert [model.objects.count() for model in (Organisation, BaseKind, Base, Agreement, BaseStateChange)] == counts
    assert Base.objects.get(name="产学研合作基地").summary == "经办人补充"


def test_demo_records_are_recognisable_repeatable_and_pass_every_constraint(settings, capsys):
    settings.DEBUG = True
    call_command("load_demo", scale=40)
    call_command("load_demo", scale=40)
    demo = Base.objects.filter(is_demo=True)
    assert demo.count() == 40
    assert all(base.name.startswith("演示") for base in demo)
    assert Agreement.objects.filter(is_demo=True).count() == 40
    assert Base.objects.matching("示例大学").filter(is_demo=True).count() == 40
    for base in demo:
        base.full_clean(exclude=["search_vector"])


def test_unpublished_demo_records_stay_behind_the_scenes(settings, capsys):
    settings.DEBUG = True
    call_command("load_demo", scale=12, unpublished=True)
    assert Base.objects.public().count() == 11
    assert Organisation.objects.public().universities().count() == 12
    assert Agreement.objects.public().count() == 5


def test_demo_records_are_refused_outside_development():
    with pytest.raises(CommandError):
        call_command("load_demo", scale=1)
