"""Every pair of states of a base: allowed moves happen and are logged, the others are refused."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from bases.enums import BaseState
from bases.models import Base, BaseStateChange
from bases.services.base import move_base, save_base
from tests.factories.accounts import UserFactory
from tests.factories.bases import BaseFactory, BaseKindFactory
from tests.factories.organisations import UniversityFactory
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.models import AuditEntry
from wenxi_portal.core.errors import DomainError

pytestmark = pytest.mark.django_db

ALLOWED = {
    ("planned", "unveiled"),
    ("planned", "closed"),
    ("unveiled", "suspended"),
    ("unveiled", "closed"),
    ("suspended", "unveiled"),
    ("suspended", "closed"),
}
PAIRS = [(source, target) for source in BaseState.values for target in BaseState.values]


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_pair(source, target):
    base, actor = BaseFactory(**{source: True}), UserFactory()

    def move():
        year = 2024 if source == "planned" else None
        return move_base(base=base, to_state=BaseState(target), actor=actor, reason="会议决定", year=year)

    if (source, target) not in ALLOWED:
        with pytest.raises(DomainError) as refusal:
            move()
        assert refusal.value.code == "transition"
        assert Base.objects.get().state == source
        assert not BaseStateChange.objects.exists()
        return
    move()
    change = BaseStateChange.objects.get()
    assert (change.from_state, change.to_state, change.actor, change.reason) == (source, target, actor, "会议决定")
    assert Base.objects.get().state == target
    assert AuditEntry.objects.filter(verb=Verb.MOVED, actor=actor, subject_id=str(base.pk)).count() == 1


def test_a_move_needs_a_reason():
    with pytest.raises(DomainError) as refusal:
        move_base(base=BaseFactory(), to_state=BaseState.CLOSED, actor=None, reason="  ")
    assert refusal.value.field == "reason"


def test_unveiling_needs_a_day_a_year_or_a_note():
    with pytest.raises(ValidationError):
        move_base(base=BaseFactory(), to_state=BaseState.UNVEILED, actor=None, reason="授牌")
    base = move_base(base=BaseFactory(), to_state=BaseState.UNVEILED, actor=None, reason="授牌", on=date(2024, 2, 29))
    assert (base.plaque_on, base.plaque_year) == (date(2024, 2, 29), 2024)


def test_no_move_is_dated_in_the_future():
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(DomainError) as refusal:
        move_base(base=BaseFactory(), to_state=BaseState.UNVEILED, actor=None, reason="授牌", on=tomorrow)
    assert refusal.value.code == "future"


def test_a_base_is_not_closed_before_it_was_unveiled():
    with pytest.raises(ValidationError):
        move_base(
            base=BaseFactory(unveiled=True),
            to_state=BaseState.CLOSED,
            actor=None,
            reason="到期",
            on=date(2020, 1, 1),
        )


def test_the_log_of_moves_cannot_be_rewritten():
    base = move_base(base=BaseFactory(), to_state=BaseState.CLOSED, actor=None, reason="取消")
    for attempt in (base.state_changes.all().delete, lambda: base.state_changes.update(reason="别的")):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_saving_never_changes_the_state():
    base = BaseFactory(unveiled=True)
    base.state = BaseState.CLOSED
    save_base(base=base, actor=None)
    assert Base.objects.get().state == BaseState.UNVEILED


def test_the_later_of_two_editors_is_told():
    base = BaseFactory()
    first, second = Base.objects.get(), Base.objects.get()
    first.summary, second.summary = "甲", "乙"
    save_base(base=first, actor=None, expected_revision=base.revision)
    with pytest.raises(DomainError) as refusal:
        save_base(base=second, actor=None, expected_revision=base.revision)
    assert refusal.value.code == "stale"
    assert Base.objects.get().summary == "甲"


def test_saving_twice_is_refused_with_a_clear_sentence():
    base = BaseFactory()
    twin = Base(name=base.name, local_partner=base.local_partner, kind=base.kind)
    with pytest.raises(ValidationError) as refusal:
        save_base(base=twin, actor=None)
    assert "已" in str(refusal.value) or "already" in str(refusal.value)


def test_history_is_kept_for_raw_sql_too():
    base = BaseFactory()
    Base.objects.filter(pk=base.pk).update(summary="直接改库")
    events = base.events.order_by("pgh_id")
    assert [event.pgh_label for event in events] == ["insert", "update"]
    assert events.last().summary == "直接改库"


@pytest.mark.parametrize("when", [{"year": 2099}, {"on": "tomorrow"}])
def test_nothing_is_unveiled_in_the_future(when):
    given = {k: timezone.localdate() + timedelta(days=1) if v == "tomorrow" else v for k, v in when.items()}
    with pytest.raises((DomainError, ValidationError)):
        move_base(base=BaseFactory(), to_state=BaseState.UNVEILED, actor=None, reason="授牌", **given)


def test_a_page_that_is_out_of_date_does_not_move_the_base():
    base = BaseFactory(suspended=True)
    with pytest.raises(DomainError) as refusal:
        move_base(base=base, to_state=BaseState.UNVEILED, actor=None, reason="授牌", expected_state=BaseState.PLANNED)
    assert refusal.value.code == "stale"


def test_public_texts_hold_no_personal_numbers():
    base = BaseFactory()
    base.contact_phone = "139" + "0" * 8
    with pytest.raises(ValidationError):
        save_base(base=base, actor=None)


def test_a_university_is_no_local_partner():
    with pytest.raises(ValidationError):
        save_base(
            base=BaseFactory.build(kind=BaseKindFactory(), lead_unit=None, local_partner=UniversityFactory()),
            actor=None,
        )
