"""The article: 71 undergraduates two months each, ten trainee teachers with 18 months, paid to the yuan."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from internships.subsidies.arithmetic import Attended, Caps, Inputs, work_out
from internships.subsidies.enums import ClaimState, Duty
from internships.subsidies.models import BudgetLine, Claim
from internships.subsidies.rules import Rules
from internships.subsidies.selectors.balances import balance_of, with_balances
from internships.subsidies.selectors.reports import report
from internships.subsidies.services.batch import draft_batch, release_batch, seal_batch
from internships.subsidies.services.notice import draft_notice, end_notice, publish_notice
from internships.subsidies.services.result import read_result
from internships.subsidies.services.review import first_review, second_review
from tests.factories.accounts import UserFactory, staff
from tests.factories.payments import lines, money, payable, result_csv, rows_of
from tests.factories.reviews import hands, sample_policy, worked_claim
from tests.factories.subsidies import RULES, claim_in
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.services.roles import sync_roles
from wenxi_portal.notifications.models import Message

pytestmark = pytest.mark.django_db
NOTHING = Decimal(0)
UNDERGRADUATES, TRAINEES = [2] * 71, [2] * 8 + [1] * 2
FIRST = date(2026, 7, 1)


def due(months: int) -> tuple[Decimal, Decimal]:
    """Return months and amount of so many whole months of an undergraduate, worked out by the one function."""
    last = date(2026, 7 + months - 1, 31)
    attended = tuple(
        Attended(date(2026, month, 1), date(2026, month, 31), 44, dict.fromkeys(range(1, 23), 2))
        for month in range(7, 7 + months)
    )
    inputs = Inputs("bachelor", FIRST, last, attended, NOTHING, NOTHING, None, NOTHING, None)
    found = work_out(Rules.from_data(RULES), Caps(), inputs)
    return found.months, found.amount


def test_the_amounts_of_the_article_are_paid_to_the_yuan() -> None:
    worked_out = {months: due(months) for months in (1, 2)}
    policy, line = sample_policy(), money(200_000)
    for months in UNDERGRADUATES + TRAINEES:
        counted, amount = worked_out[months]
        payable(1, policy=policy, months=counted, amount=amount)
    keys = list(Claim.objects.order_by("pk").values_list("pk", flat=True))
    groups = [keys[:71], keys[71:]]
    totals = []
    for chosen in groups:
        Claim.objects.exclude(pk__in=chosen).filter(state=ClaimState.CLEARED).update(is_demo=True)
        batch, _left = draft_batch(title="示例批次", budget_line=line, actor=UserFactory())
        Claim.objects.update(is_demo=False)
        batch = release_batch(batch=seal_batch(batch=batch, actor=batch.drafted_by), actor=UserFactory())
        assert read_result(batch=batch, upload=result_csv(rows_of(batch)), actor=batch.released_by).was_applied
        totals.append((batch.count, batch.total))
    assert totals == [(71, 142_000), (10, 18_000)]
    _rows, total = report(timezone.localdate().year, "level")
    assert (total.people, total.months, total.amount) == (81, 160, 160_000)
    balance = balance_of(with_balances(BudgetLine.objects.all()).get())
    assert (balance.paid, balance.free, balance.payable) == (160_000, 40_000, 0)
    assert set(Claim.objects.values_list("state", flat=True)) == {ClaimState.PAID}


def test_one_claim_goes_every_step_from_review_to_paid_through_the_verbs() -> None:
    sync_roles()
    claim = worked_claim(ClaimState.ENROLLED)
    people = hands(claim)
    first_review(claim=claim, actor=people["officer"])
    second_review(claim=claim, actor=people["second"])
    began = timezone.localdate() - timedelta(days=30)
    notice = draft_notice(title="示例公示", claims=[Claim.objects.get(pk=claim.pk)], actor=people["third"],
                          introduction="示例", contact="示例")  # fmt: skip
    publish_notice(notice=notice, actor=people["third"], today=began)
    assert end_notice(notice=notice)
    claim.refresh_from_db()
    assert claim.state == ClaimState.CLEARED
    batch, _left = draft_batch(title="示例批次", budget_line=money(5000), actor=people["third"])
    seal_batch(batch=batch, actor=people["fourth"])
    finance = staff(Role.FINANCE)
    batch = release_batch(batch=batch, actor=finance)
    read_result(batch=batch, upload=result_csv(rows_of(batch)), actor=finance)
    claim.refresh_from_db()
    assert (claim.state, claim.amount, lines(batch)[0].amount) == (ClaimState.PAID, 2000, 2000)
    duties = {duty.duty: duty.user for duty in claim.duties.select_related("user")}
    separate = [duties[one] for one in (Duty.HOST_CONFIRM, Duty.FIRST_REVIEW, Duty.SECOND_REVIEW, Duty.PAY)]
    assert len(set(separate)) == 4
    told = Message.objects.filter(recipient=claim.student.user, channel="inbox").values_list("kind", flat=True)
    assert {"payment_batched", "payment_released", "payment_paid"} <= set(told)


def test_the_bonus_is_only_for_the_configured_employer() -> None:
    bonus = {"bonus": {"amounts": {"master": "3600", "bachelor": "2400"}}}
    rules = Rules.from_data(bonus)
    for level, amount in (("master", 3600), ("bachelor", 2400)):
        inputs = Inputs(level, FIRST, FIRST, (), NOTHING, NOTHING, None, NOTHING, ("contract", 0))
        assert work_out(rules, Caps(), inputs).amount == amount
        elsewhere = Inputs(
            level, FIRST, FIRST, (), NOTHING, NOTHING, None, NOTHING, ("contract", 0), FIRST, FIRST, False
        )
        assert work_out(rules, Caps(), elsewhere).amount == 0


def test_months_are_counted_per_person_and_never_per_batch() -> None:
    assert sum(due(months)[0] for months in TRAINEES) == 18
    assert sum(due(months)[1] for months in TRAINEES) == 18_000
    assert claim_in(ClaimState.CLEARED).months == 2
