"""Old workbooks (.xls): how far their cells reach, whether they are encrypted or carry macros."""

import struct
from io import BytesIO

import olefile

from wenxi_portal.spreadsheets.reading.limits import FileRefusedError, check_size, damaged, locked, macros, no_sheet

_ENCRYPTED, _DATE_MODE, _BEGIN = 0x002F, 0x0022, 0x0809
# Records that hold one cell begin with its row and column; the last two hold a run of cells.
_CELLS = {0x0006, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E, 0x0207, 0x00BD, 0x00BE}
_RUNS = {0x00BD, 0x00BE}


def examine(content: bytes) -> bool:
    """Return whether days are counted from 1904; raise ``FileRefusedError`` for what is not to be opened."""
    try:
        with olefile.OleFileIO(BytesIO(content)) as file:
            names = {"/".join(path).lower() for path in file.listdir()}
            if "encryptedpackage" in names:
                raise locked()
            stream = next((name for name in ("Workbook", "Book") if file.exists(name)), "")
            if not stream:
                raise no_sheet()
            if any(name.startswith("_vba_project_cur") for name in names):
                raise macros()
            return _walk(file.openstream(stream).read())
    except (OSError, struct.error, ValueError) as error:
        if isinstance(error, FileRefusedError):
            raise
        raise damaged() from None


def _walk(stream: bytes) -> bool:
    at, end, from_1904, rows, columns = 0, len(stream) - 4, False, 0, 0
    while at <= end:
        kind, length = struct.unpack_from("<HH", stream, at)
        at += 4
        if kind in _CELLS and length >= 4:
            row, column = struct.unpack_from("<HH", stream, at)
            if kind in _RUNS:
                (column,) = struct.unpack_from("<H", stream, at + length - 2)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
        elif kind == _BEGIN:
            check_size(rows, columns)
            rows = columns = 0
        elif kind == _ENCRYPTED:
            raise locked()
        elif kind == _DATE_MODE:
            from_1904 = stream[at : at + 1] == b"\x01"
        at += length
    check_size(rows, columns)
    return from_1904
