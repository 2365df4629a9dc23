"""What tasks work out beforehand tells the same as reading everything, and only to whom it may be told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from talent.models import Person, PossibleDuplicate, TownshipCollector
from talent.selectors import coverage
from talent.selectors.duplicates import duplicate_pairs
from talent.services import likeness, search_index
from talent.services.coverage import work_out_coverage
from talent.services.person import set_mobile
from tests.factories.accounts import staff
from tests.factories.organisations import UniversityFactory
from tests.factories.talent import contact, person
from wenxi_portal.accounts.enums import Role
from wenxi_portal.organisations.models import Organisation

pytestmark = pytest.mark.django_db


def test_figures_tell_what_counting_tells(department, officer, monkeypatch):
    school = UniversityFactory()
    twice = [{"university": school, "level": "bachelor"}, {"university": school, "level": "master"}]
    contact(person(study=twice, fields=["遥感", "新材料"], native_township="甲示例镇"))
    person(study=twice[:1], owner_unit=officer.unit, native_township="乙示例镇")
    person(native_township="", owner_unit=None)
    collector = staff(Role.LEAD_UNIT_OFFICER)
    TownshipCollector.objects.create(user=collector, township="甲示例镇")
    for _time in range(2):
        work_out_coverage()
    for user, people in ((department.user, 3), (officer.user, 1), (collector, 1)):
        live = coverage.coverage_for(user)
        with monkeypatch.context() as patch:
            patch.setattr(coverage, "MOST_COUNTED_LIVE", 0)
            kept = coverage.coverage_for(user)
        assert live.worked_out_at is None
        assert kept.worked_out_at is not None
        assert (kept.whole, kept.universities, kept.fields, kept.townships) == (
            live.whole, live.universities, live.fields, live.townships,
        )  # fmt: skip
        assert kept.whole.people == people


def test_a_page_of_figures_says_how_old_they_are(department, monkeypatch):
    person()
    work_out_coverage()
    monkeypatch.setattr(coverage, "MOST_COUNTED_LIVE", 0)
    assert "每小时更新" in department.client.get("/admin/talent/person/coverage/").content.decode()


def test_what_came_in_bulk_is_compared_by_the_task_once():
    one, two = person(name="甲示例"), person(name="乙示例")
    Person.objects.update(name="丙示例", birth_date="1990-01-01", updated_at=timezone.now() - timedelta(hours=1))
    assert duplicate_pairs() == []
    assert likeness.compare_changed() == 2
    assert [(pair.first, pair.second, pair.reasons) for pair in duplicate_pairs()] == [(one, two, ("birth",))]
    assert likeness.compare_changed() == 0


def test_a_pair_whose_reason_is_gone_goes_with_the_next_run():
    _one, two = person(mobile="13800000001"), person(mobile="13800000001")
    set_mobile(person=two, mobile="13800000002", actor=None)
    likeness.compare_changed()
    assert duplicate_pairs() == []


def test_a_batch_leaves_off_and_the_next_run_goes_on(monkeypatch):
    monkeypatch.setattr(likeness, "BATCH", 2)
    for _each in range(5):
        person(mobile="13800000001")
    PossibleDuplicate.objects.all().delete()
    assert likeness.compare_changed(until=timezone.now()) == 2
    assert likeness.compare_changed() == 3
    assert PossibleDuplicate.objects.count() == 10


def test_a_number_that_many_gave_makes_few_pairs(monkeypatch):
    monkeypatch.setattr(likeness, "MOST_ALIKE", 2)
    for _each in range(6):
        person(mobile="13800000001")
    assert PossibleDuplicate.objects.count() <= 12


def test_pairs_of_others_are_not_shown(officer):
    for _each in range(2):
        person(mobile="13800000001", owner_unit=officer.unit)
        person(mobile="13800000002")
    assert len(duplicate_pairs()) == 2
    assert len(duplicate_pairs(officer.user)) == 1


def test_a_renamed_school_leads_to_its_people_once():
    school = UniversityFactory(name="甲示例大学")
    one = person(study=[{"university": school}])
    person()
    assert search_index.index_after_renames() == 0
    Organisation.objects.filter(pk=school.pk).update(name="乙样板学院", updated_at=timezone.now())
    assert search_index.index_after_renames() == 1
    assert list(Person.objects.matching("乙样板")) == [one]
    assert search_index.index_after_renames() == 0


@pytest.mark.parametrize("number", [1, 5])
def test_indexing_takes_the_same_statements_for_one_and_for_many(number, django_assert_num_queries):
    people = [person(study=[{"university": UniversityFactory()}], fields=["遥感"]).pk for _each in range(number)]
    with django_assert_num_queries(6):
        assert search_index.index_people(people) == number


def test_a_list_found_by_words_is_cut_and_says_so(department, monkeypatch):
    monkeypatch.setattr("wenxi_portal.core.admin.model_admin.PortalModelAdmin.most_found", 2)
    for name in ("李丙", "李乙", "李甲"):
        person(name=name)
    page = department.client.get("/admin/talent/person/?q=李")
    shown = page.context_data["cl"]
    assert shown.is_cut
    assert len(shown.result_list) == 2
    assert "最先找到" in page.content.decode()
    assert shown.queryset.count() == 3, "an export holds everybody"


def test_a_narrowed_list_keeps_its_order_and_its_pages(department, monkeypatch):
    monkeypatch.setattr("talent.admin.person.PersonAdmin.list_per_page", 2)
    for name in ("李丙", "李乙", "李甲", "王甲"):
        person(name=name)
    names = [
        [
            one.name
            for one in department.client.get(f"/admin/talent/person/?q=李&{query}").context_data["cl"].result_list
        ]
        for query in ("p=1", "p=2", "p=99999", "o=-1")
    ]
    assert names == [["李丙", "李甲"], ["李乙"], ["李乙"], ["李甲", "李乙"]]
