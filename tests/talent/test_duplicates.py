"""Two records, one person; or two people after all."""

from datetime import date

import pytest

from talent.enums import PersonState
from talent.models import Merge, NotDuplicate, Person
from talent.selectors.duplicates import duplicate_pairs, possible_duplicates
from talent.services.duplicate import forget_not_duplicate, mark_not_duplicate, merge_people, undo_merge
from talent.services.network import introduce
from talent.services.person import find_by_document
from tests.factories.accounts import staff
from tests.factories.organisations import MembershipFactory, UniversityFactory
from tests.factories.talent import contact, document, id_number, person
from wenxi_portal.accounts.enums import Role
from wenxi_portal.core.errors import DomainError

pytestmark = pytest.mark.django_db


def test_three_reasons_to_look():
    university = UniversityFactory()
    found = person(name="李示例", mobile="13800000001", birth_date=date(1990, 1, 1), study=[{"university": university}])
    user = staff()
    asked = {
        "mobile": {"mobile": "138-0000-0001", "name": "别人"},
        "birth": {"name": "李示例", "birth_date": date(1990, 1, 1)},
        "university": {"name": "李示例", "university_name": university.name},
    }
    for reason, words in asked.items():
        hits = possible_duplicates(user=user, **words)
        assert [(hit.person, hit.reasons) for hit in hits] == [(found, (reason,))]
    assert possible_duplicates(user=user, name="李示例") == []


def test_a_record_of_another_unit_is_told_of_but_not_shown():
    person(mobile="13800000001")
    officer = MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER)).user
    assert [hit.visible for hit in possible_duplicates(user=officer, mobile="13800000001")] == [False]


def test_a_phone_alone_merges_nobody():
    one, two = person(mobile="13800000001"), person(mobile="13800000001")
    assert [(pair.first, pair.second, pair.reasons) for pair in duplicate_pairs()] == [(one, two, ("mobile",))]
    assert Person.objects.active().count() == 2


def test_two_people_are_remembered_and_asked_about_again():
    one, two = person(mobile="13800000001"), person(mobile="13800000001")
    for _time in range(2):
        note = mark_not_duplicate(first=two, second=one, actor=None)
    assert NotDuplicate.objects.count() == 1
    assert duplicate_pairs() == []
    forget_not_duplicate(note=note, actor=None)
    assert len(duplicate_pairs()) == 1


def test_everything_follows_and_comes_back():
    friend, officer = person(), staff()
    kept = person(name="李示例", study=[{"university_name": "示例大学"}], fields=["遥感"])
    gone = person(
        name="李示例", number=id_number(), mobile="13800000001", work=[{"employer_name": "甲"}], fields=["遥感", "测绘"]
    )
    number, step = gone.id_number, contact(gone, actor=officer)
    introduce(introducer=friend, introduced=gone, actor=None)
    merge = merge_people(kept=kept, gone=gone, actor=officer, reason="同一人")
    kept, gone = Person.objects.get(pk=kept.pk), Person.objects.get(pk=gone.pk)
    assert (gone.state, gone.merged_into, gone.id_number) == (PersonState.MERGED, kept, "")
    assert (kept.id_number, kept.mobile, kept.last_contacted_on) == (number, "13800000001", step.on)
    assert find_by_document(document(number)) == kept
    assert {str(tag) for tag in kept.fields.all()} == {"遥感", "测绘"}
    assert list(Person.objects.active().matching("甲")) == [kept]
    assert kept.introductions_received.count() == 1

    undo_merge(merge=merge, actor=officer, reason="弄错了")
    kept, gone = Person.objects.get(pk=kept.pk), Person.objects.get(pk=gone.pk)
    assert (gone.state, gone.merged_into, gone.id_number) == (PersonState.ACTIVE, None, number)
    assert (kept.id_number, kept.mobile, kept.document_kind) == ("", "", "")
    assert [row.contacts.count() for row in (kept, gone)] == [0, 1]
    assert {str(tag) for tag in gone.fields.all()} == {"遥感", "测绘"}
    assert gone.introductions_received.count() == 1
    with pytest.raises(DomainError):
        undo_merge(merge=Merge.objects.get(), actor=officer, reason="再来一次")


def test_two_ids_are_two_people():
    with pytest.raises(DomainError) as refusal:
        merge_people(kept=person(number=id_number()), gone=person(number=id_number()), actor=None, reason="同名")
    assert refusal.value.code == "two_ids"


def test_a_merged_record_is_neither_edited_nor_merged_again():
    one, two, three = person(), person(), person()
    merge_people(kept=one, gone=two, actor=None, reason="同一人")
    for kept, gone in ((three, two), (two, three)):
        with pytest.raises(DomainError):
            merge_people(kept=kept, gone=gone, actor=None, reason="同一人")


def test_a_chain_of_merges_is_followed_and_undone_from_its_end():
    one, two = person(), person()
    three = person(number=id_number())
    first = merge_people(kept=two, gone=three, actor=None, reason="同一人")
    second = merge_people(kept=one, gone=two, actor=None, reason="同一人")
    assert find_by_document(document(three.id_number)) == one
    with pytest.raises(DomainError):
        undo_merge(merge=first, actor=None, reason="弄错了")
    undo_merge(merge=second, actor=None, reason="弄错了")
    undo_merge(merge=first, actor=None, reason="弄错了")
    assert find_by_document(document(three.id_number)) == three
