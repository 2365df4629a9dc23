"""Files as offices send them."""

import io
import zipfile
from typing import Any

import xlsxwriter

HEADER = ["单位名称", "类别", "省份", "城市", "学校标识码", "统一社会信用代码", "双一流"]


def xlsx(*tabs: list[list[Any]], titles: tuple[str, ...] = (), epoch_1904: bool = False) -> bytes:
    """Return a workbook; each tab is a list of rows, values as they are."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "date_1904": epoch_1904}) as book:
        for at, rows in enumerate(tabs):
            page = book.add_worksheet(titles[at] if titles else None)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        page.write_string(number, column, value)
                    elif value is not None:
                        page.write(number, column, value)
    return stream.getvalue()


def universities(*names: str) -> list[list[Any]]:
    """Return header and rows of universities."""
    return [HEADER, *([name, "高校", "山西省", "太原市"] for name in names)]


def with_part(content: bytes, name: str, data: bytes) -> bytes:
    """Return the workbook with one part more, or in the place of the one of that name."""
    source, out = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.namelist():
            if part != name:
                archive.writestr(part, source.read(part))
        archive.writestr(name, data)
    return out.getvalue()
