"""The wrong person, twice, nonsense, a lost session: nothing is shown, done twice or broken."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from talent.enums import PersonState, RegistrationState
from talent.models import Introduction, MembershipProposal, Merge, Person, Registration, SelfCheck
from talent.services.calendar import renew_feed
from talent.services.contact import hand_over
from talent.services.network import introduce
from talent.services.self_check import self_check_token
from tests.admin.posting import form_values
from tests.factories.accounts import UserFactory, staff
from tests.factories.organisations import HostFactory
from tests.factories.talent import contact, flexible, person, registration

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"admin:talent_{name}", args=args)


def test_records_of_another_unit_are_absent_on_every_page(officer):
    foreign, other = person(name="裴示例"), person()
    step = contact(foreign, due=timezone.localdate(), owner=staff())
    agreement = flexible(person=foreign)
    queued = registration(state=RegistrationState.SUBMITTED, submitted_at=timezone.now())
    queued.save()
    check = SelfCheck.objects.create(person=foreign, expires_at=timezone.now() + timedelta(days=1))
    proposal = MembershipProposal.objects.create(person=foreign, database="alumni", cause="graduation", on="2026-01-01")
    made = introduce(introducer=foreign, introduced=other, actor=None)
    leaving, taking = staff(), staff()
    contact(foreign, due=timezone.localdate(), owner=leaving)
    given = hand_over(from_user=leaving, to_user=taking, reason="岗位调整", actor=taking)
    of_person = ("change", "log_contact", "reveal", "change_mobile", "change_document", "join", "take_part")
    addresses = [
        *(url(f"person_{name}", foreign.pk) for name in (*of_person, "ask_whether_correct", "withdraw", "history")),
        *(url(f"contact_{name}", step.pk) for name in ("change", "settle", "reschedule", "history")),
        *(url(f"flexibleagreement_{name}", agreement.pk) for name in ("change", "sign", "terminate", "add_paper")),
        *(url(f"registration_{name}", queued.pk) for name in ("change", "accept", "refuse")),
        url("selfcheck_change", check.pk),
        url("selfcheck_handle", check.pk),
        url("membershipproposal_change", proposal.pk),
        url("membershipproposal_decide", proposal.pk),
        url("introduction_change", made.pk),
        url("contact_briefing", given.pk),
    ]
    for method in (officer.client.get, officer.client.post):
        answers = {address: method(address, {"reason": "示例"}).status_code for address in addresses}
        assert {address: code for address, code in answers.items() if code not in {403, 404}} == {}
    foreign.refresh_from_db()
    assert foreign.state == PersonState.ACTIVE


def test_a_number_typed_into_a_form_brings_up_nobody_elses_person(officer):
    own, foreign = person(owner_unit=officer.unit), person(name="裴示例")
    posted = {"introducer": own.pk, "introduced": foreign.pk}
    answer = officer.client.post(url("introduction_add"), posted, follow=True)
    assert "裴示例" not in answer.content.decode()
    agreement = {"person": foreign.pk, "host": HostFactory().pk, "service": "示例", "valid_from": "2026-01-01"}
    answer = officer.client.post(url("flexibleagreement_add"), {**agreement, "valid_until": "2027-01-01"}, follow=True)
    assert "裴示例" not in answer.content.decode()
    assert not Introduction.objects.exists()
    assert "裴示例" not in officer.client.get(url("introduction_add"), {"introduced": foreign.pk}).content.decode()


def test_a_calendar_address_opens_only_its_own_week_and_dies_with_the_account(client):
    one, other = staff(), staff()
    contact(due=timezone.localdate(), owner=one)
    secret, others = renew_feed(user=one), renew_feed(user=other)
    address = reverse("talent:calendar", args=[secret])
    assert client.get(address).content.count(b"BEGIN:VEVENT") == 1
    assert client.get(reverse("talent:calendar", args=[others])).content.count(b"BEGIN:VEVENT") == 0
    assert client.get(reverse("talent:calendar", args=[secret[:-1]])).status_code == 404
    one.is_active = False
    one.save(update_fields=["is_active"])
    assert client.get(address).status_code == 404


def test_own_data_pages_show_an_account_nothing_but_its_own(client):
    person(name="裴示例", mobile="13800000001", user=UserFactory())
    client.force_login(UserFactory())
    pages = ("show", "correct", "withdraw")
    for answer in (
        *(client.get(reverse(f"own_data:{name}")) for name in pages),
        *(client.post(reverse(f"own_data:{name}")) for name in ("copy_json", "copy_xlsx", "withdraw")),
    ):
        assert answer.status_code == 200
        assert "裴示例" not in answer.content.decode()
    assert Person.objects.get().state == PersonState.ACTIVE


def test_merging_twice_leads_to_the_record_that_is_left(department):
    one, other = person(name="裴示例"), person(name="裴示例")
    address = url("person_compare", one.pk, other.pk)
    for _each in range(2):
        answer = department.client.post(address, {"choice": "first", "reason": "同一人"})
        assert answer.headers["Location"] == url("person_change", one.pk)
    assert Merge.objects.count() == 1


@pytest.mark.parametrize("choice", ["", "third"])
def test_a_reason_alone_merges_nobody(department, choice):
    one, other = person(), person()
    answer = department.client.post(
        url("person_compare", one.pk, other.pk), {"reason": "同一人", **({"choice": choice} if choice else {})}
    )
    assert "请选择是否为同一人" in answer.content.decode()
    assert not Merge.objects.exists()


def submitted(client, monkeypatch):
    monkeypatch.setattr("talent.services.registration.secrets.randbelow", lambda _most: 123456)
    values = {"name": "裴示例", "contact": "13800000001", "university_name": "示例大学", "consent": "on"}
    assert client.post(reverse("talent:register"), values).status_code == 302
    return client.post(reverse("talent:register_code"), {"code": "123456"})


def test_confirming_twice_thanks_twice(client, monkeypatch):
    first = submitted(client, monkeypatch)
    again = client.post(reverse("talent:register_code"), {"code": "123456"})
    assert first.headers["Location"] == again.headers["Location"] == reverse("talent:register_done")
    assert Registration.objects.get().state == RegistrationState.SUBMITTED


def test_a_lost_session_is_told(client, monkeypatch):
    submitted(client, monkeypatch)
    client.cookies.pop(settings.SESSION_COOKIE_NAME)
    answer = client.post(reverse("talent:register_code"), {"code": "123456"}, follow=True)
    assert "请重新填写" in answer.content.decode()


def test_a_second_tap_on_the_yearly_link_is_thanked_and_a_stranger_is_not(client):
    whom = person(mobile="13800000001")
    check = SelfCheck.objects.create(person=whom, expires_at=timezone.now() + timedelta(days=9))
    address = reverse("talent:self_check", args=[self_check_token(check)])
    assert [client.post(address, {"answer": "correct"}).status_code for _each in range(2)] == [200, 200]
    assert client.get(address).status_code == 410
    client.cookies.clear()
    assert client.post(address, {"answer": "correct"}).status_code == 410


NONSENSE = ("9" * 25, "-1", "%00", "abc", "0001-01-01", "9999-12-31", "2026-13-45", "%F0%9F%98%80")


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("contact_week", ["day"]),
        ("contact_board", ["officer", "unit"]),
        ("person_chains", ["q", "person", "place"]),
        ("person_changelist", ["q", "p", "o", "database", "township"]),
        ("introduction_add", ["introduced", "introducer"]),
        ("contact_changelist", ["p", "step", "e"]),
        ("registration_changelist", ["p", "state"]),
    ],
)
def test_nonsense_in_the_address_breaks_no_page(department, page, names):
    for word in NONSENSE:
        answer = department.client.get(f"{url(page)}?{'&'.join(f'{name}={word}' for name in names)}")
        assert answer.status_code in {200, 302, 400}, word


def test_the_form_values_of_an_introduction_stay_as_they_were_offered(department):
    one = person(name="裴示例")
    values = form_values(department.client, f"{url('introduction_add')}?introduced={one.pk}")
    assert int(values["introduced"]) == one.pk
