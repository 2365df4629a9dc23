"""What an uploaded file really is, told from its content before anything parses it."""

import re
from enum import Enum
from io import BytesIO
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

import filetype
from django.utils.translation import gettext as _

from wenxi_portal.spreadsheets.reading import biff
from wenxi_portal.spreadsheets.reading.limits import (
    MAX_PARTS,
    MAX_RATIO,
    MAX_UNPACKED,
    RATIO_COUNTS_FROM,
    FileRefusedError,
    bomb,
    check_size,
    damaged,
    locked,
    macros,
    no_sheet,
)

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_CHUNK = 1 << 20
_OVERLAP = 64
_ROW = re.compile(rb"<(?:\w+:)?row [^>]{0,200}?\br=[\"'](\d+)")
_FAR_CELL = re.compile(rb"\br=[\"']([A-Z]{2,3})\d+")
_REPEATED = re.compile(rb"number-(rows|columns)-repeated=[\"'](\d+)[\"'][^>]*(?:office:value|>\s*<text)")
_DATE_1904 = re.compile(rb"date1904=[\"'](?:1|true)[\"']")
_MACRO_TYPE = re.compile(rb"macroEnabled|vnd\.ms-excel\.(?:intlmacrosheet|macrosheet)")


class FileKind(Enum):
    """The kinds of file that are read."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"


class Judged(NamedTuple):
    """What a file is, and whether its days are counted from 1904."""

    kind: FileKind
    from_1904: bool = False


def judge(content: bytes) -> Judged:
    """Return the kind of file; raise ``FileRefusedError`` for anything that is no honest sheet.

    Looks at sizes, macros and encryption first and never believes the file's name.
    """
    if not content.strip(b"\x00 \r\n\t"):
        raise FileRefusedError(_("The file is empty."))
    if content.startswith(_ZIP):
        return _zip(content)
    if content.startswith(_OLE):
        return Judged(FileKind.XLS, biff.examine(content))
    head = content[:8192]
    if filetype.guess(head) or (b"\x00" in head and not head.startswith(_UTF16)) or head.startswith((b"MZ", b"%PDF")):
        raise no_sheet()
    return Judged(FileKind.CSV)


def _zip(content: bytes) -> Judged:
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _office(archive)
    except (BadZipFile, EOFError, RuntimeError, OSError, ValueError) as error:
        if isinstance(error, FileRefusedError):
            raise
        raise damaged() from None


def _office(archive: ZipFile) -> Judged:
    parts = archive.infolist()
    names = {part.filename.lower() for part in parts}
    if "xl/workbook.xml" not in names and "content.xml" not in names:
        if "xl/workbook.bin" in names:
            raise FileRefusedError(_("This is a binary workbook (.xlsb): save it as .xlsx and upload it again."))
        raise no_sheet()
    _refuse_bomb(parts)
    _refuse_macros(archive, names)
    if "xl/workbook.xml" in names:
        for part in parts:
            if part.filename.lower().startswith("xl/worksheets/") and part.filename.lower().endswith(".xml"):
                _measure(archive, part)
            elif part.filename.lower() == "xl/sharedstrings.xml":
                _walk(archive, part)
        return Judged(FileKind.XLSX, bool(_DATE_1904.search(_small(archive, "xl/workbook.xml"))))
    _measure_ods(archive)
    return Judged(FileKind.ODS)


def _refuse_bomb(parts: list[ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    absurd = unpacked > MAX_UNPACKED or (unpacked > RATIO_COUNTS_FROM and unpacked / packed > MAX_RATIO)
    if absurd or len(parts) > MAX_PARTS:
        raise bomb()
    if any(part.flag_bits & 1 for part in parts):
        raise locked()


def _refuse_macros(archive: ZipFile, names: set[str]) -> None:
    carried = any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names)
    scripts = any(name.startswith(("basic/", "scripts/")) for name in names)
    declared = "[content_types].xml" in names and _MACRO_TYPE.search(_small(archive, "[Content_Types].xml"))
    if carried or scripts or declared:
        raise macros()


def _measure(archive: ZipFile, part: ZipInfo) -> None:
    """Walk through a sheet without keeping it: how far do its cells reach?"""
    rows, last_row, widest, cells, kept = 0, 0, 26, 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            rows += chunk.count(b"<row")
            cells += chunk.count(b"<c ") + chunk.count(b"<c>")
            window = kept + chunk
            last_row = max([last_row, *(int(number[-9:]) for number in _ROW.findall(window))])
            widest = max([widest, *map(_column_number, set(_FAR_CELL.findall(window)))])
            check_size(max(rows, last_row, cells // 300), widest)
            kept = chunk[-_OVERLAP:]


def _walk(archive: ZipFile, part: ZipInfo) -> None:
    """Unpack once without keeping anything: what is longer than it says, or broken, is found here."""
    with archive.open(part) as stream:
        while stream.read(_CHUNK):
            pass


def _measure_ods(archive: ZipFile) -> None:
    part = archive.getinfo("content.xml")
    cells, kept = 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            window = kept + chunk
            cells += chunk.count(b"<table:table-cell")
            if any(int(times[-9:]) > 1000 for _which, times in _REPEATED.findall(window)):
                raise bomb()
            check_size(1, 1 if cells < 1_000_000 else cells)
            kept = chunk[-_OVERLAP:]


def _small(archive: ZipFile, name: str) -> bytes:
    with archive.open(next(part for part in archive.infolist() if part.filename.lower() == name.lower())) as stream:
        return stream.read(_CHUNK)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
