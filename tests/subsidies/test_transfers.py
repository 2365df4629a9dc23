"""A month shared by two hosts after a transfer is counted once, whoever confirms which days of it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from internships.enums import DayMark, PlacementState, SheetState
from internships.models import Placement
from internships.subsidies.enums import Rhythm
from internships.subsidies.models import Claim, Policy
from internships.subsidies.selectors.explaining import words_of
from internships.subsidies.selectors.papers import sheets_of
from internships.subsidies.selectors.recomputing import recompute_differs
from internships.subsidies.services.following import look_again
from internships.subsidies.services.preparing import prepare_claims
from tests.factories.internships import PlacementFactory, PositionFactory
from tests.factories.subsidies import RULES, PolicyFactory
from tests.factories.subsidies_policies import attended_stay, confirm_month

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 11, 1)
HALF = {"method": "half_months", "half_from_days": "15", "full_from_days": "23"}


def policy(rhythm: Rhythm = Rhythm.AT_END, **counting: Any) -> Policy:
    named = {name: value for name, value in {**HALF, **counting}.items() if value is not None}
    return PolicyFactory(rules={**RULES, "counting": named}, rhythm=rhythm)


def transferred(*, to: date = date(2026, 3, 22), since: date = date(2026, 3, 1)) -> tuple[Placement, Placement]:
    """Ten days of March at one host, twelve at another."""
    one = attended_stay(since, date(2026, 3, 10), state=PlacementState.ENDED_EARLY)
    position = PositionFactory()
    other = PlacementFactory(
        application=None, transferred_from=one, student=one.student, position=position, host=position.host,
        lead_unit=position.lead_unit, starts_on=date(2026, 3, 11), ends_on=to, state=PlacementState.COMPLETED,
    )  # fmt: skip
    confirm_month(other, date(2026, 3, 1))
    if to > date(2026, 3, 31):
        confirm_month(other, date(2026, 4, 1))
    return one, other


def test_ten_days_here_and_twelve_there_are_a_half_month_and_the_lines_say_so() -> None:
    policy()
    one, other = transferred()
    assert prepare_claims(until=UNTIL) == 1
    claim = Claim.objects.get()
    assert (claim.placement, claim.amount, claim.months) == (other, 500, Decimal("0.5"))
    line = claim.lines.get()
    assert (line.starts_on, line.days) == (date(2026, 3, 11), 12)
    assert [step["code"] for step in line.steps] == ["month", "with_former", "half", "rate"]
    assert words_of(line.steps[1]) == "加上调换前单位的 10 天，共 22 天"
    assert not recompute_differs(claim)
    # Both sheets are locked with the claim; whoever confirmed either has had the host's duty.
    assert {sheet.placement_id for sheet in sheets_of(claim)} == {one.pk, other.pk}
    # What the first host corrects afterwards is followed.
    one.attendance_sheets.update(state=SheetState.REPLACED)
    confirm_month(one, date(2026, 3, 1), DayMark.ABSENT, version=2, correction_reason="示例更正")
    assert recompute_differs(claim)
    assert look_again(claim=claim) == "followed"
    claim.refresh_from_db()
    assert claim.amount == 0


def test_the_second_host_pays_what_the_first_has_not() -> None:
    policy(half_from_days="8", full_from_days="20")
    transferred()
    assert prepare_claims(until=UNTIL) == 2
    assert list(Claim.objects.order_by("starts_on").values_list("amount", flat=True)) == [500, 500]
    last = Claim.objects.latest("starts_on").lines.get()
    assert [step["code"] for step in last.steps] == ["month", "with_former", "whole", "rate", "less_former"]


def test_months_of_the_stay_go_on_over_the_transfer_and_a_short_beginning_is_made_up_for() -> None:
    policy(method="whole_months", basis="stay", half_from_days=None, full_from_days=None, minimum_stay_days=30)
    transferred(to=date(2026, 4, 30))
    assert prepare_claims(until=UNTIL) == 1
    claim = Claim.objects.get()
    assert (claim.amount, claim.starts_on) == (2000, date(2026, 3, 11))
    assert list(claim.lines.order_by("order").values_list("starts_on", "amount")) == [
        (date(2026, 3, 1), 1000), (date(2026, 4, 1), 1000),
    ]  # fmt: skip
    assert not recompute_differs(claim)


def test_a_policy_may_count_each_host_by_itself_and_none_counts_what_another_version_paid() -> None:
    apart = policy(transfers="apart")
    transferred()
    assert prepare_claims(until=UNTIL) == 0
    Policy.objects.filter(pk=apart.pk).update(valid_until=date(2026, 3, 10))
    PolicyFactory(scheme=apart.scheme, version=2, valid_from=date(2026, 3, 11), rules={**RULES, "counting": HALF})
    assert prepare_claims(until=UNTIL) == 0


def test_by_the_month_the_shared_month_waits_until_both_hosts_have_confirmed() -> None:
    policy(rhythm=Rhythm.MONTHLY)
    one, _other = transferred(to=date(2026, 4, 30))
    one.attendance_sheets.update(state=SheetState.OBJECTED)
    assert prepare_claims(until=UNTIL) == 1
    one.attendance_sheets.update(state=SheetState.CONFIRMED)
    assert prepare_claims(until=UNTIL) == 1
    assert list(Claim.objects.order_by("starts_on").values_list("starts_on", "amount")) == [
        (date(2026, 3, 11), 1000), (date(2026, 4, 1), 1000),
    ]  # fmt: skip
