"""What kind of file it really is, told from its content and never from its name."""

from dataclasses import dataclass
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

import filetype
from django.core.exceptions import ValidationError
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


def sniff_paper(stream: BinaryIO) -> FileType:
    """Return the type of the paper in ``stream``; raise ``ValidationError`` for anything not in PAPER_TYPES.

    The stream is left at its beginning. Macro-carrying Office files are refused.
    """
    stream.seek(0)
    guess = filetype.guess(stream.read(HEAD_BYTES))
    stream.seek(0)
    ending = guess.extension if guess else ""
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
