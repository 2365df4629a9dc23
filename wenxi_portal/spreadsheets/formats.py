"""How the cells of an office sheet look: Song type, thin borders, codes as text."""

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

_FONT = "SimSun"
_CELL: dict[str, Any] = {"font_name": _FONT, "font_size": 11, "border": 1, "valign": "vcenter"}
_LINE: dict[str, Any] = {"font_name": _FONT, "font_size": 11, "valign": "vcenter"}
_HEADER = _CELL | {"bold": True, "align": "center", "text_wrap": True}


class Formats:
    """The formats of one workbook, made once."""

    def __init__(self, book: Workbook) -> None:
        def made(**options: Any) -> Format:
            return book.add_format(options)

        self.title = made(font_name=_FONT, font_size=18, bold=True, align="center", valign="vcenter")
        self.line = made(**_LINE)
        self.line_right = made(**_LINE, align="right")
        self.header = made(**_HEADER, bg_color="#F3ECE2")
        self.text = made(**_CELL, text_wrap=True)
        self.code = made(**_CELL, num_format="@")
        self.number = made(**_CELL, num_format="0", align="center")
        self.money = made(**_CELL, num_format="#,##0.00")
        self.date = made(**_CELL, num_format="yyyy-mm-dd", align="center")
        self.total = made(**_HEADER, num_format="0")
        self.total_money = made(**_HEADER, num_format="#,##0.00")
