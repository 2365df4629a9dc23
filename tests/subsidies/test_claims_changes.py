"""What changes under a claim: attendance, stay, policy. Differences, money asked back, milestones and bonuses."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from internships.enums import Outcome, StudentPaperKind
from internships.models import Placement
from internships.services.attendance import confirm_sheet, correct_sheet, save_sheet
from internships.services.stay_course import record_outcome
from internships.services.student_papers import keep_student_paper
from internships.subsidies.enums import ClaimState, Duty, FlagKind, JournalKind, RecoveryState, SchemeKind
from internships.subsidies.models import Claim, Milestone, PolicyHost
from internships.subsidies.selectors.explaining import sentences
from internships.subsidies.selectors.papers import sheets_of
from internships.subsidies.selectors.recomputing import recompute_differs
from internships.subsidies.services.bonus import confirm_and_prepare, prepare_bonus
from internships.subsidies.services.claim import submit
from internships.subsidies.services.demand import demand_recovery
from internships.subsidies.services.difference import claim_difference
from internships.subsidies.services.findings import check_not_held
from internships.subsidies.services.following import sweep_claims
from internships.subsidies.services.host_confirmation import confirm_by_host
from internships.subsidies.services.ledger import Movement, move
from internships.subsidies.services.milestone import confirm_milestone, miss_milestone, open_milestones
from internships.subsidies.services.recovery import receive_recovery
from internships.subsidies.services.voiding import send_back
from tests.factories import stays
from tests.factories.accounts import UserFactory, staff
from tests.factories.internships import PlacementFactory
from tests.factories.organisations import HostFactory
from tests.factories.stays import day, member, pdf
from tests.factories.subsidies import BudgetLineFactory, PolicyFactory, SchemeFactory, claim_in
from tests.subsidies.claims_world import WAY, handed_in, moved_on, policy, prepared, student_of
from wenxi_portal.accounts.enums import Role
from wenxi_portal.core.errors import DomainError
from wenxi_portal.notifications.models import Message

pytestmark = pytest.mark.django_db
C = ClaimState


def refused(code, deed, **kwargs):
    with pytest.raises(DomainError) as refusal:
        deed(**kwargs)
    assert refusal.value.code == code


def corrected(claim, mark):
    """Let the host correct the whole month in the middle of a claim: every day of it becomes ``mark``."""
    month = sheets_of(claim)[1].month
    sheet = claim.placement.attendance_sheets.valid().get(month=month)
    host = stays.host_of(claim.placement)
    new = correct_sheet(sheet=sheet, actor=host, reason="示例更正")
    save_sheet(sheet=new, actor=host, marks=dict.fromkeys(new.marks, mark))
    return confirm_sheet(sheet=new, actor=host)


def paid(claim=None):
    """Return a claim that was paid out of a budget line."""
    claim = moved_on(claim or handed_in(), *WAY)
    line = BudgetLineFactory()
    for kind in (JournalKind.ALLOTTED, JournalKind.RESERVED, JournalKind.PAID):
        move(kind=kind, movements=[Movement(line, claim.amount, claim)], actor=None)
    return claim


def test_a_corrected_sheet_voids_months_of_a_stay_too_before_the_night():
    rule = policy(rules={"rates": {"bachelor": "1000"}, "counting": {"method": "whole_months", "basis": "stay"}})
    claim = moved_on(handed_in(rule=rule), *WAY[:6])
    assert claim.lines.filter(sheet__isnull=True).exists()
    check_not_held(claim)
    corrected(claim, "half")
    refused("changed", check_not_held, claim=claim)


def test_a_corrected_sheet_sends_a_reviewed_claim_back_worked_out_anew():
    claim = moved_on(handed_in(), *WAY[:6])
    officer = member(claim.lead_unit, Role.LEAD_UNIT_OFFICER)
    before = claim.amount
    corrected(claim, "absent")
    with pytest.raises(DomainError) as refusal:
        check_not_held(claim)
    assert refusal.value.code == "changed"
    assert sweep_claims()["followed"] == 1
    assert sweep_claims()["followed"] == 0
    claim.refresh_from_db()
    assert (claim.state, claim.round, claim.computation) == (C.DRAFT, 2, 2)
    assert claim.amount < before
    assert claim.lines.filter(computation=1).exists()
    told = Message.objects.filter(channel="inbox")
    assert told.filter(recipient=student_of(claim), kind="claim_news", params__state="voided").count() == 1
    assert told.filter(recipient=officer, kind="claim_voided").count() == 1
    again = submit(claim=claim, actor=student_of(claim), declared=True)
    assert again.state == C.SUBMITTED


def test_a_claim_without_a_day_left_ends():
    claim = handed_in()
    Placement.objects.filter(pk=claim.placement_id).update(
        starts_on=claim.ends_on + timedelta(days=1), ends_on=claim.ends_on + timedelta(days=2)
    )
    assert send_back(claim=claim, reason="示例").state == C.WITHDRAWN


def test_the_host_confirms_and_whoever_confirmed_a_sheet_has_had_the_duty():
    claim = handed_in()
    confirmer = sheets_of(claim).first().confirmed_by
    other = stays.host_of(claim.placement)
    refused("host", confirm_by_host, claim=claim, actor=UserFactory())
    done = confirm_by_host(claim=claim, actor=other, opinion="属实")
    assert confirm_by_host(claim=done, actor=other).revision == done.revision
    duties = done.duties.filter(duty=Duty.HOST_CONFIRM)
    assert {duty.user for duty in duties} == {confirmer, other}
    refused("transition", confirm_by_host, claim=moved_on(done, "enrolled"), actor=other)


def test_the_host_does_not_confirm_what_has_changed_or_what_lacks_its_appraisal():
    claim = handed_in()
    corrected(claim, "absent")
    refused("changed", confirm_by_host, claim=claim, actor=stays.host_of(claim.placement))
    bare = claim_in(C.SUBMITTED, policy=PolicyFactory(papers=["appraisal"]))
    refused("appraisal", confirm_by_host, claim=bare, actor=stays.host_of(bare.placement))


def test_more_after_payment_is_a_claim_of_its_own():
    by_day = {"method": "by_day", "days_a_month": "31"}
    claim = paid(handed_in(rule=policy(rules={"rates": {"bachelor": "1000"}, "counting": by_day})))
    refused("same", claim_difference, claim=claim, actor=staff(), reason="示例")
    corrected(claim, "absent")
    refused("less", claim_difference, claim=claim, actor=staff(), reason="示例")
    corrected(claim, "present")
    assert sweep_claims()["reported"] == 1
    assert claim.flags.get(cleared_at=None).kind == FlagKind.DIFFERS
    refused("reason", claim_difference, claim=claim, actor=staff(), reason="")
    difference = claim_difference(claim=claim, actor=staff(), reason="漏计出勤")
    assert claim_difference(claim=claim, actor=staff(), reason="漏计出勤") == difference
    assert not claim.flags.filter(cleared_at=None).exists()
    lines = difference.lines.order_by("order")
    assert (difference.state, difference.corrects) == (C.DRAFT, claim)
    assert sum(line.amount for line in lines) == difference.amount > 0
    assert claim.number in sentences(lines.last().steps)[0]
    assert not recompute_differs(difference)
    claim.refresh_from_db()
    assert (claim.state, claim.amount) == (C.PAID, claim.amount)
    done = submit(claim=difference, actor=student_of(claim), declared=True)
    paid(done)
    refused("same", claim_difference, claim=claim, actor=staff(), reason="示例")


def test_money_is_asked_back_by_one_and_received_by_another():
    claim = paid()
    refused("nothing", demand_recovery, claim=claim, actor=staff(), reason="示例")
    corrected(claim, "absent")
    asker, finance = staff(), staff(Role.FINANCE)
    demand = demand_recovery(claim=claim, actor=asker, reason="考勤更正")
    assert 0 < demand.amount < claim.amount
    refused("open", demand_recovery, claim=claim, actor=asker, reason="示例")
    assert Message.objects.filter(kind="recovery_demanded", channel="inbox").get().recipient == student_of(claim)
    refused("duty", receive_recovery, recovery=demand, actor=asker, on=day(0))
    first = receive_recovery(recovery=demand, actor=finance, on=day(0))
    second = receive_recovery(recovery=demand, actor=finance, on=day(0))
    assert (first.state, second.pk) == (RecoveryState.RECEIVED, first.pk)
    claim.refresh_from_db()
    assert claim.state == C.PAID
    refused("nothing", demand_recovery, claim=claim, actor=asker, reason="示例")
    rest = demand_recovery(claim=claim, actor=asker, reason="示例", is_whole=True)
    assert rest.amount + demand.amount == claim.amount
    receive_recovery(recovery=rest, actor=finance, on=day(0))
    claim.refresh_from_db()
    assert claim.state == C.RECOVERED
    assert claim.ledger_entries.filter(account="recovered").count() == 2


@pytest.fixture
def employer():
    return HostFactory()


@pytest.fixture
def bonus(employer):
    """A bonus of the published sums, for one employer, when the contract is signed."""
    rules = {"bonus": {"amounts": {"bachelor": "2400", "master": "3600"}}}
    made = PolicyFactory(draft=True, scheme=SchemeFactory(kind=SchemeKind.BONUS), rules=rules)
    PolicyHost.objects.create(policy=made, host=employer)
    made.state, made.approved_by, made.approved_at = "approved", UserFactory(), made.created_at
    made.save()
    return made


def hired(employer, on=None, level="bachelor", **kwargs):
    stay = PlacementFactory(completed=True, application__student__level=level, **kwargs)
    return record_outcome(
        placement=stay, actor=staff(), outcome=Outcome.HIRED_ELSEWHERE, employer=employer, contract_on=on or day(-10)
    )


def proof(stay, kind=StudentPaperKind.CONTRACT):
    return keep_student_paper(student=stay.student, kind=kind, upload=pdf(mark=str(stay.pk)), actor=stay.student.user)


@pytest.mark.parametrize(("level", "amount"), [("bachelor", 2400), ("master", 3600)])
def test_a_bonus_is_paid_for_the_configured_employer_after_completion(bonus, employer, level, amount):
    stay = hired(employer, level=level)
    hired(HostFactory())
    early = PlacementFactory(completed=True, state="ended_early")
    record_outcome(
        placement=early, actor=staff(), outcome=Outcome.HIRED_ELSEWHERE, employer=employer, contract_on=day(-1)
    )
    assert open_milestones() == {"opened": 1, "moved": 0, "closed": 0}
    assert open_milestones() == {"opened": 0, "moved": 0, "closed": 0}
    milestone = Milestone.objects.get()
    assert (milestone.placement, milestone.due_on) == (stay, stay.contract_on)
    refused("open", prepare_bonus, milestone=milestone, actor=staff())
    other = proof(PlacementFactory())
    own = proof(stay)
    for code, values in {
        "proof": {"proof": other, "reached_on": day(-5)},
        "early": {"proof": own, "reached_on": stay.contract_on - timedelta(days=1)},
        "future": {"proof": own, "reached_on": day(1)},
    }.items():
        refused(code, confirm_milestone, milestone=milestone, actor=staff(), **values)
    confirm_and_prepare(milestone=milestone, actor=staff(), proof=own, reached_on=day(-5))
    confirm_and_prepare(milestone=milestone, actor=staff(), proof=own, reached_on=day(-5))
    claim = Claim.objects.get()
    assert (claim.kind, claim.amount, claim.host, claim.student) == (SchemeKind.BONUS, amount, employer, stay.student)
    refused("reached", miss_milestone, milestone=milestone, actor=staff(), reason="示例")


def test_milestones_follow_the_contract(bonus, employer):
    stay = hired(employer)
    open_milestones()
    record_outcome(
        placement=stay, actor=staff(), outcome=Outcome.HIRED_ELSEWHERE, employer=employer, contract_on=day(-7)
    )
    assert open_milestones() == {"opened": 0, "moved": 1, "closed": 0}
    record_outcome(placement=stay, actor=staff(), outcome=Outcome.LEFT)
    assert open_milestones() == {"opened": 0, "moved": 0, "closed": 1}
    refused(
        "hired",
        confirm_milestone,
        milestone=Milestone.objects.get(),
        actor=staff(),
        proof=proof(stay),
        reached_on=day(-7),
    )


def test_months_of_insurance_end_on_the_last_day_of_short_months(employer):
    rules = {"bonus": {"amounts": {"bachelor": "2400"}, "milestones": [
        {"kind": "contract", "share": "0.5"}, {"kind": "months", "months": 12, "share": "0.5"}]}}  # fmt: skip
    PolicyFactory(scheme=SchemeFactory(kind=SchemeKind.BONUS), rules=rules)
    leap = hired(employer, on=date(2024, 2, 29))
    year_end = hired(employer, on=date(2023, 12, 31))
    open_milestones()
    days = {(one.placement_id, one.months): one.due_on for one in Milestone.objects.all()}
    assert days[leap.pk, 12] == date(2025, 2, 28)
    assert days[year_end.pk, 12] == date(2024, 12, 31)
    milestone = Milestone.objects.get(placement=leap, months=12)
    paper = proof(leap, StudentPaperKind.SOCIAL_INSURANCE)
    confirm_and_prepare(milestone=milestone, actor=staff(), proof=paper, reached_on=date(2025, 2, 28))
    assert Claim.objects.get().amount == Decimal(1200)


def ago(*parts):
    """Return a day as so many days from today."""
    return (date(*parts) - day(0)).days


def test_a_claim_over_the_year_end_and_a_leap_day_counts_each_month():
    claim = prepared(first=ago(2024, 2, 1), last=ago(2024, 2, 29))
    assert (claim.starts_on, claim.ends_on) == (date(2024, 2, 1), date(2024, 2, 29))
    assert claim.lines.get().ends_on == date(2024, 2, 29)
    over = prepared(first=ago(2023, 12, 1), last=ago(2024, 1, 31))
    assert [line.starts_on for line in over.lines.order_by("order")] == [date(2023, 12, 1), date(2024, 1, 1)]
    assert over.due_on > date(2026, 1, 1)
