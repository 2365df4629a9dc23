"""The only writer of private files: what they are is told from their content."""

import hashlib
from typing import Any, BinaryIO, TypeVar, cast

from django.core.files.uploadedfile import UploadedFile

from internships.models.kept_file import KeptFile
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.file_types import check_paper_size, sniff_paper

Paper = TypeVar("Paper", bound=KeptFile)


def keep_upload(*, paper: Paper, upload: UploadedFile, actor: User | None) -> Paper:
    """Write ``paper`` with the uploaded file, in the caller's transaction.

    Raises ``ValidationError`` when the file is empty, too large, of a kind we do not keep, or on file already.
    """
    check_paper_size(upload)
    found = sniff_paper(cast(BinaryIO, upload.file))
    paper.ending, paper.media_type, paper.size = found.ending, found.media_type, upload.size or 0
    paper.sha256 = _fingerprint(upload)
    paper.title = (paper.title or upload.name or "").strip()[:120] or paper.sha256[:12]
    paper.uploaded_by, paper.file = actor, upload
    paper.full_clean()
    paper.save()
    return paper


def read_paper(*, paper: KeptFile, actor: User | None, noted: bool = True) -> dict[str, Any]:
    """Open a private file for somebody who may read it; return what a download needs.

    Writes down who did, unless ``noted`` is false: somebody reads what is their own, or the caller writes it down.
    Raises ``FileNotFoundError`` when the file is no longer there.
    """
    stream = paper.file.open()
    if noted:
        record(actor=actor, verb=Verb.READ_PAPER, subject=paper)
    name = f"{paper.title}.{paper.ending}"
    return {
        "streaming_content": stream,
        "filename": name,
        "content_type": paper.media_type,
        "as_attachment": True,
    }


def _fingerprint(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()
