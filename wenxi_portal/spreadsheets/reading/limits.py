"""How large an uploaded file may be, and the one sentence with which it is refused."""

from django.utils.translation import gettext as _

MAX_ROWS = 200_000
MAX_COLUMNS = 300
# Cells are held as one block: a file with two cells at its far corners would otherwise take all memory.
MAX_CELLS = 3_000_000
MAX_UNPACKED = 400 * 1024 * 1024
MAX_PARTS = 2000
# Office files shrink to a tenth or a thirtieth; only a file made to harm shrinks to a two-hundredth.
MAX_RATIO = 200
RATIO_COUNTS_FROM = 8 * 1024 * 1024


class FileRefusedError(ValueError):
    """The file is not read at all; the message says why in one sentence."""


def check_size(rows: int, columns: int) -> None:
    """Refuse a block of cells that is larger than any honest sheet."""
    if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
        raise FileRefusedError(
            _(
                "A sheet of this file reaches over %(rows)d rows and %(columns)d columns: delete the empty rows and "
                "columns, or split the file."
            )
            % {"rows": rows, "columns": columns}
        )


def no_sheet() -> FileRefusedError:
    """The refusal of what is another kind of file."""
    return FileRefusedError(_("This is not a sheet, whatever its name says: upload .xlsx, .xls, .ods or .csv."))


def macros() -> FileRefusedError:
    """The refusal of a file that carries programs."""
    return FileRefusedError(_("This file carries macros: save it as .xlsx without macros and upload it again."))


def locked() -> FileRefusedError:
    """The refusal of an encrypted file."""
    return FileRefusedError(_("The file is protected by a password: remove the password and upload it again."))


def damaged() -> FileRefusedError:
    """The refusal of a broken file."""
    return FileRefusedError(_("The file is damaged: open it in Excel or WPS, save it again, then upload it."))


def bomb() -> FileRefusedError:
    """The refusal of a file that is made to harm."""
    return FileRefusedError(_("This file would unpack to an absurd size and is not opened."))
