"""What the sources say past the translations: Chinese where English belongs, and words that no extraction finds."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tools.messages import places

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_TEMPLATE_COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)
# Data rather than words of the interface: the county's own name, its facts, what the demo invents, and the
# words that offices and banks write into the headings and cells of their sheets, sums of money in words among them.
_DATA = ("wenxi_portal/settings/parts/site.py",)
_SAYS = {"_", "gettext", "gettext_lazy", "pgettext", "pgettext_lazy", "ngettext", "ngettext_lazy", "npgettext"}
_DATA_NAMES = {
    "facts",
    "demo",
    "demo.py",
    "demo_applications.py",
    "bank_formats.py",
    "demo_care.py",
    "demo_article.py",
    "demo_hands.py",
    "demo_money.py",
    "demo_plan.py",
    "demo_positions.py",
    "demo_queues.py",
    "demo_rounds.py",
    "demo_stays.py",
    "demo_students.py",
    "migrations",
    "data",
    "in_words.py",
    "outside_columns.py",
    "sheets",
    "sheets.py",
    "intake.py",
    "readers.py",
    "words.py",
}


def chinese_outside_translations() -> Iterator[str]:
    """Yield one line for each place with Chinese that is neither data nor a comment."""
    for path in places.python_files():
        if not _is_data(path):
            for line in _lines_in_python(path.read_text(encoding="utf-8")):
                yield f"{places.shown(path)}:{line}: Chinese in the source; write English and translate it"
    for path in places.template_files():
        for line in _lines_in_template(path.read_text(encoding="utf-8")):
            yield f"{places.shown(path)}:{line}: Chinese in the template; write English and translate it"


def words_in_f_strings() -> Iterator[str]:
    """Yield one line for each call of gettext inside an f-string: the extraction cannot see it."""
    for path in places.python_files():
        for line in _translated_in_f_strings(path.read_text(encoding="utf-8")):
            yield f"{places.shown(path)}:{line}: gettext inside an f-string is never extracted; call it outside"


def _is_data(path: Path) -> bool:
    """Tell whether a file holds data."""
    return places.shown(path) in _DATA or bool(_DATA_NAMES.intersection(path.parts))


def _lines_in_python(source: str) -> Iterator[int]:
    """Yield the lines of Chinese string literals; docstrings and comments may name things by their Chinese name."""
    tree = ast.parse(source)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in told and _CHINESE.search(text):
                yield node.lineno


def _translated_in_f_strings(source: str) -> Iterator[int]:
    """Yield the lines of f-strings that call a function of gettext."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            called = {
                call.func.id
                for call in ast.walk(node)
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
            }
            if called & _SAYS:
                yield node.lineno


def _lines_in_template(source: str) -> Iterator[int]:
    """Yield the lines with Chinese outside of comments."""
    bare = _TEMPLATE_COMMENT.sub(lambda found: "\n" * found.group().count("\n"), source)
    for number, line in enumerate(bare.split("\n"), start=1):
        if _CHINESE.search(line):
            yield number
