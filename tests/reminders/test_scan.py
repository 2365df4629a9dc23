"""The scan: each ladder run twice, after a missed week, with a new due date; why a step was skipped."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction

from bases.models import Agreement
from tests.factories.accounts import UserFactory, staff
from tests.factories.bases import AgreementFactory
from tests.reminders.ladders import DUE, at, first_day, last_day, step_days, watched
from wenxi_portal.accounts.enums import Role
from wenxi_portal.notifications.enums import Channel, MessageState
from wenxi_portal.notifications.models import ChannelChoice, Message
from wenxi_portal.reminders import registry
from wenxi_portal.reminders.enums import Outcome, SkipReason
from wenxi_portal.reminders.models import Deadline, LedgerEntry
from wenxi_portal.reminders.services.scanning import scan

pytestmark = pytest.mark.django_db
KINDS = [ladder.name for ladder in registry.ladders()]


def sent_to(user):
    return list(LedgerEntry.objects.filter(recipient=user, state="sent").order_by("pk").values_list("step", "channel"))


@pytest.fixture
def undone():
    """Return a context in which something may happen that is undone at its end."""

    @contextmanager
    def branch():
        with transaction.atomic():
            yield
            transaction.set_rollback(True)

    return branch


@pytest.mark.parametrize("kind", KINDS)
def test_a_ladder_from_its_first_step_on(kind, undone):
    """Each branch begins where nothing has happened yet, on the day before the first step."""
    one, now = watched(kind), at(first_day(kind))
    with undone():
        nothing_happens_before_the_first_step(kind)
        with undone():
            a_missed_week_is_caught_up_and_told(kind, one)
    with undone():
        a_second_run_sends_nothing_twice(one, now)
    for each in (a_new_due_date_starts_the_ladder_again, a_date_moved_away_and_back_starts_again_too):
        with undone():
            scan(now=now)
            each(kind, one)
        one.record.refresh_from_db()
    with undone():
        of_several_missed_steps_only_the_latest_is_sent(kind, one)


def nothing_happens_before_the_first_step(kind):
    run = scan(now=at(first_day(kind) - 1))
    # A deadline in working days may be looked at before its day: weekends are counted when it is.
    assert (run.sent, run.skipped, LedgerEntry.objects.count(), Message.objects.count()) == (0, 0, 0, 0)


def a_missed_week_is_caught_up_and_told(kind, one):
    ladder = registry.find(kind)
    run = scan(now=at(first_day(kind) + 6))
    assert run.silent_since == at(first_day(kind) - 1)
    # What was for yesterday (a shuttle, an arrival) is skipped with its reason instead.
    is_of_use = ladder.sensible_for is None or first_day(kind) + 6 <= ladder.sensible_for
    assert len(sent_to(one.officer)) == (2 if is_of_use else 0)
    if not is_of_use:
        skipped = LedgerEntry.objects.filter(state="skipped").values_list("reason", flat=True)
        assert set(skipped) == {SkipReason.TOO_LATE}


def a_second_run_sends_nothing_twice(one, now):
    first, second = scan(now=now), scan(now=now + timedelta(minutes=5))
    assert (first.sent, second.found, second.sent, second.skipped) == (2 * one.hearers, 0, 0, 0)
    assert sorted(channel for _step, channel in sent_to(one.officer)) == ["email", "inbox"]
    assert Message.objects.count() == LedgerEntry.objects.filter(state=Outcome.SENT).count() == 2 * one.hearers


def a_new_due_date_starts_the_ladder_again(kind, one):
    later = DUE + timedelta(days=400)
    one.due_on(later)
    scan(now=at(first_day(kind, later), later), wholly=True)
    assert len(sent_to(one.officer)) == 4
    assert Deadline.objects.get().version == 2


def a_date_moved_away_and_back_starts_again_too(kind, one):
    for day in (DUE + timedelta(days=400), DUE):
        one.due_on(day)
        scan(now=at(first_day(kind)), wholly=True)
    assert Deadline.objects.get().version == 3
    assert len(sent_to(one.officer)) == 4


def of_several_missed_steps_only_the_latest_is_sent(kind, one):
    run = scan(now=at(last_day(kind)))
    steps = len(registry.find(kind).steps)
    assert len(sent_to(one.officer)) == 2
    skipped = LedgerEntry.objects.filter(state="skipped").values_list("reason", flat=True)
    assert list(skipped) == [SkipReason.SUPERSEDED] * (steps - 1)
    assert run.skipped == steps - 1


@pytest.mark.parametrize("kind", KINDS)
def test_every_step_in_its_time_then_the_heads(kind):
    one = watched(kind)
    # The days around each step, then every third day until the heads must have heard.
    around = {day + each for day in step_days(kind) for each in (-1, 0, 1)}
    for day in sorted(around | {last_day(kind) + each for each in range(2, 21, 3)}):
        scan(now=at(day))
    steps = [step for step, channel in sent_to(one.officer) if channel == "inbox"]
    ladder = registry.find(kind)
    assert steps == [step.key for step in sorted(ladder.steps, key=lambda step: step.offset)]
    heard = [*(steps if one.head_hears_steps else []), *([] if ladder.escalate_after is None else ["escalation"])]
    assert [step for step, channel in sent_to(one.head) if channel == "inbox"] == heard
    assert Deadline.objects.get().next_at is None


def test_what_is_resolved_is_left_alone():
    one = watched("agreement_expiring")
    scan(now=at(-100))
    Agreement.objects.filter(pk=one.record.pk).update(state="expired")
    run = scan(now=at(-7), wholly=True)
    assert run.sent == 0
    assert Deadline.objects.get().resolved_at == at(-7)


def test_a_change_is_seen_without_comparing_everything():
    one = watched("agreement_expiring")
    scan(now=at(-300))
    one.record.refresh_from_db()
    one.record.valid_until = DUE + timedelta(days=30)
    one.record.save()
    scan(now=at(-299))
    assert Deadline.objects.get().due_on == DUE + timedelta(days=30)


def test_a_signed_renewal_ends_the_reminders():
    one = watched("agreement_expiring")
    scan(now=at(-100))
    AgreementFactory(signed=True, renews=one.record, lead_unit=one.record.lead_unit)
    scan(now=at(-99))
    assert Deadline.objects.get(object_id=one.record.pk).resolved_at


def test_too_late_is_skipped_with_its_reason():
    one = watched("agreement_expiring")
    run = scan(now=at(3))
    assert (run.sent, run.skipped) == (0, 3)
    assert set(LedgerEntry.objects.values_list("reason", "recipient")) == {(SkipReason.TOO_LATE, None)}
    assert sent_to(one.officer) == []


def test_a_disabled_account_is_skipped_and_the_others_are_told():
    one = watched("agreement_expiring")
    one.officer.is_active = False
    one.officer.save()
    scan(now=at(-90))
    entry = LedgerEntry.objects.get(recipient=one.officer)
    assert (entry.state, entry.reason, entry.channel) == (Outcome.SKIPPED, SkipReason.ACCOUNT_DISABLED, "")
    assert len(sent_to(one.head)) == 2


def test_where_nobody_is_left_the_department_is_told():
    department = staff(Role.ORGANIZATION_DEPARTMENT)
    one = watched("agreement_expiring")
    for person in (one.officer, one.head):
        person.is_active = False
        person.save()
    scan(now=at(-90))
    assert len(sent_to(department)) == 2
    assert LedgerEntry.objects.filter(reason=SkipReason.ACCOUNT_DISABLED).count() == 2


def test_nobody_at_all_is_written_down():
    AgreementFactory(signed=True, valid_until=DUE, lead_unit=None)
    run = scan(now=at(-90))
    assert (run.sent, run.skipped) == (0, 1)
    assert LedgerEntry.objects.get().reason == SkipReason.NOBODY


def test_what_a_person_switched_off_is_skipped_with_that_reason():
    one = watched("agreement_expiring")
    ChannelChoice.objects.create(user=one.officer, kind="agreement_expiring", channel=Channel.EMAIL, wanted=False)
    scan(now=at(-90))
    assert sent_to(one.officer) == [("90d", "inbox")]
    assert LedgerEntry.objects.get(recipient=one.officer, channel="email").reason == SkipReason.SWITCHED_OFF


def test_a_channel_without_an_address_is_skipped_with_that_reason():
    one = watched("agreement_expiring")
    ChannelChoice.objects.create(user=one.officer, kind="agreement_expiring", channel=Channel.SMS, wanted=True)
    scan(now=at(-90))
    assert LedgerEntry.objects.get(recipient=one.officer, channel="sms").reason == SkipReason.NO_ADDRESS


def test_the_weekly_cap_spares_the_mailbox_not_the_inbox(settings):
    settings.REMINDER_WEEKLY_CAP = 2
    one = watched("agreement_expiring")
    for _number in range(4):
        AgreementFactory(signed=True, valid_until=DUE, lead_unit=one.record.lead_unit)
    scan(now=at(-90))
    assert len([1 for _step, channel in sent_to(one.officer) if channel == "email"]) == 2
    assert len([1 for _step, channel in sent_to(one.officer) if channel == "inbox"]) == 5
    assert LedgerEntry.objects.filter(recipient=one.officer, reason=SkipReason.WEEKLY_CAP).count() == 3
    scan(now=at(-30))
    assert len([1 for _step, channel in sent_to(one.officer) if channel == "email"]) == 4


def test_people_of_other_units_hear_nothing():
    stranger = UserFactory()
    watched("agreement_expiring")
    scan(now=at(-90))
    assert sent_to(stranger) == []


def test_the_inbox_speaks_of_the_matter():
    one = watched("agreement_expiring")
    scan(now=at(-90))
    message = Message.objects.get(recipient=one.officer, channel=Channel.INBOX)
    assert message.state == MessageState.SENT
    assert one.record.title in message.subject
    assert message.url.endswith(f"/agreement/{one.record.pk}/change/")
