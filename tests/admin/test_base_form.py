"""Entering and editing a base: own units, own rows, stale forms, twins."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from bases.enums import BaseState
from bases.models import Base
from tests.admin.posting import form_values
from tests.factories.bases import BaseFactory, BaseKindFactory
from tests.factories.organisations import LeadUnitFactory, UniversityFactory

ADD = "admin:bases_base_add"


def change(base):
    return reverse("admin:bases_base_change", args=[base.pk])


def test_an_officer_enters_a_planned_base_of_the_own_unit(officer):
    kind, university = BaseKindFactory(), UniversityFactory()
    values = form_values(officer.client, reverse(ADD)) | {
        "name": "示例新基地",
        "kind": kind.pk,
        "university_links-TOTAL_FORMS": 1,
        "university_links-0-university": university.pk,
        "university_links-0-note": "示例学院",
    }
    response = officer.client.post(reverse(ADD), values)
    assert response.status_code == 302
    base = Base.objects.get(name="示例新基地")
    assert (base.state, base.lead_unit) == (BaseState.PLANNED, officer.unit)
    assert [(link.university, link.note) for link in base.university_links.all()] == [(university, "示例学院")]
    assert base.state_changes.get().actor == officer.user


def test_an_officer_cannot_enter_a_base_for_another_unit(officer):
    values = form_values(officer.client, reverse(ADD)) | {
        "name": "示例新基地",
        "kind": BaseKindFactory().pk,
        "lead_unit": LeadUnitFactory().pk,
    }
    response = officer.client.post(reverse(ADD), values)
    assert response.status_code == 200
    assert "lead_unit" in response.context_data["adminform"].form.errors
    assert not Base.objects.exists()


def test_an_officer_cannot_hand_a_base_to_another_unit_or_to_none(officer):
    base = BaseFactory(lead_unit=officer.unit)
    for other in (LeadUnitFactory().pk, ""):
        values = form_values(officer.client, change(base)) | {"lead_unit": other}
        assert officer.client.post(change(base), values).status_code == 200
    base.refresh_from_db()
    assert base.lead_unit == officer.unit


@pytest.mark.parametrize("address", ["change", "history", "delete", "unveil", "add_paper"])
def test_rows_of_others_and_absent_rows_look_alike(officer, address):
    foreign = BaseFactory(lead_unit=LeadUnitFactory())
    name = f"admin:bases_base_{address}"
    answers = {officer.client.get(reverse(name, args=[pk])).status_code for pk in (foreign.pk, foreign.pk + 999)}
    assert answers == ({403} if address == "delete" else {404})


def test_the_list_shows_an_officer_the_own_rows_only(officer):
    own, _foreign = BaseFactory(lead_unit=officer.unit), BaseFactory()
    response = officer.client.get(reverse("admin:bases_base_changelist"))
    assert list(response.context_data["cl"].result_list) == [own]


def test_a_stale_form_overwrites_nothing_and_keeps_what_was_typed(department):
    base = BaseFactory(name="示例旧名")
    values = form_values(department.client, change(base))
    assert department.client.post(change(base), values | {"place": "别人填的"}).status_code == 302
    response = department.client.post(change(base), values | {"place": "我填的"})
    assert response.status_code == 200
    form = response.context_data["adminform"].form
    assert "我填的" in response.rendered_content
    assert form.non_field_errors()
    base.refresh_from_db()
    assert base.place == "别人填的"


def test_a_second_submit_names_the_record_of_the_first(department):
    values = form_values(department.client, reverse(ADD)) | {"name": "示例双击", "kind": BaseKindFactory().pk}
    assert department.client.post(reverse(ADD), values).status_code == 302
    response = department.client.post(reverse(ADD), values)
    assert response.status_code == 200
    first = Base.objects.get(name="示例双击")
    assert change(first) in response.rendered_content


def test_a_twin_of_another_unit_is_not_named(officer):
    foreign = BaseFactory(name="示例别家", local_partner=None)
    values = form_values(officer.client, reverse(ADD)) | {"name": "示例别家", "kind": BaseKindFactory().pk}
    response = officer.client.post(reverse(ADD), values)
    assert response.status_code == 200
    assert change(foreign) not in response.rendered_content


def test_the_year_follows_the_day(department):
    base = BaseFactory(unveiled=True)
    values = form_values(department.client, change(base)) | {"plaque_on": "2022-03-05", "plaque_year": ""}
    assert department.client.post(change(base), values).status_code == 302
    base.refresh_from_db()
    assert base.plaque_year == 2022


def test_history_tells_fields_in_words(department):
    base = BaseFactory(place="旧地点")
    values = form_values(department.client, change(base)) | {"place": "新地点"}
    department.client.post(change(base), values)
    page = department.client.get(reverse("admin:bases_base_history", args=[base.pk])).rendered_content
    assert "旧地点" in page
    assert "新地点" in page
    assert str(department.user) in page


def test_history_names_the_record_and_tells_why_it_moved(department):
    base = BaseFactory(name="示例历程基地", planned=True)
    values = {"reason": "揭牌仪式如期举行", "year": "2024"}
    department.client.post(reverse("admin:bases_base_unveil", args=[base.pk]), values)
    response = department.client.get(reverse("admin:bases_base_history", args=[base.pk]))
    latest = response.context_data["changes"][0]
    assert (latest.row, latest.reason, latest.who) == ("基地 示例历程基地", "揭牌仪式如期举行", str(department.user))
    assert ("筹建中", "已授牌") in [(each.old, each.new) for each in latest.fields]
    assert "揭牌仪式如期举行" in response.rendered_content


@pytest.mark.parametrize("revision", ["", "abc", None])
def test_a_page_without_its_version_is_told_in_a_sentence(department, revision):
    base = BaseFactory(place="旧地点")
    values = form_values(department.client, change(base)) | {"place": "新地点", "expected_revision": revision}
    if revision is None:
        del values["expected_revision"]
    response = department.client.post(change(base), values)
    assert response.status_code == 200
    form = response.context_data["adminform"].form
    assert form.non_field_errors() == ["无法确认您修改的是哪一版。请重新打开页面后再保存。"]
    assert "expected_revision" not in form.errors
    assert "新地点" in response.rendered_content
    base.refresh_from_db()
    assert base.place == "旧地点"


def test_a_sign_that_cannot_be_seen_is_told_in_a_sentence(department):
    values = form_values(department.client, reverse(ADD)) | {"name": "示例\x00基地"}
    form = department.client.post(reverse(ADD), values).context_data["adminform"].form
    assert form.errors["name"] == ["内容里有看不见的空字符（NUL），请删去后重新填写。"]


def test_two_who_save_the_same_at_once_are_told(department, monkeypatch):
    """The later one's form found no twin, the database did."""

    def collide(**_kwargs):
        raise IntegrityError

    values = form_values(department.client, reverse(ADD)) | {"name": "示例同时", "kind": BaseKindFactory().pk}
    monkeypatch.setattr("bases.admin.base.save_base", collide)
    response = department.client.post(reverse(ADD), values)
    assert response.status_code == 200
    assert response.context_data["adminform"].form.non_field_errors()
    assert "示例同时" in response.rendered_content
