"""A student's papers: asked for once, used again, replaced by newer ones, read by whoever may."""

from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.enums import StudentPaperKind
from internships.models import Student, StudentPaper
from internships.services.kept_files import keep_upload
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError


@transaction.atomic
def keep_student_paper(
    *, student: Student, kind: str, upload: UploadedFile, actor: User | None, valid_until: date | None = None
) -> StudentPaper:
    """Keep a paper; of each kind but “other” the newer takes the place of the older, which stays on file.

    Raises ``ValidationError`` for a file that is cut, empty, too large, of another kind or on file already, and
    ``DomainError`` for a last day that has passed.
    """
    if valid_until is not None and valid_until < timezone.localdate():
        raise DomainError(_("This paper is no longer valid. Upload a newer one."), code="past", field="valid_until")
    present = lock(student)
    paper = StudentPaper(student=present, kind=kind, valid_until=valid_until)
    if kind != StudentPaperKind.OTHER:
        paper.replaces = present.papers.filter(kind=kind, replaced_by__isnull=True).order_by("-pk").first()
    try:
        with transaction.atomic():
            keep_upload(paper=paper, upload=upload, actor=actor)
    except IntegrityError as error:
        raise DomainError(_("This paper is on file already."), code="once", field="upload") from error
    record(actor=actor, verb=Verb.UPLOADED, subject=present, kind=str(kind))
    return paper


@transaction.atomic
def note_reading(*, paper: StudentPaper, actor: User) -> None:
    """Leave a trace that somebody other than the student opened the paper."""
    record(actor=actor, verb=Verb.READ_PAPER, subject=paper.student, kind=paper.kind)
