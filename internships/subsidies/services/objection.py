"""Objections to a line of a notice: anybody may raise one, it holds this line alone, an officer answers it."""

import secrets
from datetime import date
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.subsidies.enums import ClaimState, NoticeObjectionState, NoticeState
from internships.subsidies.models import Claim, NoticeLine, NoticeObjection, PublicNotice
from internships.subsidies.services.claim import refuse
from internships.subsidies.services.moves import CLAIMS, void_reviews
from internships.subsidies.services.notice import state_before_notice
from internships.subsidies.services.voiding import send_back
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import hold, lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.publishing_guard import guard_text
from wenxi_portal.reminders.working_days import add_working_days

# Without signs that look alike when somebody copies them by hand.
SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
REFERENCE_LENGTH: Final = 12
# What an upheld objection leads to.
NEXT = {"recompute": ClaimState.DRAFT, "review": ClaimState.ENROLLED, "refuse": ClaimState.REFUSED}


@transaction.atomic
def raise_objection(
    *, line: NoticeLine, text: str, name: str = "", contact: str = "", today: date | None = None
) -> NoticeObjection:
    """Keep an objection to a line of a notice that is up. The claim of this line, and no other, is held.

    Name and contact may be left out; they lie sealed. The same words once more are the same objection (a double
    click). Raises ``DomainError`` when the period is over or the line was taken off.
    """
    clock = today or timezone.localdate()
    notice = hold(line.notice)
    claim = lock(line.claim)
    if not PublicNotice.objects.public_on(clock).filter(pk=notice.pk).exists():
        raise DomainError(_("The period of this notice is over."), code="over")
    if NoticeLine.objects.filter(pk=line.pk, removed_on__isnull=False).exists():
        raise DomainError(_("This line has been taken off the notice."), code="removed")
    words = text.strip()
    if not words:
        raise DomainError(_("Say what is wrong."), code="text", field="text")
    same = line.objections.filter(text=words, state=NoticeObjectionState.WAITING).first()
    if same is not None:
        return same
    objection = NoticeObjection(
        line=line, text=words, name=name.strip(), contact=contact.strip(), reference=new_reference(),
        due_on=add_working_days(clock, settings.NOTICE_OBJECTION_WORKING_DAYS),
    )  # fmt: skip
    objection.full_clean()
    objection.save()
    record(actor=None, verb=Verb.CREATED, subject=objection, notice=notice.number, line=line.order)
    if claim.state == ClaimState.ON_NOTICE:
        reason = _("Objection %(reference)s") % {"reference": objection.reference}
        CLAIMS.write(claim, ClaimState.OBJECTED, actor=None, reason=reason, fields=())
    return objection


@transaction.atomic
def answer_objection(
    *,
    objection: NoticeObjection,
    verdict: str,
    answer: str,
    actor: User,
    then: str = "",
    today: date | None = None,
) -> NoticeObjection:
    """Answer an objection, with the reason. Not upheld, the line stands; upheld, ``then`` says what becomes of it.

    ``then`` is ``recompute`` (worked out anew, looked at by the student), ``review`` (a new round of review) or
    ``refuse``. Raises ``DomainError`` when it is answered already or the answer holds what nobody may publish.
    """
    notice = hold(objection.line.notice)
    claim = lock(objection.line.claim)
    present = lock(objection)
    found = NoticeObjectionState(verdict)
    if present.state != NoticeObjectionState.WAITING or found == NoticeObjectionState.WAITING:
        raise DomainError(_("This objection has been answered already. Reload the page."), code="stale")
    if not answer.strip():
        raise DomainError(_("An answer says why."), code="reason", field="answer")
    guard_text(answer, field="answer")
    if found == NoticeObjectionState.UPHELD and then not in NEXT:
        raise DomainError(_("Say what becomes of the line."), code="then", field="then")
    present.state, present.answer = found, answer.strip()[:2000]
    present.answered_by, present.answered_at = actor, timezone.now()
    present.full_clean(exclude=["line"])
    present.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    record(actor=actor, verb=Verb.MOVED, subject=present, to_state=found.value)
    if claim.state == ClaimState.OBJECTED:
        _move_on(claim, notice, present, then, actor, today or timezone.localdate())
    return present


def new_reference() -> str:
    """Return a reference that nobody can guess."""
    return "".join(secrets.choice(SIGNS) for _sign in range(REFERENCE_LENGTH))


@transaction.atomic
def reveal_objector(*, objection: NoticeObjection, actor: User, reason: str) -> dict[str, str]:
    """Return name and contact of an objector to whoever says what for; each look is recorded."""
    if not reason.strip():
        raise DomainError(_("Say why: the reason stays with the record."), code="reason", field="reason")
    record(actor=actor, verb=Verb.REVEALED, subject=objection, reason=reason, fields=["name", "contact"])
    return {"name": objection.name, "contact": objection.contact}


def _move_on(
    claim: Claim, notice: PublicNotice, objection: NoticeObjection, then: str, actor: User, today: date
) -> None:
    reason = _("Objection %(reference)s: %(verdict)s") % {
        "reference": objection.reference,
        "verdict": objection.get_state_display(),
    }
    if objection.state == NoticeObjectionState.UPHELD:
        target = NEXT[then]
        if target == ClaimState.REFUSED:
            refuse(claim=claim, actor=actor, reason=objection.answer)
        elif target == ClaimState.DRAFT:
            send_back(claim=claim, reason=reason, today=today)
        else:
            void_reviews(claim=claim, to_state=target, reason=reason, actor=actor)
        return
    if NoticeObjection.objects.filter(line__claim=claim, state=NoticeObjectionState.WAITING).exists():
        return
    CLAIMS.write(claim, _stands(claim, notice, today), actor=actor, reason=reason, fields=())


def _stands(claim: Claim, notice: PublicNotice, today: date) -> ClaimState:
    """Return where a claim goes whose line stands: as the clock says, and nowhere for a notice that was cancelled."""
    if notice.state == NoticeState.CANCELLED:
        return state_before_notice(claim)
    is_over = notice.state == NoticeState.ENDED or (notice.ends_on is not None and notice.ends_on < today)
    return ClaimState.CLEARED if is_over else ClaimState.ON_NOTICE
