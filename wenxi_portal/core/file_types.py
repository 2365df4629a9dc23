"""What kind of file it really is, told from its content and never from its name."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

HEAD_BYTES = 8192
_DOCX_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of paper the portal takes: file ending and media type."""

    ending: str
    media_type: str


PAPER_TYPES = {
    "pdf": FileType("pdf", "application/pdf"),
    "jpg": FileType("jpg", "image/jpeg"),
    "png": FileType("png", "image/png"),
    "docx": FileType("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": FileType("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


_ACTIVE_PDF = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile)\b")
# A file that only begins like a paper is none: each kind also ends as its standard says.
COMPLETE: dict[str, Callable[[tuple[bytes, bytes]], bool]] = {
    "pdf": lambda edges: b"%%EOF" in edges[1] and not _ACTIVE_PDF.search(edges[0] + edges[1]),
    "jpg": lambda edges: b"\xff\xd9" in edges[1][-64:],
    "png": lambda edges: edges[0][12:16] == b"IHDR" and b"IEND" in edges[1][-64:],
}


def _edges(stream: BinaryIO) -> tuple[bytes, bytes]:
    """Return how the file begins and how it ends."""
    head = stream.read(HEAD_BYTES)
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - HEAD_BYTES))
    tail = stream.read(HEAD_BYTES)
    stream.seek(0)
    return head, tail


def check_paper_size(upload: UploadedFile) -> None:
    """Raise ``ValidationError`` for an empty file and for one above PAPER_MAX_BYTES."""
    if not upload.size:
        raise ValidationError(_("This file is empty. Choose another one."), code="empty")
    if upload.size > settings.PAPER_MAX_BYTES:
        limit = settings.PAPER_MAX_BYTES // (1024 * 1024)
        raise ValidationError(
            _("This file is larger than %(limit)d MB. Scan it with fewer dots per inch, or split it."),
            code="too_large",
            params={"limit": limit},
        )


def sniff_paper(stream: BinaryIO) -> FileType:
    """Return the type of the paper in ``stream``; raise ``ValidationError`` for anything not in PAPER_TYPES.

    The stream is left at its beginning. Macro-carrying Office files are refused.
    """
    stream.seek(0)
    guess = filetype.guess(stream.read(HEAD_BYTES))
    stream.seek(0)
    ending = guess.extension if guess else ""
    if ending in COMPLETE and not COMPLETE[ending](_edges(stream)):
        ending = ""
    if ending in {"zip", "docx", "xlsx"}:
        ending = _office_ending(stream)
    try:
        return PAPER_TYPES[ending]
    except KeyError:
        raise ValidationError(
            _("This file is not a paper we can keep. Upload PDF, Word (.docx), Excel (.xlsx), JPEG or PNG."),
            code="file_type",
        ) from None


def _office_ending(stream: BinaryIO) -> str:
    try:
        with ZipFile(stream) as archive:
            names = set(archive.namelist())
    except BadZipFile:
        return ""
    finally:
        stream.seek(0)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise ValidationError(_("This file carries macros. Save it without macros and upload it again."), code="macros")
    return next((ending for part, ending in _DOCX_PARTS.items() if part in names), "")
