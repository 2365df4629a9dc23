"""Claims and milestones on their ladders."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from internships.enums import Outcome
from internships.subsidies.enums import ClaimState, MilestoneKind
from internships.subsidies.models import Claim, Milestone
from tests.factories.internships import PlacementFactory
from tests.factories.organisations import HostFactory
from tests.factories.subsidies import ClaimFactory, claim_in
from wenxi_portal.reminders.ladders import moment


def _to_hand_in(unit, officer):
    record = ClaimFactory(placement__application__student__user=officer)
    return record, lambda day: _changed(Claim, record, created_at=moment(day))


def _closing(unit, officer):
    record = ClaimFactory(placement__application__student__user=officer)
    return record, lambda day: _changed(Claim, record, due_on=day)


def _handed_back(unit, officer):
    record = claim_in(ClaimState.HANDED_BACK, placement__application__student__user=officer)
    return record, lambda day: _changed(Claim, record, due_on=day)


def _for_host(unit, officer):
    record = claim_in(ClaimState.SUBMITTED, host=unit)

    def move(day):
        handed_in = moment(day - timedelta(days=settings.SUBSIDY_HOST_DAYS))
        _changed(Claim, record, submitted_at=handed_in, host=unit)

    return record, move


def _milestone(unit, officer):
    stay = PlacementFactory(completed=True, application__student__user=officer, employer=HostFactory(),
                            outcome=Outcome.HIRED, contract_on=timezone.localdate())  # fmt: skip
    record = Milestone.objects.create(placement=stay, kind=MilestoneKind.CONTRACT, due_on=stay.contract_on)
    return record, lambda day: _changed(Milestone, record, due_on=day)


def _changed(model, record, **values):
    assert model.objects.filter(pk=record.pk).update(updated_at=timezone.now(), **values) == 1


SUBSIDIES_CLAIMS = {
    "claim_to_hand_in": _to_hand_in,
    "claim_window_closing": _closing,
    "claim_handed_back": _handed_back,
    "claim_waiting_for_host": _for_host,
    "milestone_proof_due": _milestone,
}
