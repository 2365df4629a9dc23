"""What a student does with a claim, and how an office sends it back or refuses it."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from internships.enums import SheetState
from internships.models import StudentPaper
from internships.services.attendance import lock_sheet
from internships.subsidies.enums import WITH_STUDENT, ClaimState, FlagKind
from internships.subsidies.models import Claim, ClaimPaper
from internships.subsidies.permissions import can_withdraw_claim
from internships.subsidies.selectors.papers import missing_papers, sheets_of, usable_proofs
from internships.subsidies.selectors.recomputing import recompute_differs
from internships.subsidies.selectors.windows import is_closed, is_late
from internships.subsidies.services.findings import look_at, raise_flag
from internships.subsidies.services.moves import CLAIMS, take_off_notice, void_reviews
from internships.subsidies.services.telling import tell_host
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.wording import word_list

C = ClaimState


@transaction.atomic
def submit(
    *,
    claim: Claim,
    actor: User,
    declared: bool,
    seen: int | None = None,
    proofs: Iterable[StudentPaper] = (),
    today: date | None = None,
) -> Claim:
    """Hand a claim in: to the account in use, with the amount that was on screen (``seen`` is its computation).

    The sheets that it counts are locked. After its window it is taken late, and held, for SUBSIDY_LATE_DAYS, then no
    more. Pressed twice it is handed in once. Raises ``DomainError`` with what to do first: ``declared``, ``account``,
    ``papers``, ``closed``, ``objection``, ``nothing``, and ``differs`` when the amount has to be looked at again.
    """
    clock = today or timezone.localdate()
    student = lock(claim.student)
    present = lock(claim)
    if present.state == C.SUBMITTED:
        return present
    present = CLAIMS.locked(present, C.SUBMITTED)
    if actor.pk != student.user_id:
        raise DomainError(_("A claim is handed in by the student."), code="own")
    if not declared:
        raise DomainError(_("Confirm that what you hand in is true."), code="declared", field="declared")
    if is_closed(present, clock):
        raise DomainError(
            _("The time for this claim ended on %(day)s. Write to the office.")
            % {"day": date_format(present.due_on or clock)},
            code="closed",
        )
    account = student.bank_accounts.in_use().first()
    if account is None:
        raise DomainError(_("Enter the account to which you are paid."), code="account", field="card")
    _attach(present, proofs, actor)
    _check_papers(present)
    _check_amount(present, seen)
    _lock_sheets(present, actor)
    present.account, present.submitted_at = account, timezone.now()
    CLAIMS.write(present, C.SUBMITTED, actor=actor, reason=_("Handed in"), fields=("account", "submitted_at"))
    if is_late(present, clock):
        raise_flag(claim=present, kind=FlagKind.LATE, about=str(present.due_on), detail=str(present.due_on))
    look_at([present])
    tell_host(present)
    return present


@transaction.atomic
def withdraw(*, claim: Claim, actor: User | None, reason: str = "") -> Claim:
    """Take a claim back before it is in a batch. Withdrawn twice, it is withdrawn once.

    What the bank has returned is given up by finance and not here, since the ledger has to follow. ``actor`` None is
    the clock. Raises ``DomainError`` (code ``own``) for anybody but the student and officers who see the claim.
    """
    present = lock(claim)
    if actor is not None and not can_withdraw_claim(actor, present):
        raise DomainError(_("A claim is withdrawn by the student or by the office."), code="own")
    if present.state == C.WITHDRAWN:
        return present
    if present.state == C.RETURNED:
        raise DomainError(_("The bank has returned this payment: correct the account, or write to the office."),
                          code="returned")  # fmt: skip
    present = CLAIMS.locked(present, C.WITHDRAWN)
    words = reason.strip() or _("Withdrawn by the student")
    CLAIMS.write(present, C.WITHDRAWN, actor=actor, reason=words, fields=())
    take_off_notice(claim=present, reason=words)
    return present


@transaction.atomic
def hand_back(*, claim: Claim, actor: User, reason: str, due_on: date, today: date | None = None) -> Claim:
    """Send a claim back to the student with what is missing, until ``due_on``. Reviews are made again afterwards."""
    if due_on <= (today or timezone.localdate()):
        raise DomainError(_("Give the student some days: the deadline lies ahead."), code="due", field="due_on")
    return void_reviews(claim=claim, to_state=C.HANDED_BACK, reason=reason, actor=actor, fields={"due_on": due_on})


@transaction.atomic
def refuse(*, claim: Claim, actor: User, reason: str) -> Claim:
    """Refuse a claim for good, with the reason that the student reads."""
    present = CLAIMS.locked(claim, C.REFUSED, reason=reason)
    CLAIMS.write(present, C.REFUSED, actor=actor, reason=reason, fields=())
    take_off_notice(claim=present, reason=reason)
    return present


@transaction.atomic
def extend_due(*, claim: Claim, actor: User, due_on: date, reason: str) -> Claim:
    """Give the student more time to hand a claim in."""
    present = lock(claim)
    if present.state not in WITH_STUDENT:
        raise DomainError(_("Only a claim that waits for the student has a deadline to extend."), code="transition")
    if present.due_on is not None and due_on <= present.due_on:
        raise DomainError(_("The new deadline lies after the present one."), code="due", field="due_on")
    if not reason.strip():
        raise DomainError(_("Say why: the reason stays with the record."), code="reason", field="reason")
    present.due_on, present.revision = due_on, present.revision + 1
    present.save(update_fields=["due_on", "revision", "updated_at"])
    record(actor=actor, verb=Verb.CHANGED, subject=present, reason=reason, due_on=due_on.isoformat())
    return present


def _attach(claim: Claim, proofs: Iterable[StudentPaper], actor: User) -> None:
    own = usable_proofs(claim).filter(pk__in=[paper.pk for paper in proofs])
    rows = [ClaimPaper(claim=claim, paper=paper, attached_by=actor) for paper in own]
    ClaimPaper.objects.bulk_create(rows, ignore_conflicts=True)


def _check_papers(claim: Claim) -> None:
    missing = missing_papers(claim)
    if missing:
        raise DomainError(
            _("Still missing: %(papers)s.") % {"papers": word_list(need.label for need in missing)},
            code="papers",
            field="proofs",
        )


def _check_amount(claim: Claim, seen: int | None) -> None:
    if (seen is not None and seen != claim.computation) or recompute_differs(claim):
        raise DomainError(
            _("The amount has been worked out anew meanwhile. Look at it, then hand it in."), code="differs"
        )
    if claim.amount <= 0:
        raise DomainError(_("Nothing is due for these days: the arithmetic says why."), code="nothing")


def _lock_sheets(claim: Claim, actor: User) -> None:
    for sheet in sheets_of(claim):
        if sheet.state == SheetState.OBJECTED:
            raise DomainError(
                _("You have objected to the attendance of %(month)s. Hand the claim in when it is answered.")
                % {"month": date_format(sheet.month, "YEAR_MONTH_FORMAT")},
                code="objection",
            )
        lock_sheet(sheet=sheet, actor=actor)
