"""Matters of one person: the owner is told, or the heads, or the department; nobody's name leaves the house."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from talent.enums import StepState
from talent.models import Contact, FlexibleAgreement, SelfCheck
from talent.services.contact import reschedule_step, settle_step
from talent.services.duplicate import merge_people
from talent.services.own_data import withdraw
from talent.services.registration import refuse_registration
from tests.factories.accounts import staff
from tests.factories.organisations import MembershipFactory
from tests.factories.talent import person
from tests.reminders.ladders import DUE, LONG_AGO, MAKERS, at, changed, first_day, watched
from tests.reminders.test_scan import sent_to
from wenxi_portal.accounts.enums import Role
from wenxi_portal.notifications.models import Message
from wenxi_portal.notifications.services.delivery import outgoing
from wenxi_portal.organisations.models import Membership
from wenxi_portal.reminders import registry
from wenxi_portal.reminders.enums import SkipReason
from wenxi_portal.reminders.models import Deadline, LedgerEntry
from wenxi_portal.reminders.services.scanning import scan

pytestmark = pytest.mark.django_db
STEP = "next_step_due"
OF_PEOPLE = ["next_step_due", "contact_stale", "self_check_unanswered", "flexible_expiring"]


def close(user):
    user.is_active = False
    user.save()


def why_skipped(user):
    return list(LedgerEntry.objects.filter(recipient=user, state="skipped").values_list("reason", flat=True))


@pytest.mark.parametrize("kind", OF_PEOPLE)
def test_a_closed_account_passes_the_matter_to_the_heads(kind):
    one = watched(kind)
    close(one.officer)
    scan(now=at(first_day(kind)))
    assert why_skipped(one.officer) == [SkipReason.ACCOUNT_DISABLED]
    assert len(sent_to(one.head)) == 2


def test_without_heads_the_department_is_told():
    department = staff(Role.ORGANIZATION_DEPARTMENT)
    one = watched(STEP)
    close(one.officer)
    close(one.head)
    scan(now=at(0))
    assert [why_skipped(user) for user in (one.officer, one.head)] == [[SkipReason.ACCOUNT_DISABLED]] * 2
    assert len(sent_to(department)) == 2


def test_whoever_left_the_unit_is_skipped_with_that_reason():
    one = watched(STEP)
    Membership.objects.filter(user=one.officer).update(until=DUE - timedelta(days=1))
    scan(now=at(0))
    assert why_skipped(one.officer) == [SkipReason.LEFT_UNIT]
    assert len(sent_to(one.head)) == 2


def test_whoever_came_back_has_not_left():
    one = watched(STEP)
    membership = Membership.objects.get(user=one.officer)
    Membership.objects.filter(pk=membership.pk).update(until=LONG_AGO + timedelta(days=30))
    MembershipFactory(user=one.officer, organisation=membership.organisation, since=LONG_AGO + timedelta(days=60))
    scan(now=at(0))
    assert len(sent_to(one.officer)) == 2


def test_an_officer_who_never_belonged_to_the_unit_is_told():
    one, department = watched(STEP), staff(Role.ORGANIZATION_DEPARTMENT)
    changed(Contact, one.record, next_owner=department, updated_at=timezone.now())
    scan(now=at(0))
    assert len(sent_to(department)) == 2
    assert sent_to(one.head) == []


def test_a_collector_without_an_account_leaves_the_registration_to_the_department():
    one = watched("registration_waiting")
    close(one.officer)
    scan(now=at(3))
    assert len(sent_to(one.head)) == 2
    assert why_skipped(one.officer) == []


def test_the_last_in_touch_hears_of_a_stale_contact():
    one, later = watched("contact_stale"), staff()
    Contact.objects.create(person=one.record, kind="call", on=timezone.localdate(), by=later, no_step_reason="示例")
    one.due_on(DUE)
    scan(now=at(0))
    assert len(sent_to(later)) == 2
    assert sent_to(one.officer) == []


def test_an_open_step_speaks_instead_of_the_stale_contact():
    one = watched("contact_stale")
    Contact.objects.create(
        person=one.record, kind="call", next_step="回访", next_due=DUE + timedelta(days=90), next_owner=one.officer,
        step_state=StepState.OPEN,
    )  # fmt: skip
    one.due_on(DUE)
    assert scan(now=at(0)).sent == 0


def _settle(record):
    settle_step(contact=record, to_state=StepState.DONE, actor=None)


def _log(record):
    record.refresh_from_db()
    record.last_contacted_on = DUE
    record.save()


def _answer(record):
    SelfCheck.objects.filter(pk=record.pk).update(answered_at=timezone.now(), answer="correct")


def _end(record):
    FlexibleAgreement.objects.filter(pk=record.pk).update(state="ended", ended_on=DUE, updated_at=timezone.now())


def _refuse(record):
    refuse_registration(registration=record, actor=staff(), reason="示例")


@pytest.mark.parametrize(
    ("kind", "deed"),
    [
        (STEP, _settle),
        ("contact_stale", _log),
        ("self_check_unanswered", _answer),
        ("flexible_expiring", _end),
        ("registration_waiting", _refuse),
    ],
)
def test_what_is_done_is_not_reminded_of(kind, deed):
    one = watched(kind)
    scan(now=at(first_day(kind) - 1))
    deed(one.record)
    assert scan(now=at(first_day(kind))).sent == 0
    deadline = Deadline.objects.get(kind=kind, object_id=one.record.pk)
    assert deadline.resolved_at or deadline.due_on > DUE


def of(record):
    return record if record._meta.model_name == "person" else record.person


def _withdraw(record):
    withdraw(person=of(record), actor=None, reason="本人要求")


def _merge(record):
    merge_people(kept=person(owner_unit=of(record).owner_unit), gone=of(record), actor=None, reason="同一人")


@pytest.mark.parametrize("kind", OF_PEOPLE)
def test_nobody_is_reminded_of_somebody_who_withdrew(kind):
    one = watched(kind)
    scan(now=at(first_day(kind) - 1))
    _withdraw(one.record)
    assert scan(now=at(first_day(kind))).sent == 0
    assert Deadline.objects.get(kind=kind).resolved_at


def test_a_merged_record_hands_its_steps_to_the_kept_one():
    stale, step = watched("contact_stale"), watched(STEP)
    scan(now=at(-1))
    for one in (stale, step):
        _merge(one.record)
    scan(now=at(0))
    assert Deadline.objects.get(kind="contact_stale", object_id=stale.record.pk).resolved_at
    assert len(sent_to(step.officer)) == 2


def test_a_new_day_of_a_step_is_a_new_version():
    one = watched(STEP)
    scan(now=at(0))
    later = DUE + timedelta(days=14)
    reschedule_step(contact=one.record, next_due=later, next_owner=one.officer, actor=one.officer)
    scan(now=at(1))
    scan(now=at(0, later))
    assert Deadline.objects.get().version == 2
    assert [step for step, channel in sent_to(one.officer) if channel == "inbox"] == ["due", "due"]


def test_an_old_question_is_too_late_once_its_link_ran_out():
    watched("self_check_unanswered")
    run = scan(now=at(61))
    assert (run.sent, run.skipped) == (0, 2)
    assert set(LedgerEntry.objects.values_list("reason", flat=True)) == {SkipReason.TOO_LATE}


@pytest.mark.parametrize("kind", [*OF_PEOPLE, "registration_waiting"])
def test_names_stay_inside_the_house(kind):
    one = watched(kind)
    name = one.record.name if hasattr(one.record, "name") else one.record.person.name
    scan(now=at(first_day(kind)))
    mail = outgoing(Message.objects.get(recipient=one.officer, channel="email"))
    assert name not in mail.subject + mail.text
    assert name not in Deadline.objects.get(kind=kind).title
    client = Client()
    client.force_login(one.officer)
    assert name in client.get(reverse("notifications:inbox")).content.decode()
    # Whoever may not see the record any more finds no name in the inbox.
    if kind != "registration_waiting":
        Membership.objects.filter(user=one.officer).update(until=LONG_AGO)
        assert name not in client.get(reverse("notifications:inbox")).content.decode()


@pytest.mark.parametrize(
    ("kind", "model"),
    [
        (STEP, "contact"),
        ("contact_stale", "person"),
        ("self_check_unanswered", "selfcheck"),
        ("flexible_expiring", "flexibleagreement"),
        ("registration_waiting", "registration"),
    ],
)
def test_every_record_tells_why(kind, model):
    one = watched(kind)
    scan(now=at(first_day(kind)))
    client = Client()
    client.force_login(one.officer)
    why = reverse(f"admin:talent_{model}_why_reminded", args=[one.record.pk])
    text = client.get(why).content.decode()
    assert str(one.officer) in text
    assert "站内信" in text
    assert why in client.get(reverse(f"admin:talent_{model}_change", args=[one.record.pk])).content.decode()


def test_every_ladder_of_people_is_under_these_tests():
    talents = {name for name in MAKERS if registry.find(name).model._meta.app_label == "talent"}
    assert talents == {*OF_PEOPLE, "registration_waiting"}
