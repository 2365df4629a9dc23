"""Lists handed out as files: small ones at once, large ones in the background, each with its reason on record."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from io import BytesIO
from itertools import islice
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from msoffcrypto.format.ooxml import OOXMLFile

from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.spreadsheets.enums import EXPORT_TRANSITIONS, ExportState
from wenxi_portal.spreadsheets.models import ExportContent, ExportFile, ImportRun
from wenxi_portal.spreadsheets.office import office_workbook
from wenxi_portal.spreadsheets.registry import all_sheets, sheet_of
from wenxi_portal.spreadsheets.repair import bad_rows, repair_workbook
from wenxi_portal.spreadsheets.services.queue import MAKE, hand_over
from wenxi_portal.spreadsheets.sheet import Sheet

# More rows than this, and a reason is asked; more than that, and the file is made in the background.
REASON_ABOVE = 100
BACKGROUND_ABOVE = 2000
LEAST_PASSWORD = 8
CHUNK = 1000


def export_now(*, model: type[Model], queryset: QuerySet[Any], actor: User, reason: str = "", password: str = "",
               reveal: bool = False, **shown: Any) -> tuple[IO[bytes], str]:  # fmt: skip
    """Return the file of ``queryset`` and its name, and record that it left the house. The caller closes the file.

    ``reveal`` hands out personal numbers in full. ``shown`` tells filters, search and order. Raises ``DomainError``
    when a reason or a right is missing or a password is short.
    """
    sheet = all_sheets()[model]
    check_wishes(rows=queryset.count(), reason=reason, password=password, reveal=reveal)
    if reveal:
        sheet = _revealed(sheet, actor)
    rows = sheet.prepare(queryset).iterator(chunk_size=CHUNK)
    stream, count = office_workbook(sheet, rows, unit=unit_of(actor), day=timezone.localdate())
    record(actor=actor, verb=Verb.EXPORTED, reason=reason, list=model._meta.label_lower, rows=count,
           **_told(password, reveal), **shown)  # fmt: skip
    return (protected(stream, password) if password else stream), file_name(sheet)


@transaction.atomic
def ask_for_export(*, model: type[Model], ids: Sequence[int], actor: User, reason: str, password: str = "",
                   reveal: bool = False, **shown: Any) -> ExportFile:  # fmt: skip
    """Let a worker make the file of the records ``ids``, in this order; it is kept for EXPORT_KEPT_HOURS."""
    check_wishes(rows=len(ids), reason=reason, password=password, reveal=reveal)
    if reveal:
        _revealed(all_sheets()[model], actor)
    export = ExportFile.objects.create(
        sheet=model._meta.label_lower,
        file_name=file_name(all_sheets()[model]),
        asked_by=actor,
        expires_at=timezone.now() + timedelta(hours=settings.EXPORT_KEPT_HOURS),
        reason=reason,
        language=get_language() or "zh-hans",
        unit=unit_of(actor)[:120],
        rows=len(ids),
        ids=list(ids),
        password=password,
        is_protected=bool(password),
        reveals=reveal,
    )
    record(actor=actor, verb=Verb.EXPORTED, subject=export, reason=reason, list=export.sheet, rows=len(ids),
           **_told(password, reveal), **shown)  # fmt: skip
    hand_over(MAKE, export.pk)
    return export


@transaction.atomic
def ask_for_repair(*, run: ImportRun, file_name: str, actor: User) -> ExportFile:
    """Let a worker make the workbook with all bad rows of a long import. Asked for twice, it is made once.

    Raises ``DomainError`` when the upload has been erased.
    """
    present = lock(run)
    if present.rows_erased_at:
        raise DomainError(_("This upload is no longer kept. Upload the sheet again."), code="erased")
    waiting = ExportFile.objects.filter(repairs=present, asked_by=actor, state=ExportState.WAITING).first()
    if waiting:
        return waiting
    export = ExportFile.objects.create(
        sheet=present.sheet,
        file_name=file_name[:200],
        asked_by=actor,
        expires_at=timezone.now() + timedelta(hours=settings.EXPORT_KEPT_HOURS),
        reason=_("Rows of an import to be repaired"),
        language=get_language() or "zh-hans",
        rows=bad_rows(present),
        ids=[],
        repairs=present,
    )
    record(actor=actor, verb=Verb.EXPORTED, subject=export, list=export.sheet, rows=export.rows)
    hand_over(MAKE, export.pk)
    return export


def make_export(export_id: int) -> None:
    """Make the file ``export_id``. Leaves quietly when it is made, expired, or another worker is at it."""
    with transaction.atomic():
        waiting = ExportFile.objects.select_for_update(no_key=True, of=("self",), skip_locked=True)
        export = waiting.filter(pk=export_id, state=ExportState.WAITING).first()
        if export is None:
            return
        content = _repaired(export, export.repairs) if export.repairs else _made(export)
        to_state = ExportState.FAILED if content is None else ExportState.MADE
        EXPORT_TRANSITIONS.check(export.state, to_state)
        if content is not None:
            ExportContent.objects.create(export=export, content=content)
        export.state, export.password = to_state, ""
        export.save(update_fields=["state", "password"])


def read_export(*, export: ExportFile, actor: User) -> bytes:
    """Return the file and record that it was fetched. Raises ``DomainError`` when its time is over."""
    if export.state != ExportState.MADE or export.expires_at < timezone.now():
        raise DomainError(_("This file is no longer kept. Export the list again."), code="expired")
    record(actor=actor, verb=Verb.EXPORTED, subject=export, reason=export.reason, list=export.sheet, rows=export.rows)
    return bytes(export.content.content)


def check_wishes(*, rows: int, reason: str, password: str, reveal: bool = False) -> None:
    """Refuse a long list, or numbers in full, without a reason; such numbers without a password; a short password."""
    if reveal and not password:
        raise DomainError(
            _("Numbers in full leave the portal only under a password."), code="password", field="password"
        )
    if (reveal or rows > REASON_ABOVE) and not reason.strip():
        raise DomainError(_("Say what the list is for: the reason stays on record."), code="reason", field="reason")
    if password and len(password) < LEAST_PASSWORD:
        raise DomainError(
            _("A password has at least %(least)d characters.") % {"least": LEAST_PASSWORD},
            code="password",
            field="password",
        )


def may_reveal(model: type[Model], user: User) -> bool:
    """Tell whether ``user`` may have a list of ``model`` with personal numbers in full."""
    permission = all_sheets()[model].reveal
    return bool(permission) and user.has_perm(permission)


def _revealed(sheet: Sheet, actor: User) -> Sheet:
    if not (sheet.reveal and actor.has_perm(sheet.reveal)):
        raise DomainError(_("Your account may not see these numbers in full."), code="reveal", field="reveal")
    return sheet.revealed()


def _told(password: str, reveal: bool) -> dict[str, Any]:
    """Return what the audit is told of a password and of numbers in full: that there are such."""
    return ({"protected": True} if password else {}) | ({"revealed": True} if reveal else {})


def protected(stream: IO[bytes], password: str) -> IO[bytes]:
    """Return the workbook under ``password`` (ECMA-376 agile, AES-256): Excel and WPS ask for it themselves."""
    out = BytesIO()
    with stream:
        OOXMLFile(stream).encrypt(password, out)
    out.seek(0)
    return out


def unit_of(user: User) -> str:
    """Return the unit that fills in the sheet: the one ``user`` acts for, otherwise the portal's organiser."""
    membership = user.memberships.current().select_related("organisation").first()
    return membership.organisation.name if membership else settings.PORTAL_ORGANISER


def file_name(sheet: Sheet) -> str:
    """Return how the file of today is called."""
    return f"{sheet.title}-{timezone.localdate():%Y%m%d}.xlsx"


def _repaired(export: ExportFile, run: ImportRun) -> bytes | None:
    """Return the workbook to repair; None when the upload has been erased meanwhile."""
    sheet = sheet_of(export.sheet)
    if sheet is None or run.rows_erased_at:
        return None
    with override(export.language), repair_workbook(run, sheet) as file:
        return file.read()


def _made(export: ExportFile) -> bytes | None:
    """Return the list; None when there is no such sheet any more."""
    found = next((pair for pair in all_sheets().items() if pair[0]._meta.label_lower == export.sheet), None)
    if found is None:
        return None
    model, sheet = found
    if export.reveals:
        sheet = _revealed(sheet, export.asked_by)
    with override(export.language):
        stream, _count = office_workbook(
            sheet, _records(model, sheet, export.ids), unit=export.unit, day=timezone.localdate(export.asked_at)
        )
    with protected(stream, export.password) if export.password else stream as file:
        return file.read()


def _records(model: type[Model], sheet: Sheet, ids: Iterable[int]) -> Iterator[Any]:
    numbers = iter(ids)
    while chunk := list(islice(numbers, CHUNK)):
        found = sheet.prepare(model._default_manager.filter(pk__in=chunk)).in_bulk()
        yield from (found[pk] for pk in chunk if pk in found)
