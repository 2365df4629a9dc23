"""Auditor's packs: asked for with a reason, made in the background, verified by anybody (``pack_format``)."""

import logging
from datetime import date, timedelta
from functools import partial

from celery import current_app
from django.conf import settings
from django.db import OperationalError as DatabaseDown
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from internships.models import Student
from internships.subsidies.enums import PackScope, PackState
from internships.subsidies.models import AuditPack, PaymentBatch
from internships.subsidies.pack_format import packed
from internships.subsidies.selectors.pack_contents import claims_of_pack, files_of
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError

logger = logging.getLogger(__name__)
TASK = "internships.subsidies.tasks.make_auditor_pack"
# Whoever may see both kinds of number in full may have them in a pack.
REVEAL = ("internships.reveal_student", "subsidies.reveal_bankaccount")
# Handing over what a worker is still at does no harm: the second one leaves quietly.
STUCK_AFTER = timedelta(minutes=5)


@transaction.atomic
def ask_for_pack(  # noqa: PLR0913 - what a pack may be about
    *,
    scope: PackScope,
    actor: User,
    reason: str,
    student: Student | None = None,
    batch: PaymentBatch | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    reveals: bool = False,
) -> AuditPack:
    """Have a pack made. Raises ``DomainError`` without a reason, without the right to full numbers, or when empty."""
    if not reason.strip():
        raise DomainError(_("Say what the pack is for: the reason stays on record."), code="reason", field="reason")
    if reveals and not actor.has_perms(REVEAL):
        raise DomainError(_("Your account may not see these numbers in full."), code="reveal", field="reveals")
    pack = AuditPack(
        scope=scope, student=student, batch=batch, starts_on=starts_on, ends_on=ends_on, reveals=reveals,
        reason=reason.strip()[:500], asked_by=actor, language=get_language() or "zh-hans",
    )  # fmt: skip
    pack.full_clean()
    pack.claims = claims_of_pack(pack).count()
    if not pack.claims:
        raise DomainError(_("There is no claim to put into this pack."), code="empty")
    pack.save()
    record(actor=actor, verb=Verb.EXPORTED, subject=pack, reason=reason, claims=pack.claims, revealed=reveals)
    transaction.on_commit(partial(_hand_over, pack.pk), robust=True)
    return pack


def make_pack(pack_id: int) -> None:
    """Make the pack. Leaves quietly when it is made, or another worker is at it; killed, it is made again.

    A pack that cannot be made says so instead of being tried for ever; what was wrong is raised for the log. A database
    that goes away says nothing of the pack: it waits.
    """
    try:
        _make(pack_id)
    except DatabaseDown:
        raise
    except Exception:
        AuditPack.objects.filter(pk=pack_id, state=PackState.WAITING).update(state=PackState.FAILED)
        raise


@transaction.atomic
def make_pack_again(*, pack: AuditPack, actor: User) -> None:
    """Have a pack made that could not be. Raises ``DomainError`` for one that waits or is made."""
    pack = lock(pack)
    if pack.state != PackState.FAILED:
        raise DomainError(_("This pack is made already, or is being made."), code="state")
    pack.state = PackState.WAITING
    pack.save(update_fields=["state"])
    record(actor=actor, verb=Verb.EXPORTED, subject=pack, reason=pack.reason, again=True)
    transaction.on_commit(partial(_hand_over, pack.pk), robust=True)


@transaction.atomic
def _make(pack_id: int) -> None:
    waiting = AuditPack.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    pack = waiting.filter(pk=pack_id, state=PackState.WAITING).defer("content").first()
    if pack is None:
        return
    now = timezone.now()
    about = {
        "scope": pack.scope, "about": str(pack), "asked_by": str(pack.asked_by), "reason": pack.reason,
        "made_at": timezone.localtime(now).isoformat(timespec="seconds"), "masked": not pack.reveals,
    }  # fmt: skip
    with override(pack.language):
        files = dict(files_of(pack))
        files["README.txt"] = _read_me().encode()
    pack.content, pack.head = packed(files, about)
    pack.state, pack.made_at = PackState.MADE, now
    pack.save(update_fields=["content", "head", "state", "made_at"])


def read_pack(*, pack: AuditPack, actor: User) -> bytes:
    """Return the pack and record that it was fetched. Raises ``DomainError`` before it is made and after its time."""
    if pack.state != PackState.MADE or not pack.content:
        raise DomainError(_("This pack is not there: it is being made, or its time is over."), code="state")
    record(actor=actor, verb=Verb.EXPORTED, subject=pack, reason=pack.reason, head=pack.head)
    return bytes(pack.content)


def take_up_packs() -> int:
    """Hand over again what no worker has finished; return how many."""
    stuck = AuditPack.objects.filter(state=PackState.WAITING, asked_at__lt=timezone.now() - STUCK_AFTER)
    keys = list(stuck.values_list("pk", flat=True)[:20])
    for key in keys:
        _hand_over(key)
    return len(keys)


def erase_old_packs() -> int:
    """Erase the content of packs whose time is over; what was in them, for whom and why stays on record."""
    limit = timezone.now() - timedelta(days=settings.SUBSIDY_PACK_KEPT_DAYS)
    return AuditPack.objects.filter(made_at__lt=limit, content__isnull=False).update(content=None)


def _hand_over(pack_id: int) -> None:
    """Give a worker the pack; a broker that is down is made up for by ``take_up_packs``."""
    try:
        current_app.send_task(TASK, args=[pack_id], retry=False)
    except (OperationalError, OSError):
        logger.warning("The broker is down: pack %s waits for the sweep.", pack_id)


def _read_me() -> str:
    return _(
        "Each folder under “claims” holds one claim: claim, proofs, arithmetic, reviews, notice, payment, history.\n"
        "manifest.json names every file with its size and SHA-256, chained one to the next.\n"
        "Verify with the portal's own command, never with a program that lies in a pack:\n"
        "    python manage.py verify_pack <file>\n"
        "or, without the portal's database: python -m internships.subsidies.pack_format <file> <fingerprint>\n"
    )
