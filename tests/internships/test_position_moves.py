"""The way of a position: every pair of states, who may, what the clock closes, and what a change of words does."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import override_settings
from django.utils import timezone

from bases.enums import BaseState
from bases.models import Base
from internships.enums import POSITION_TRANSITIONS, ClosingCause, PositionState
from internships.models import Position
from internships.services.position import (
    close_due_positions,
    close_position,
    hand_back,
    publish_position,
    reconfirm_position,
    save_position,
    send_to_review,
)
from tests.factories.accounts import UserFactory, staff
from tests.factories.bases import BaseFactory
from tests.factories.internships import ApplicationFactory, PositionFactory
from tests.factories.organisations import HostFactory, LeadUnitFactory, MembershipFactory
from wenxi_portal.accounts.enums import Role
from wenxi_portal.core.errors import DomainError
from wenxi_portal.notifications.models import Message

pytestmark = pytest.mark.django_db

TRAITS = {
    PositionState.DRAFT: {"draft": True},
    PositionState.IN_REVIEW: {"in_review": True},
    PositionState.PUBLISHED: {},
    PositionState.CLOSED: {"closed": True},
}


def of_host(position):
    return MembershipFactory(organisation=position.host, user=UserFactory(role=Role.HOST)).user


def of_unit(position):
    return MembershipFactory(organisation=position.lead_unit, user=staff(Role.LEAD_UNIT_OFFICER)).user


def move(position, to_state, actor):
    verbs = {
        PositionState.IN_REVIEW: lambda: send_to_review(position=position, actor=actor),
        PositionState.PUBLISHED: lambda: publish_position(position=position, actor=actor),
        PositionState.DRAFT: lambda: hand_back(position=position, actor=actor, reason="示例理由"),
        PositionState.CLOSED: lambda: close_position(position=position, actor=actor, reason="示例理由"),
    }
    return verbs[to_state]()


@pytest.mark.parametrize("to_state", PositionState)
@pytest.mark.parametrize("state", PositionState)
def test_every_pair_of_states(state, to_state):
    position = PositionFactory(**TRAITS[state])
    actor = of_unit(position)
    # The way back from the list to review is the host's own edit, and a second click leaves things as they are.
    by_edit = (state, to_state) == (PositionState.PUBLISHED, PositionState.IN_REVIEW)
    again = state == to_state and state in {PositionState.IN_REVIEW, PositionState.CLOSED}
    if again or (POSITION_TRANSITIONS.allows(state, to_state) and not by_edit):
        assert move(position, to_state, actor).state == to_state
        assert position.state_changes.count() == (0 if again else 1)
    else:
        with pytest.raises(DomainError):
            move(position, to_state, actor)
    position.refresh_from_db()
    assert (position.closed_at is not None) == (position.state == PositionState.CLOSED)


def test_only_the_lead_unit_publishes_and_hands_back():
    position = PositionFactory(in_review=True)
    others = MembershipFactory(organisation=LeadUnitFactory(), user=staff(Role.LEAD_UNIT_OFFICER)).user
    for actor in (of_host(position), others, staff(Role.AUDITOR), UserFactory(role=Role.STUDENT)):
        for perform in (publish_position, hand_back):
            with pytest.raises(DomainError) as refused:
                perform(position=position, actor=actor, reason="示例")
            assert refused.value.code == "not_theirs"
    assert publish_position(position=position, actor=staff(Role.ORGANIZATION_DEPARTMENT)).state == "published"


def test_nobody_else_saves_sends_or_closes():
    position = PositionFactory(draft=True)
    stranger = MembershipFactory(organisation=HostFactory(), user=UserFactory(role=Role.HOST)).user
    for perform in (save_position, send_to_review, close_position):
        with pytest.raises(DomainError) as refused:
            perform(position=position, actor=stranger)
        assert refused.value.code == "not_theirs"


def test_publishing_dates_the_position_and_tells_the_host():
    position = PositionFactory(in_review=True)
    host = of_host(position)
    published = publish_position(position=position, actor=of_unit(position))
    assert published.published_at is not None
    assert published.reconfirmed_on == timezone.localdate()
    message = Message.objects.get(recipient=host, kind="position_published", channel="inbox")
    assert position.title in message.subject
    assert str(position.pk) in message.url


def test_handing_back_needs_a_reason_that_the_host_reads():
    position = PositionFactory(in_review=True)
    host = of_host(position)
    with pytest.raises(DomainError):
        hand_back(position=position, actor=of_unit(position), reason=" ")
    hand_back(position=position, actor=of_unit(position), reason="请写明工作时间")
    assert "请写明工作时间" in Message.objects.get(recipient=host, channel="inbox").body


@pytest.mark.parametrize("days", [{"apply_until": -1}, {"starts_on": -90, "ends_on": -2, "apply_until": -3}])
def test_what_is_past_is_not_sent_to_review(days):
    today = timezone.localdate()
    position = PositionFactory(draft=True, **{name: today + timedelta(days=off) for name, off in days.items()})
    with pytest.raises(DomainError) as refused:
        send_to_review(position=position, actor=of_host(position))
    assert refused.value.code == "past"


def test_a_draft_may_lack_words_but_is_not_sent_without_them():
    position = PositionFactory(draft=True)
    actor = of_host(position)
    position.work = ""
    save_position(position=position, actor=actor)
    with pytest.raises(DomainError) as refused:
        send_to_review(position=position, actor=actor)
    assert refused.value.field == "work"


def test_fewer_seats_than_are_taken_are_refused():
    position = PositionFactory(seats=3)
    for _ in range(2):
        ApplicationFactory(position=position, accepted=True)
    position.refresh_from_db()
    position.seats = 1
    with pytest.raises(ValidationError, match="2"):
        save_position(position=position, actor=of_unit(position))
    with pytest.raises(IntegrityError, match="last_seat_once"), transaction.atomic():
        Position.objects.filter(pk=position.pk).update(seats=1)


def test_a_host_changes_harmless_words_on_the_list_and_anything_else_goes_back_to_review():
    position = PositionFactory()
    host, unit = of_host(position), of_unit(position)
    position.benefits = "示例福利"
    assert save_position(position=position, actor=host).state == PositionState.PUBLISHED
    position.work = "另一份工作"
    assert save_position(position=position, actor=unit).state == PositionState.PUBLISHED
    position.seats = 5
    assert save_position(position=position, actor=host).state == PositionState.IN_REVIEW
    assert position.state_changes.count() == 1


def test_the_later_of_two_editors_is_told():
    position = PositionFactory(draft=True)
    actor = of_host(position)
    save_position(position=position, actor=actor, expected_revision=1)
    with pytest.raises(DomainError) as refused:
        save_position(position=Position.objects.get(pk=position.pk), actor=actor, expected_revision=1)
    assert refused.value.code == "stale"


def test_one_position_of_a_title_and_first_day():
    first = PositionFactory(draft=True)
    twin = Position(**{f.name: getattr(first, f.name) for f in Position._meta.fields if f.name != "id"})
    with pytest.raises(ValidationError, match="名额"):
        save_position(position=twin, actor=None)
    with pytest.raises(IntegrityError, match="position_once"), transaction.atomic():
        PositionFactory(host=first.host, title=first.title, starts_on=first.starts_on)
    closed = PositionFactory(host=first.host, title=first.title, starts_on=first.starts_on, closed=True)
    with pytest.raises(DomainError) as refused:
        send_to_review(position=closed, actor=None)
    assert refused.value.code == "twin"


def due(cause):
    today = timezone.localdate()
    if cause == ClosingCause.DATE:
        return PositionFactory(apply_until=today - timedelta(days=1))
    if cause == ClosingCause.SILENCE:
        return PositionFactory(reconfirmed_on=today - timedelta(days=31))
    position = PositionFactory(seats=1)
    ApplicationFactory(position=position, accepted=True)
    return position


@pytest.mark.parametrize("cause", [ClosingCause.DATE, ClosingCause.SEATS, ClosingCause.SILENCE])
def test_the_clock_closes_what_is_due_once(cause):
    position, other = due(cause), PositionFactory()
    host = of_host(position)
    assert Position.objects.open().filter(pk=position.pk).count() == 0, "closed to applicants before the clock comes by"
    assert close_due_positions() == 1
    assert close_due_positions() == 0
    position.refresh_from_db()
    other.refresh_from_db()
    assert (position.state, position.closing_cause, other.state) == ("closed", cause, "published")
    assert position.state_changes.count() == 1
    assert Message.objects.filter(recipient=host, kind="position_closed", channel="inbox").count() == 1


def test_thirty_days_of_silence_are_allowed_and_a_tap_starts_them_again():
    today = timezone.localdate()
    position = PositionFactory(reconfirmed_on=today - timedelta(days=30))
    assert close_due_positions() == 0
    host = of_host(position)
    reconfirm_position(position=position, actor=host)
    again = reconfirm_position(position=position, actor=host)
    assert again.reconfirmed_on == today
    with pytest.raises(DomainError):
        reconfirm_position(position=position, actor=of_unit(position))
    with pytest.raises(DomainError):
        reconfirm_position(position=PositionFactory(draft=True, host=position.host), actor=host)


@override_settings(POSITION_RECONFIRM_DAYS=10)
def test_the_days_of_silence_are_a_setting():
    PositionFactory(reconfirmed_on=timezone.localdate() - timedelta(days=11))
    assert close_due_positions() == 1


def test_open_is_derived_from_base_and_host():
    base = BaseFactory(unveiled=True)
    position = PositionFactory(base=base)
    assert Position.objects.open().get() == position
    Base.objects.filter(pk=base.pk).update(state=BaseState.SUSPENDED)
    assert not Position.objects.open().exists()
    assert Position.objects.public().get().state == PositionState.PUBLISHED
    Base.objects.filter(pk=base.pk).update(state=BaseState.UNVEILED)
    type(position.host).objects.filter(pk=position.host.pk).update(is_public=False)
    assert not Position.objects.open().exists()


def test_visible_to_each_role():
    position = PositionFactory(draft=True)
    PositionFactory(draft=True)
    seen = {
        of_host(position): 1,
        of_unit(position): 1,
        staff(Role.ORGANIZATION_DEPARTMENT): 2,
        staff(Role.AUDITOR): 2,
        staff(Role.FINANCE): 0,
        staff(Role.SYSTEM_ADMINISTRATOR): 0,
        UserFactory(role=Role.STUDENT): 0,
        UserFactory(role=Role.UNIVERSITY_LIAISON): 0,
    }
    found = {user: Position.objects.visible_to(user).count() for user in seen}
    assert found == seen
