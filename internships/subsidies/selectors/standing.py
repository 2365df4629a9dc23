"""Where a claim stands, in words for the student: who has it, since when, until when, what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships.subsidies.enums import (
    UNDER_WAY,
    WITH_STUDENT,
    ClaimState,
    NoticeObjectionState,
    RecoveryState,
    SchemeKind,
)
from internships.subsidies.models import Claim
from wenxi_portal.core.money import money
from wenxi_portal.reminders.working_days import calendar

C = ClaimState
YOU = gettext_lazy("you")
OFFICE = gettext_lazy("the talent office")
FINANCE = gettext_lazy("finance and the bank")
NEXT = {
    C.DRAFT: gettext_lazy("Look at the amount, enter your account and hand it in."),
    C.SUBMITTED: gettext_lazy("The host confirms attendance and appraisal."),
    C.HOST_CONFIRMED: gettext_lazy("The lead unit checks the enrolment."),
    C.ENROLLED: gettext_lazy("The lead unit makes the first review."),
    C.FIRST_REVIEWED: gettext_lazy("The talent office makes the second review."),
    C.SECOND_REVIEWED: gettext_lazy("It goes on public notice."),
    C.GROUP_DECIDED: gettext_lazy("It goes on public notice."),
    C.ON_NOTICE: gettext_lazy("When nobody has objected, it is cleared for payment."),
    C.OBJECTED: gettext_lazy("The talent office looks into the objection."),
    C.CLEARED: gettext_lazy("It is put into the next payment batch."),
    C.BATCHED: gettext_lazy("The bank transfers the money and reports back."),
    C.RETURNED: gettext_lazy("Correct the account; it is paid with the next batch."),
    C.CORRECTED: gettext_lazy("It is put into the next payment batch."),
    C.HANDED_BACK: gettext_lazy("Complete what is missing and hand it in again."),
}
# What there is to know when nobody has the claim any more.
CLOSING = {
    C.PAID: gettext_lazy("The money has gone to your account. Nothing is left to do."),
    C.ARCHIVED: gettext_lazy("The money has gone to your account. Nothing is left to do."),
    C.REFUSED: gettext_lazy("The claim was refused. If you see it otherwise, write to the office."),
    C.WITHDRAWN: gettext_lazy("The claim was taken back. Should it count after all, the office prepares it anew."),
    C.RECOVERED: gettext_lazy("The money was paid back. Nothing is left to do."),
}
_OFFICES = {
    C.FIRST_REVIEWED: OFFICE, C.SECOND_REVIEWED: OFFICE, C.GROUP_DECIDED: OFFICE, C.OBJECTED: OFFICE,
    C.CLEARED: OFFICE, C.CORRECTED: OFFICE, C.ON_NOTICE: gettext_lazy("the public notice"), C.BATCHED: FINANCE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """Who has a claim since when; ``until`` None: no deadline. ``waits_for_student``: it is the student's turn."""

    holder: str
    since: datetime
    until: date | None
    is_overdue: bool
    next: str
    waits_for_student: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the timeline."""

    title: str
    at: datetime | None = None
    when: str = ""
    text: str = ""
    phase: str = "done"


def standing(claim: Claim, today: date | None = None) -> Standing:
    """Tell where ``claim`` stands. Reads ``state_changes`` and ``notice_lines__notice`` as they were fetched before."""
    state = ClaimState(claim.state)
    changes = moves_of(claim)
    since = changes[-1].at if changes else claim.created_at
    until = _until(claim, state, since)
    mine = state in WITH_STUDENT or state == C.RETURNED
    demand = asked_back(claim)
    if demand is not None:
        return _asked(demand, today or timezone.localdate())
    return Standing(
        holder=str(YOU) if mine else _holder(claim, state),
        since=since,
        until=until,
        is_overdue=bool(until and until < (today or timezone.localdate())),
        next=_next(claim, state),
        waits_for_student=mine,
    )


def _next(claim: Claim, state: ClaimState) -> str:
    if state == C.SUBMITTED and claim.kind == SchemeKind.BONUS:
        return _("The employer confirms the contract.")
    if state == C.SECOND_REVIEWED and claim.needs_group:
        return _("The leading group decides on it.")
    return str(NEXT.get(state, ""))


def asked_back(claim: Claim) -> Any:
    """Return the demand to pay money of ``claim`` back that is open; None without one."""
    return next((one for one in claim.recoveries.all() if one.state == RecoveryState.DEMANDED), None)


def _asked(demand: Any, today: date) -> Standing:
    words = _("Pay %(amount)s back until %(day)s. The office tells you how.") % {
        "amount": money(demand.amount), "day": date_format(demand.due_on),
    }  # fmt: skip
    return Standing(str(YOU), demand.demanded_at, demand.due_on, demand.due_on < today, words, waits_for_student=True)


def lead_of(claim: Claim) -> str:
    """Return the one sentence that stands on top: what comes next, or that nothing is left to do."""
    return standing(claim).next or str(CLOSING.get(ClaimState(claim.state), ""))


def timeline(claim: Claim) -> list[Entry]:
    """Return the way of ``claim`` for the student: what happened, where it is, what comes next.

    Opinions of reviewers stay with the offices; reasons that ask something of the student are shown.
    """
    changes = moves_of(claim)
    begun = _("Prepared from your milestone") if claim.kind == SchemeKind.BONUS else _("Prepared from your attendance")
    entries = [Entry(begun, claim.created_at)]
    entries += [Entry(str(C(change.to_state).label), change.at, text=_said(change)) for change in changes]
    last = entries.pop()
    entries.append(Entry(last.title, last.at, text=last.text, phase="now"))
    now = standing(claim)
    if now.next:
        entries.append(Entry(now.next, when=_("next"), phase="next"))
    return entries


def moves_of(claim: Claim) -> Sequence[Any]:
    """Return the moves of a claim, oldest first, without asking again where they were fetched before."""
    return sorted((one for one in claim.state_changes.all() if one.from_state), key=lambda one: (one.at, one.pk))


def notice_end(claim: Claim) -> date | None:
    """Return the last day of the notice on which the claim stands."""
    lines = (line for line in claim.notice_lines.all() if line.removed_on is None)
    return max((line.notice.ends_on for line in lines if line.notice.ends_on), default=None)


def _answer_due(claim: Claim) -> date | None:
    """Return until when the office answers the objections to the claim's line."""
    raised = (one for line in claim.notice_lines.all() for one in line.objections.all())
    return max((one.due_on for one in raised if one.state == NoticeObjectionState.WAITING), default=None)


def host_due(since: datetime) -> date:
    """Return until when the host shall confirm a claim handed in at ``since`` (SUBSIDY_HOST_DAYS)."""
    return timezone.localdate(since) + timedelta(days=settings.SUBSIDY_HOST_DAYS)


def with_way(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Return claims with everything ``standing`` and ``timeline`` read, in a fixed number of queries."""
    return claims.select_related(
        "scheme", "policy", "host", "lead_unit", "student__user", "account", "placement"
    ).prefetch_related(
        "state_changes", "notice_lines__notice", "notice_lines__objections", "payment_lines", "recoveries"
    )


def _until(claim: Claim, state: ClaimState, since: datetime) -> date | None:
    if state in WITH_STUDENT:
        return claim.due_on
    if state == C.SUBMITTED:
        return host_due(since)
    if state == C.ON_NOTICE:
        return notice_end(claim)
    if state == C.OBJECTED:
        return _answer_due(claim)
    if state in UNDER_WAY and state not in (C.CLEARED, C.OBJECTED):
        return calendar().add_working_days(timezone.localdate(since), settings.SUBSIDY_STEP_WORKING_DAYS)
    return None


def _holder(claim: Claim, state: ClaimState) -> str:
    if state == C.SUBMITTED:
        return str(claim.host.name)
    if state in (C.HOST_CONFIRMED, C.ENROLLED):
        return str(claim.lead_unit.name)
    return str(_OFFICES.get(state, ""))


def _said(change: Any) -> str:
    told = (C.HANDED_BACK, C.REFUSED, C.WITHDRAWN, C.RETURNED, C.DRAFT)
    voided = change.to_state == C.ENROLLED and change.from_state != C.HOST_CONFIRMED
    return str(change.reason) if change.to_state in told or voided else ""
