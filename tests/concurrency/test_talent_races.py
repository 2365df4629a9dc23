"""Twenty at the same moment, one person."""

import re
from functools import partial

import pytest
from django.utils import timezone

from talent.enums import RegistrationState
from talent.models import Contact, Merge, Person, Registration
from talent.services.duplicate import merge_people
from talent.services.registration import accept_registration, begin_registration, confirm_registration
from tests.factories.accounts import staff
from tests.factories.talent import contact, id_number, person, registration
from wenxi_portal.accounts.models import User
from wenxi_portal.accounts.services.sms import RecordingGateway
from wenxi_portal.accounts.services.switching import switch_off
from wenxi_portal.core.errors import DomainError

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 20


def refused(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]


def test_twenty_identical_entries_make_one_person(at_once):
    number = id_number()
    outcomes = at_once(*[lambda: person(number=number, name="同时登记", owner_unit=None)] * TIMES)
    assert Person.objects.count() == 1
    assert len(refused(outcomes)) == TIMES - 1
    assert {error.code for error in refused(outcomes)} == {"same_id"}


def test_twenty_identical_registrations_wait_once_and_make_one_person(at_once):
    number, officer = id_number(), staff()
    rows = []
    for at in range(TIMES):
        row = registration(document_kind="resident_id", id_number=number, mobile=f"138000000{at // 5:02}")
        begin_registration(registration=row)
        rows.append((row, re.search(r"[0-9]{6}", RecordingGateway.outbox[-1][1])[0]))
    outcomes = at_once(*[lambda pair=pair: confirm_registration(registration=pair[0], code=pair[1]) for pair in rows])
    assert refused(outcomes) == []
    waiting = list(Registration.objects.waiting())
    assert len(waiting) == TIMES // 5
    outcomes = at_once(
        *[lambda row=row: accept_registration(registration=row, actor=officer) for row in waiting for _ in range(5)]
    )
    assert {error.code for error in refused(outcomes)} == {"transition"}
    assert Person.objects.count() == 1
    assert set(Registration.objects.values_list("state", flat=True)) == {RegistrationState.ACCEPTED}


def test_two_officers_merge_crosswise_and_one_is_told(at_once):
    one, two = person(), person()
    outcomes = at_once(
        lambda: merge_people(kept=one, gone=two, actor=None, reason="同一人"),
        lambda: merge_people(kept=two, gone=one, actor=None, reason="同一人"),
    )
    assert [type(error) for error in refused(outcomes)] == [DomainError]
    assert Merge.objects.count() == 1
    assert Person.objects.active().count() == 1


def test_of_closing_an_account_and_giving_it_a_step_one_is_refused(at_once):
    whose = [person(owner_unit=None) for _each in range(TIMES)]
    officers = [staff() for _each in range(TIMES)]
    actor = staff()
    today = timezone.localdate()
    deeds = [
        deed
        for subject, officer in zip(whose, officers, strict=True)
        for deed in (
            partial(contact, subject, due=today, owner=officer, actor=actor),
            partial(switch_off, user=officer),
        )
    ]
    for at in range(0, len(deeds), TIMES):
        at_once(*deeds[at : at + TIMES])
    assert not Contact.objects.orphaned().exists()
    closed = set(User.objects.filter(is_active=False).values_list("pk", flat=True))
    busy = set(Contact.objects.open_steps().values_list("next_owner", flat=True))
    assert closed | busy == {officer.pk for officer in officers}
    assert not closed & busy
