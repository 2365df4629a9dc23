"""Claims come from confirmed attendance: once, in whatever order, and never beyond a cap."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from internships.enums import DayMark, PlacementState, SheetState
from internships.subsidies.enums import ClaimState, FlagKind, Rhythm
from internships.subsidies.models import Claim, ClaimLine, Policy
from internships.subsidies.selectors.recomputing import recompute_differs
from internships.subsidies.services import preparing
from internships.subsidies.services.computing import compute_claim
from internships.subsidies.services.following import sweep_claims
from internships.subsidies.services.preparing import prepare_claims, prepare_for
from tests.factories.accounts import UserFactory
from tests.factories.bases import BaseFactory
from tests.factories.internships import ApplicationFactory, PositionFactory, StudentFactory
from tests.factories.organisations import HostFactory
from tests.factories.subsidies import RULES, PolicyFactory, claim_in
from tests.factories.subsidies_policies import attended_stay, confirm_month
from wenxi_portal.core.errors import DomainError

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 11, 1)
MONTHLY: dict[str, Any] = {
    "rhythm": Rhythm.MONTHLY,
    "rules": RULES | {"counting": {"method": "half_months", "half_from_days": "10", "full_from_days": "20"}},
}


def claims_of(policy: Policy) -> list[tuple[date, date, Decimal]]:
    rows = Claim.objects.filter(policy=policy).order_by("student_id", "starts_on")
    return list(rows.values_list("starts_on", "ends_on", "amount"))


def test_a_stay_that_is_over_is_claimed_once_at_its_end() -> None:
    policy = PolicyFactory()
    stay = attended_stay(date(2026, 7, 5), date(2026, 9, 4))
    attended_stay(date(2026, 7, 5), date(2026, 9, 4), state=PlacementState.ON_POST)
    assert prepare_claims(until=UNTIL) == 1
    assert prepare_claims(until=UNTIL) == 0
    claim = Claim.objects.get()
    assert (claim.state, claim.amount, claim.months, claim.placement) == (ClaimState.DRAFT, 2000, 2, stay)
    assert (claim.student, claim.host, claim.policy, claim.level) == (stay.student, stay.host, policy, "bachelor")
    assert [(line.amount, line.days) for line in claim.lines.order_by("order")] == [(1000, 31), (1000, 31)]
    assert claim.state_changes.get().to_state == ClaimState.DRAFT
    assert not recompute_differs(claim)


def test_what_is_not_settled_is_not_paid() -> None:
    PolicyFactory()
    stay = attended_stay(date(2026, 7, 1), date(2026, 8, 31))
    august = stay.attendance_sheets.get(month=date(2026, 8, 1))
    for state in (SheetState.OBJECTED, SheetState.DRAFT):
        undone = {"confirmed_by": None, "confirmed_at": None} if state == SheetState.DRAFT else {}
        stay.attendance_sheets.filter(pk=august.pk).update(state=state, **undone)
        assert prepare_claims(until=UNTIL) == 0
    august.delete()
    assert prepare_claims(until=UNTIL) == 0
    confirm_month(stay, date(2026, 8, 1))
    assert prepare_claims(until=UNTIL) == 1


def test_by_the_month_each_month_that_is_over_is_claimed() -> None:
    policy = PolicyFactory(**MONTHLY)
    stay = attended_stay(date(2026, 7, 16), date(2026, 10, 10), state=PlacementState.ON_POST)
    assert prepare_claims(until=date(2026, 9, 5)) == 2
    assert claims_of(policy) == [
        (date(2026, 7, 16), date(2026, 7, 31), 500),
        (date(2026, 8, 1), date(2026, 8, 31), 1000),
    ]
    # A month that is being corrected waits; those after it do not.
    stay.attendance_sheets.filter(month=date(2026, 9, 1)).update(state=SheetState.OBJECTED)
    assert prepare_claims(until=UNTIL) == 1
    stay.attendance_sheets.update(state=SheetState.CONFIRMED)
    assert prepare_claims(until=UNTIL) == 1
    assert [amount for *_days, amount in claims_of(policy)] == [500, 1000, 1000, 500]
    assert prepare_claims(until=UNTIL) == 0


def test_a_month_of_interruption_has_no_sheet_to_wait_for() -> None:
    PolicyFactory(rules=MONTHLY["rules"])
    stay = attended_stay(date(2026, 6, 1), date(2026, 8, 31))
    stay.attendance_sheets.get(month=date(2026, 7, 1)).delete()
    assert prepare_claims(until=UNTIL) == 0
    stay.stay_events.create(kind="interrupted", on=date(2026, 7, 1))
    stay.stay_events.create(kind="resumed", on=date(2026, 8, 1))
    assert prepare_claims(until=UNTIL) == 1
    assert [line.amount for line in ClaimLine.objects.order_by("order")] == [1000, 0, 1000]


def test_only_hosts_that_a_policy_names() -> None:
    named = HostFactory()
    policy = PolicyFactory(draft=True)
    policy.policy_hosts.create(host=named)
    policy.state, policy.approved_at = "approved", "2026-01-01T00:00:00Z"
    policy.save()
    attended_stay(date(2026, 7, 1), date(2026, 7, 31))
    stay = attended_stay(
        date(2026, 7, 1), date(2026, 7, 31), application=ApplicationFactory(placed=True, position__host=named)
    )
    assert prepare_claims(until=UNTIL) == 1
    assert Claim.objects.get().placement == stay


def test_what_was_withdrawn_or_refused_comes_back_only_when_somebody_asks() -> None:
    policy = PolicyFactory()
    stay = attended_stay(date(2026, 7, 1), date(2026, 8, 31))
    prepare_claims(until=UNTIL)
    Claim.objects.update(state=ClaimState.WITHDRAWN)
    assert prepare_claims(until=UNTIL) == 0
    assert prepare_for(policy=policy, stay=stay.pk, actor=UserFactory()).state == ClaimState.DRAFT
    with pytest.raises(DomainError) as refused:
        prepare_for(policy=policy, stay=stay.pk, actor=UserFactory())
    assert refused.value.code == "nothing"


def test_caps_of_the_person_and_of_the_base_hold_over_stays_batches_and_years(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "BATCH", 1)
    policy = PolicyFactory(most_months=Decimal(3), most_a_base_year=Decimal(4500))
    position = PositionFactory(base=BaseFactory(), seats=5)
    one, other = StudentFactory(), StudentFactory()

    def stay(student: Any, first: date, last: date) -> None:
        attended_stay(
            first, last, application=ApplicationFactory(placed=True, position=position, student=student),
        )  # fmt: skip

    stay(one, date(2026, 1, 1), date(2026, 2, 28))
    other_position = PositionFactory()
    attended_stay(
        date(2026, 4, 1), date(2026, 5, 31),
        application=ApplicationFactory(placed=True, position=other_position, student=one),
    )  # fmt: skip
    stay(other, date(2026, 1, 1), date(2026, 3, 31))
    assert prepare_claims(until=UNTIL) == 3
    amounts = list(Claim.objects.order_by("pk").values_list("amount", "months"))
    # Two months, then one of the two left by the cap of three; the base has 2,500 left of 4,500 for the other.
    assert amounts == [(2000, 2), (1000, 1), (2500, 3)]
    assert not any(recompute_differs(claim) for claim in Claim.objects.filter(policy=policy))


def test_a_killed_run_goes_on_where_it_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preparing, "BATCH", 2)
    PolicyFactory()
    for _number in range(5):
        attended_stay(date(2026, 7, 1), date(2026, 7, 31))
    write, calls = preparing._write, []

    def killed(run: Any, worked_out: Any) -> None:
        calls.append(len(worked_out))
        if len(calls) == 2:
            raise KeyboardInterrupt
        write(run, worked_out)

    monkeypatch.setattr(preparing, "_write", killed)
    with pytest.raises(KeyboardInterrupt):
        prepare_claims(until=UNTIL)
    assert Claim.objects.count() == 2
    assert prepare_claims(until=UNTIL) == 3
    assert Claim.objects.count() == Claim.objects.values("placement").distinct().count() == 5


def test_many_stays_take_no_more_statements_than_few(django_assert_num_queries: Any) -> None:
    policy = PolicyFactory(most_months=Decimal(6))
    attended_stay(date(2026, 7, 1), date(2026, 7, 31))
    prepare_claims(policy=policy, until=UNTIL)
    for count in (1, 6):
        for _number in range(count):
            attended_stay(date(2026, 7, 1), date(2026, 7, 31))
        with django_assert_num_queries(22):
            assert prepare_claims(policy=policy, until=UNTIL) == count


def test_a_draft_is_worked_out_anew_and_its_earlier_lines_stay() -> None:
    PolicyFactory(**MONTHLY)
    stay = attended_stay(date(2026, 7, 1), date(2026, 7, 31))
    prepare_claims(until=UNTIL)
    claim = Claim.objects.get()
    assert compute_claim(claim=claim, actor=None).computation == 1
    stay.attendance_sheets.update(state=SheetState.REPLACED)
    confirm_month(stay, date(2026, 7, 1), DayMark.HALF, version=2, correction_reason="示例更正")
    assert recompute_differs(claim)
    again = compute_claim(claim=claim, actor=UserFactory())
    assert (again.computation, again.amount, again.months) == (2, 500, Decimal("0.5"))
    assert list(claim.lines.order_by("computation").values_list("computation", "amount")) == [(1, 1000), (2, 500)]
    with pytest.raises(DomainError) as refused:
        compute_claim(claim=claim_in(ClaimState.ENROLLED), actor=None)
    assert refused.value.code == "transition"


def _reviewed(state: ClaimState) -> Claim:
    """A claim that was worked out and then reviewed up to ``state``."""
    stay = attended_stay(date(2026, 7, 1), date(2026, 7, 31))
    prepare_claims(until=UNTIL)
    made = Claim.objects.get()
    lines = list(made.lines.all())
    Claim.objects.filter(pk=made.pk).update(state=ClaimState.WITHDRAWN)
    claim = claim_in(
        state, policy=made.policy, placement=stay, starts_on=made.starts_on, ends_on=made.ends_on,
        amount=made.amount, months=made.months, inputs_hash=made.inputs_hash,
    )  # fmt: skip
    for line in lines:
        line.pk, line.claim = None, claim
        line.save()
    return claim


@pytest.mark.parametrize("state", [ClaimState.SUBMITTED, ClaimState.SECOND_REVIEWED, ClaimState.CLEARED])
def test_a_corrected_sheet_voids_what_was_reviewed(state: ClaimState) -> None:
    PolicyFactory(**MONTHLY)
    claim = _reviewed(state)
    assert sweep_claims() == {"looked": 1, "followed": 0, "reported": 0}
    claim.placement.attendance_sheets.update(state=SheetState.REPLACED)
    confirm_month(claim.placement, date(2026, 7, 1), DayMark.HALF, version=2, correction_reason="示例更正")
    assert sweep_claims()["followed"] == 1
    claim.refresh_from_db()
    assert (claim.state, claim.round, claim.amount) == (ClaimState.DRAFT, 2, 500)
    assert sweep_claims() == {"looked": 1, "followed": 0, "reported": 0}


def test_what_nobody_can_explain_is_reported_once_and_settles_itself() -> None:
    PolicyFactory(**MONTHLY)
    claim = _reviewed(ClaimState.PAID)
    Claim.objects.filter(pk=claim.pk).update(amount=9000)
    assert sweep_claims()["reported"] == 1
    assert sweep_claims()["reported"] == 0
    flag = claim.flags.get()
    assert flag.kind == FlagKind.DIFFERS
    assert "9,000.00" in flag.detail
    Claim.objects.filter(pk=claim.pk).update(amount=1000)
    sweep_claims()
    flag.refresh_from_db()
    assert flag.cleared_at is not None


def test_a_paid_claim_whose_sheet_was_corrected_is_reported_and_never_edited() -> None:
    PolicyFactory(**MONTHLY)
    claim = _reviewed(ClaimState.PAID)
    claim.placement.attendance_sheets.update(state=SheetState.REPLACED)
    confirm_month(claim.placement, date(2026, 7, 1), DayMark.HALF, version=2, correction_reason="示例更正")
    assert sweep_claims() == {"looked": 1, "followed": 0, "reported": 1}
    claim.refresh_from_db()
    assert (claim.state, claim.amount) == (ClaimState.PAID, 1000)


def test_the_locks_and_checks_of_the_database_see_every_row() -> None:
    PolicyFactory()
    attended_stay(date(2026, 7, 1), date(2026, 7, 31))
    prepare_claims(until=UNTIL)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT count(*) FROM subsidies_claimevent")
        assert cursor.fetchone() == (1,)
