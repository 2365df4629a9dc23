"""Makers of the records that the ladders of reviews and notices watch."""

from django.utils import timezone

from internships.subsidies.enums import ClaimState
from internships.subsidies.models import Claim, NoticeLine, NoticeObjection, PublicNotice
from tests.factories.accounts import staff
from tests.factories.internships import PlacementFactory
from tests.factories.subsidies import claim_in
from wenxi_portal.reminders.ladders import moment


def _review(state, **more):
    def make(unit, officer):
        claim = claim_in(state, placement=PlacementFactory(completed=True, position__lead_unit=unit))
        Claim.objects.filter(pk=claim.pk).update(**more)
        return claim, lambda day: _changed(Claim, claim, updated_at=moment(day))

    return make


def _recheck(unit, officer):
    claim = claim_in(ClaimState.SECOND_REVIEWED)
    drawn = claim.rechecks.create(round=1)

    def move(day):
        type(drawn).objects.filter(pk=drawn.pk).update(drawn_at=moment(day))
        _changed(Claim, claim, updated_at=timezone.now())

    return claim, move


def _notice(unit, officer):
    today = timezone.localdate()
    record = PublicNotice.objects.create(
        number="GS1", title="示例公示", state="published", starts_on=today, ends_on=today, published_by=officer
    )
    values = {"starts_on": "2020-01-01", "updated_at": timezone.now()}
    return record, lambda day: _changed(PublicNotice, record, ends_on=day, **values)


def _objection(unit, officer):
    notice, _move = _notice(unit, staff())
    line = NoticeLine.objects.create(
        notice=notice, claim=claim_in(ClaimState.OBJECTED), order=1, name="示例", university="示例", level="示例",
        host="示例", scheme="示例", months=1, amount=1,
    )  # fmt: skip
    record = NoticeObjection.objects.create(line=line, text="示例", reference="R1", due_on=timezone.localdate())
    return record, lambda day: _changed(NoticeObjection, record, due_on=day, raised_at=timezone.now())


def _changed(model, record, **values):
    assert model.objects.filter(pk=record.pk).update(**values) == 1


SUBSIDY_REVIEWS = {
    "claim_enrolment_waiting": _review(ClaimState.HOST_CONFIRMED),
    "claim_first_review_waiting": _review(ClaimState.ENROLLED),
    "claim_second_review_waiting": _review(ClaimState.FIRST_REVIEWED),
    "claim_group_waiting": _review(ClaimState.SECOND_REVIEWED, needs_group=True),
    "claim_recheck_waiting": _recheck,
    "notice_objection_waiting": _objection,
    "notice_ends": _notice,
}
