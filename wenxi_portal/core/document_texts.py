"""Every text of a workbook (.xlsx) or a Word document (.docx): also hidden, in comments, in headers, in properties.

Split runs are put together again, and so are the cells of a row and, of a sheet, the texts of a column: what somebody
reads as one number is one text here.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from lxml import etree

from wenxi_portal.core.errors import DomainError

MOST_UNPACKED: Final = 60 * 1024 * 1024
MOST_PARTS: Final = 400
FORBIDDEN_PARTS: Final = ("embeddings/", "activex/", "vbaproject.bin", "afchunk")
_SPOKEN_ATTRIBUTES: Final = frozenset({"descr", "title", "tooltip", "target", "name", "prompt", "author", "formatcode"})
_LINE_ENDS: Final = frozenset({"p", "br", "cr", "tr", "row", "si", "comment", "text"})
_CELL_ENDS: Final = frozenset({"tc", "tab", "c"})
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# A cell that holds 1,500.00 and nothing else is a sum: with the cells around it, it makes no number.
_SUM = re.compile(r"(?m)(?:^|(?<=\t))([0-9]{1,3}(?:,[0-9]{3})*\.[0-9]{2})(?=\t|$)")
_BREAK = "yuan"
_WHOLE_NUMBER = re.compile(r"-?[0-9.]+(?:[eE]\+?[0-9]+)?")


def texts_of(content: bytes, ending: str) -> Iterator[str]:
    """Yield the texts of a document. Raises ``DomainError`` for another kind of file, and for one that hides files."""
    parts = _parts(content, ending)
    if ending == "xlsx":
        yield from _cells(parts)
    for name, tree in parts.items():
        if name.startswith("docProps/"):
            yield "\n".join(node.text or "" for node in tree.iter(etree.Element))
        elif not name.startswith("xl/worksheets/sheet"):
            yield _running_text(tree)
        yield from _spoken(tree)


def _parts(content: bytes, ending: str) -> dict[str, etree._Element]:
    needed = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}.get(ending)
    if needed is None:
        raise _refused(_("Only .xlsx and .docx are published: other kinds of file cannot be looked through."))
    try:
        with ZipFile(BytesIO(content)) as archive:
            infos = archive.infolist()
            names = [info.filename for info in infos]
            if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_UNPACKED:
                raise _refused(_("The document is too large to be looked through."))
            if any(word in name.lower() for name in names for word in FORBIDDEN_PARTS):
                raise _refused(_("The document carries other files or macros. Take them out."))
            if needed not in names:
                raise _refused(_("This is no document of the kind its name says."))
            return {
                name: _tree(archive.read(name)) for name in names if name.lower().endswith((".xml", ".rels", ".vml"))
            }
    except (BadZipFile, etree.XMLSyntaxError, RuntimeError, EOFError, OSError):
        raise _refused(_("This is no document of the kind its name says.")) from None


def _tree(content: bytes) -> etree._Element:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _refused(_("This is no document of the kind its name says."))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    return etree.fromstring(content, parser)


def _running_text(tree: etree._Element) -> str:
    """Return all text of a part; runs are joined, paragraphs end lines, cells of a table are parted by a tab."""
    found: list[str] = []
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            found.append(node.text or "")
            continue
        name = etree.QName(node).localname
        found.append("\n" if name in _LINE_ENDS else "\t" if name in _CELL_ENDS else "")
        found.append(node.tail or "")
    return _SUM.sub(rf"{_BREAK}\1{_BREAK}", "".join(found))


def _spoken(tree: etree._Element) -> Iterator[str]:
    for node in tree.iter(etree.Element):
        for key, value in node.attrib.items():
            if etree.QName(key).localname.lower() in _SPOKEN_ATTRIBUTES:
                yield str(value)


def _cells(parts: dict[str, etree._Element]) -> Iterator[str]:
    shared = [_unescaped(_running_text(one).strip("\n")) for one in _children(parts.get("xl/sharedStrings.xml"), "si")]
    for name, tree in parts.items():
        if not name.startswith("xl/worksheets/sheet"):
            continue
        columns: dict[str, list[str]] = defaultdict(list)
        for row in _children(tree, "row"):
            line = [(str(cell.get("r", "")), *_cell(cell, shared)) for cell in _children(row, "c")]
            yield "\t".join(
                text if is_text or text.isdecimal() else f"{_BREAK}{text}{_BREAK}" for _place, text, is_text in line
            )
            for place, text, is_text in line:
                # Sums stand below each other and make no number; digits kept as text might.
                if is_text:
                    columns[place.rstrip("0123456789")].append(text)
        yield from ("\n".join(column) for column in columns.values())
        yield "\n".join("".join(node.itertext()) for node in _children(tree, "headerFooter"))
        for formulas in ("f", "formula", "formula1", "formula2"):
            yield "\n".join("".join(node.itertext()) for node in _children(tree, formulas))


def _cell(cell: etree._Element, shared: list[str]) -> tuple[str, bool]:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _unescaped("".join(cell.itertext())), True
    value = next((node.text or "" for node in _children(cell, "v")), "")
    if kind == "s" and value.isdecimal() and int(value) < len(shared):
        return shared[int(value)], True
    if kind == "n" and _WHOLE_NUMBER.fullmatch(value) and float(value).is_integer():
        return str(int(float(value))), False
    return value, kind == "str"


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _children(tree: etree._Element | None, name: str) -> Iterator[etree._Element]:
    if tree is not None:
        yield from (node for node in tree.iter(etree.Element) if etree.QName(node).localname == name)


def _refused(words: str) -> DomainError:
    return DomainError(words, code="document", field="upload")
