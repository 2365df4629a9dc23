"""A paper is what its content says, whatever its name."""

import io
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError

from wenxi_portal.core.file_types import sniff_paper

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 32 + b"IEND\xaeB`\x82"


def office(*names: str) -> io.BytesIO:
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream


@pytest.mark.parametrize(
    ("stream", "ending"),
    [
        (io.BytesIO(PDF), "pdf"),
        (io.BytesIO(PNG), "png"),
        (io.BytesIO(b"\xff\xd8\xff\xe0" + b"\0" * 32 + b"\xff\xd9"), "jpg"),
        (office("[Content_Types].xml", "word/document.xml"), "docx"),
        (office("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
    ],
)
def test_papers_are_recognised(stream, ending):
    assert sniff_paper(stream).ending == ending
    assert stream.tell() == 0


@pytest.mark.parametrize(
    "stream",
    [
        io.BytesIO(b"MZ\x90\x00" + b"\0" * 64),
        io.BytesIO(b"<html><script>alert(1)</script>"),
        io.BytesIO(b""),
        io.BytesIO(b"PK\x03\x04 not really a zip"),
        office("readme.txt"),
        office("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        io.BytesIO(b"\xff\xd8\xff\xe0<script>alert(1)</script>"),
        io.BytesIO(b"\x89PNG\r\n\x1a\nMZ" + b"\0" * 64),
        io.BytesIO(b"%PDF-1.7 hello, not a pdf"),
        io.BytesIO(b"%PDF-1.7\n<< /S /JavaScript /JS (app.alert(1)) >>\n%%EOF"),
    ],
    ids=["exe", "html", "empty", "broken zip", "plain zip", "macros", "false jpg", "false png", "false pdf", "script"],
)
def test_everything_else_is_refused(stream):
    with pytest.raises(ValidationError):
        sniff_paper(stream)
