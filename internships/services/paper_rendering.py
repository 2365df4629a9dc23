"""Word templates from outside: looked at before they are kept, and filled in where they can do nothing else.

A template may name values, ``{{ student }}``, and leave parts out, ``{% if mentor %}…{% endif %}``. Nothing else is
understood: no loops, calls, filters, attributes or sums. So there is nothing to break out of, and nothing that takes
long. The environment is Jinja's sandbox all the same.
"""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from io import BytesIO
from typing import Any
from xml.sax import SAXException
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from docx.opc.exceptions import OpcError
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import nodes
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.wording import word_list

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 12 * 1024 * 1024
MOST_PARTS = 200
# What carries programs, other documents, or fetches something from elsewhere when Word opens the paper.
FORBIDDEN_PARTS = ("vbaproject.bin", "word/embeddings/", "word/activex/", "customui/", "word/afchunk")
FORBIDDEN_WORDS = (b'TargetMode="External"', b"TargetMode='External'", b"<!DOCTYPE", b"<!ENTITY")
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Not, nodes.And, nodes.Or,
)  # fmt: skip


class NamesOnly(ImmutableSandboxedEnvironment):
    """A sandbox that understands names and ``if`` alone. ``known`` are the names, ``unknown`` collects the others."""

    def __init__(self, known: AbstractSet[str]) -> None:
        super().__init__(autoescape=True)
        self.known = known
        self.unknown: set[str] = set()
        for table in (self.globals, self.filters, self.tests):
            table.clear()

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        self._look_at(tree)
        return tree

    def _look_at(self, node: nodes.Node) -> None:
        if not isinstance(node, _ALLOWED):
            raise TemplateError(type(node).__name__)
        if isinstance(node, nodes.Name) and node.name not in self.known:
            self.unknown.add(node.name)
        for child in node.iter_child_nodes():
            self._look_at(child)


def check_template(content: bytes, known: AbstractSet[str]) -> None:
    """Raise ``DomainError`` in words unless ``content`` is a Word template that fills in from ``known`` names."""
    _check_archive(content)
    environment = NamesOnly(known)
    _fill(content, dict.fromkeys(known, "x"), environment)
    if environment.unknown:
        raise DomainError(
            _("The template asks for values that do not exist: %(names)s.")
            % {"names": word_list(sorted(environment.unknown))[:200]},
            code="unknown",
            field="upload",
        )


def render(template: bytes, values: Mapping[str, str], *, pictures: Mapping[str, bytes] | None = None) -> bytes:
    """Return the filled-in paper as .docx. ``pictures`` are PNG images, shown 28 mm wide."""
    known = {*values, *(pictures or {})}
    return _fill(template, dict(values), NamesOnly(known), pictures or {})


def _fill(
    content: bytes, values: dict[str, Any], environment: NamesOnly, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    try:
        paper = DocxTemplate(BytesIO(content))
        drawn = {name: InlineImage(paper, BytesIO(picture), width=Mm(28)) for name, picture in (pictures or {}).items()}
        if drawn:
            # Pictures are added to the paper that is being filled in, so it must be open by then.
            paper.render_init()
        paper.render({**values, **drawn}, jinja_env=environment, autoescape=True)
        stream = BytesIO()
        paper.save(stream)
    except (
        TemplateError,
        SyntaxError,
        ValueError,
        KeyError,
        AttributeError,
        OpcError,
        BadZipFile,
        SAXException,
        RecursionError,
    ) as error:
        raise DomainError(
            _(
                "This template cannot be filled in. Use {{ name }} and {%% if name %%} alone, each typed in one go;"
                " Word may have split one (%(what)s)."
            )
            % {"what": type(error).__name__},
            code="template",
            field="upload",
        ) from error
    return stream.getvalue()


def _check_archive(content: bytes) -> None:
    """Refuse what is too large, packs programs or other documents, or points outside, before anything reads it."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            too_large = len(content) > MOST_BYTES or sum(part.file_size for part in parts) > MOST_UNPACKED
            if too_large or len(parts) > MOST_PARTS:
                raise _refused(_("The template is too large: at most 2 MB."))
            names = [part.filename.lower() for part in parts]
            if any(word in name for name in names for word in FORBIDDEN_PARTS):
                raise _refused(_("The template carries macros or embedded files. Save it without them."))
            if "word/document.xml" not in names:
                raise _refused(_("This is no Word document (.docx)."))
            marked = (part for part in parts if part.filename.lower().endswith((".rels", ".xml")))
            if any(word in archive.read(part) for part in marked for word in FORBIDDEN_WORDS):
                raise _refused(_("The template points to files or pages elsewhere. Remove links and linked pictures."))
    except (BadZipFile, RuntimeError, EOFError, OSError):
        raise _refused(_("This is no Word document (.docx).")) from None


def _refused(words: str) -> DomainError:
    return DomainError(words, code="template", field="upload")
