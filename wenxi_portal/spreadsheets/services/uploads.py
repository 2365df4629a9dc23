"""What an officer does with an import: bring a file, confirm, drop, begin again."""

import hashlib

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.spreadsheets.enums import IMPORT_TRANSITIONS, ImportState
from wenxi_portal.spreadsheets.models import ImportFile, ImportRun
from wenxi_portal.spreadsheets.permissions import check_import
from wenxi_portal.spreadsheets.services.queue import APPLY, READ, hand_over

UPLOAD_MAX_BYTES = settings.PAPER_MAX_BYTES


@transaction.atomic
def start_import(
    *, sheet: str, content: bytes, file_name: str, actor: User, sibling_of: ImportRun | None = None
) -> ImportRun:
    """Keep an uploaded file, sealed, and let a worker read it. ``sheet`` is the model's label.

    Raises ``DomainError`` when ``actor`` may not bring such rows in or the file is too large.
    """
    check_import(actor, sheet)
    if len(content) > UPLOAD_MAX_BYTES:
        raise DomainError(
            _("The file is larger than %(most)d MB: split it.") % {"most": UPLOAD_MAX_BYTES // 1024 // 1024},
            code="too_large",
            field="upload",
        )
    run = ImportRun.objects.create(
        sheet=sheet,
        file_name=file_name[-200:],
        digest=hashlib.sha256(content).hexdigest(),
        uploaded_by=actor,
        sibling_of=sibling_of,
    )
    ImportFile.objects.create(run=run, content=content)
    record(actor=actor, verb=Verb.UPLOADED, subject=run, sheet=sheet)
    hand_over(READ, run.pk)
    return run


@transaction.atomic
def confirm_import(*, run: ImportRun, actor: User) -> ImportRun:
    """Let a worker write the rows of ``run``. Raises ``DomainError`` when it is not waiting for this."""
    present = _moved(run, ImportState.CONFIRMED, actor)
    present.confirmed_by, present.attempt = actor, 0
    present.save(update_fields=["state", "confirmed_by", "attempt", "heard_at"])
    _record_move(present, run.state, actor)
    hand_over(APPLY, present.pk)
    return present


@transaction.atomic
def drop_import(*, run: ImportRun, actor: User) -> ImportRun:
    """Drop ``run``: nothing of it is written."""
    present = _moved(run, ImportState.DROPPED, actor)
    present.ended_at = timezone.now()
    present.save(update_fields=["state", "ended_at", "heard_at"])
    _record_move(present, run.state, actor)
    return present


@transaction.atomic
def resume_import(*, run: ImportRun, actor: User) -> ImportRun:
    """Begin a stopped import again from its file."""
    present = _moved(run, ImportState.UPLOADED, actor)
    if present.rows_erased_at:
        raise DomainError(_("The file is no longer kept. Upload it again."), code="erased")
    present.attempt, present.ended_at, present.message, present.confirmed_by = 0, None, "", None
    present.save(update_fields=["state", "attempt", "ended_at", "message", "confirmed_by", "heard_at"])
    _record_move(present, run.state, actor)
    hand_over(READ, present.pk)
    return present


def _moved(run: ImportRun, to_state: ImportState, actor: User) -> ImportRun:
    present = lock(run)
    check_import(actor, present.sheet)
    IMPORT_TRANSITIONS.check(present.state, to_state)
    run.state, present.state, present.heard_at = present.state, to_state, timezone.now()
    return present


def _record_move(run: ImportRun, from_state: str, actor: User) -> None:
    record(actor=actor, verb=Verb.MOVED, subject=run, from_state=from_state, to_state=run.state)
