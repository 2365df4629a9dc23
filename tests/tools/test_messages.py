"""The translation tool: what it finds in sources, and what it calls incomplete."""

from pathlib import Path

import pytest

from tools.messages import check, extract, places, sources
from tools.messages.extract import Said
from tools.messages.fragments import Translations

TEMPLATE = """{% load i18n %}
  {% translate "Plain words" %}
      {% blocktranslate trimmed with name=person.name count days=left %}
        {{ days }} day for {{ name }}
      {% plural %}
        {{ days }} days for {{ name }}
      {% endblocktranslate %}
  {% translate "May" context "month" %} it's "quoted" ( unbalanced
"""
PYTHON = """
from django.utils.translation import gettext_lazy as _, pgettext, ngettext
A = _("One" " sentence")
B = pgettext("door", "Open")
C = ngettext("%(n)d base", "%(n)d bases", 2)
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project of two files."""
    (tmp_path / "bases").mkdir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "locale" / "fragments").mkdir(parents=True)
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE, encoding="utf-8")
    (tmp_path / "bases" / "words.py").write_text(PYTHON, encoding="utf-8")
    monkeypatch.setattr(places, "ROOT", tmp_path)
    monkeypatch.setattr(places, "FRAGMENTS", tmp_path / "locale" / "fragments")
    return tmp_path


def translate(project: Path, text: str, name: str = "one.po") -> list[str]:
    """Write a fragment and return what is wrong then."""
    (project / "locale" / "fragments" / name).write_text(text, encoding="utf-8")
    return list(check.problems())


def test_messages_of_templates_and_python_are_found(project: Path):
    assert set(extract.extract_all()) == {
        Said(None, "Plain words", None),
        Said(None, "%(days)s day for %(name)s", "%(days)s days for %(name)s"),
        Said("month", "May", None),
        Said(None, "One sentence", None),
        Said("door", "Open", None),
        Said(None, "%(n)d base", "%(n)d bases"),
    }


def test_a_missing_translation_is_named_with_its_place(project: Path):
    assert any("page.html:2: 'Plain words' has no Chinese translation" in line for line in check.problems())


def test_a_translation_makes_it_complete(project: Path):
    assert not any("Plain words" in line for line in translate(project, 'msgid "Plain words"\nmsgstr "几个字"\n'))


def test_another_placeholder_is_a_problem(project: Path):
    text = 'msgid "%(n)d base"\nmsgid_plural "%(n)d bases"\nmsgstr[0] "%(m)d个基地"\n'
    assert any("other placeholders" in line for line in translate(project, text))


def test_a_fuzzy_translation_is_a_problem(project: Path):
    assert any("fuzzy" in line for line in translate(project, '#, fuzzy\nmsgid "Plain words"\nmsgstr "几个字"\n'))


def test_two_fragments_that_disagree_are_a_problem(project: Path):
    translate(project, 'msgid "Plain words"\nmsgstr "几个字"\n')
    told = translate(project, 'msgid "Plain words"\nmsgstr "几句话"\n', "two.po")
    assert any("two.po" in line and "otherwise" in line for line in told)


def test_chinese_in_sources_is_told_except_in_comments_and_docstrings(project: Path):
    source = '"""县校合作"""\n# 基地\nA = "基地"\n'
    (project / "bases" / "chinese.py").write_text(source, encoding="utf-8")
    assert [line.split(": ")[0] for line in sources.chinese_outside_translations()] == ["bases/chinese.py:3"]


def test_a_compiled_catalogue_speaks_chinese(project: Path):
    translate(project, 'msgctxt "month"\nmsgid "May"\nmsgstr "五月"\n')
    message = Translations().of(Said("month", "May", None))
    assert message is not None
    assert message.string == "五月"


def test_words_inside_an_f_string_are_told_because_nobody_extracts_them(project: Path):
    source = 'A = f"{_(\'Batch\')}: {n}"\nB = f"{_counted(n)}"\nC = _("Batch") + f" {n}"\n'
    (project / "bases" / "told.py").write_text(source, encoding="utf-8")
    assert [line.split(": ")[0] for line in sources.words_in_f_strings()] == ["bases/told.py:1"]
