"""The only writer of flexible introduction agreements."""

from datetime import date
from typing import BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from talent.enums import FLEXIBLE_TRANSITIONS, FlexibleState
from talent.models import FlexibleAgreement, FlexiblePaper, FlexibleStateChange
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock, lock_for_edit
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.file_types import check_paper_size, sniff_paper


@transaction.atomic
def save_flexible(
    *, agreement: FlexibleAgreement, actor: User | None, expected_revision: int | None = None
) -> FlexibleAgreement:
    """Check and write a draft. A signed agreement is changed by moves only: raises ``DomainError``."""
    is_new = agreement.pk is None
    if is_new:
        agreement.state = FlexibleState.DRAFT
    else:
        agreement.revision = lock_for_edit(agreement, expected_revision)
        present = FlexibleAgreement.objects.get(pk=agreement.pk)
        if present.state != FlexibleState.DRAFT:
            raise DomainError(_("A signed agreement is not edited: end it and enter a new one."), code="signed")
        agreement.state = present.state
    agreement.full_clean()
    agreement.save()
    if is_new:
        FlexibleStateChange.objects.create(
            agreement=agreement, to_state=agreement.state, actor=actor, reason=_("entered")
        )
    record(actor=actor, verb=Verb.CREATED if is_new else Verb.CHANGED, subject=agreement)
    return agreement


@transaction.atomic
def move_flexible(
    *, agreement: FlexibleAgreement, to_state: FlexibleState, actor: User | None, reason: str, on: date | None = None
) -> FlexibleAgreement:
    """Sign, end or terminate an agreement on a day (default today, China Standard Time).

    Raises ``DomainError`` when the table does not allow it, without a reason, for a day in the future, or for an end
    before its last day has passed.
    """
    present = lock(agreement)
    FLEXIBLE_TRANSITIONS.check(present.state, to_state)
    if not reason.strip():
        raise DomainError(_("Say why: the reason stays with the record."), code="reason", field="reason")
    day, today = on or timezone.localdate(), timezone.localdate()
    if day > today:
        raise DomainError(_("The day lies in the future."), code="future", field="on")
    if to_state == FlexibleState.ENDED and present.valid_until >= today:
        raise DomainError(_("The last day of this agreement has not passed."), code="running")
    from_state, present.state = present.state, to_state
    if to_state == FlexibleState.SIGNED:
        present.signed_on, present.owner = day, actor
    else:
        present.ended_on = day
    present.revision += 1
    present.full_clean()
    present.save(update_fields=["state", "signed_on", "ended_on", "owner", "revision", "updated_at"])
    FlexibleStateChange.objects.create(
        agreement=present, from_state=from_state, to_state=to_state, actor=actor, reason=reason.strip()[:500]
    )
    record(actor=actor, verb=Verb.MOVED, subject=present, reason=reason, from_state=from_state, to_state=to_state)
    return present


def end_overdue_flexible() -> int:
    """End every signed agreement whose last day has passed; return how many. Safe to run at any time, twice."""
    count = 0
    overdue = FlexibleAgreement.objects.filter(state=FlexibleState.SIGNED, valid_until__lt=timezone.localdate())
    for agreement in overdue.iterator(chunk_size=200):
        try:
            move_flexible(
                agreement=agreement, to_state=FlexibleState.ENDED, actor=None, reason=_("The last day has passed.")
            )
        except DomainError:
            # An officer terminated it since the list was read.
            continue
        count += 1
    return count


@transaction.atomic
def add_flexible_paper(
    *, agreement: FlexibleAgreement, title: str, upload: UploadedFile, actor: User | None
) -> FlexiblePaper:
    """Keep a paper of the agreement for good. Raises ``ValidationError`` for empty, too large or unknown files."""
    lock(agreement)
    check_paper_size(upload)
    file_type = sniff_paper(cast(BinaryIO, upload.file))
    paper = FlexiblePaper(
        agreement=agreement,
        title=title.strip() or upload.name or "",
        ending=file_type.ending,
        media_type=file_type.media_type,
        uploaded_by=actor,
    )
    paper.file = upload
    paper.full_clean()
    paper.save()
    record(actor=actor, verb=Verb.UPLOADED, subject=agreement, paper=str(paper.identifier))
    return paper
