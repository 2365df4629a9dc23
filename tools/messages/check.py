"""What keeps the Simplified Chinese from being complete."""

import re
from collections.abc import Iterator

from babel.messages.catalog import Message

from tools.messages import sources
from tools.messages.extract import Place, Said, extract_all
from tools.messages.fragments import Translations

_PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sd]|\{\w*\}")


def problems() -> Iterator[str]:
    """Yield one line for each problem."""
    translations = Translations()
    yield from translations.problems
    for said, where in sorted(extract_all().items(), key=lambda item: item[1]):
        yield from _problems_of(said, where[0], translations.of(said))
    yield from sources.chinese_outside_translations()
    yield from sources.words_in_f_strings()


def _problems_of(said: Said, place: Place, message: Message | None) -> Iterator[str]:
    """Yield what is wrong with the translation of one message."""
    where = f"{place.path}:{place.line}: {said.text!r}" + (f" (context {said.context!r})" if said.context else "")
    strings = _strings(message)
    if not strings or not all(strings):
        yield f"{where} has no Chinese translation"
    elif said.plural and isinstance(message.id if message else "", str):
        yield f"{where} has a plural, its translation needs msgid_plural and msgstr[0]"
    for string in strings:
        if string and _placeholders(string) != _placeholders(said.plural or said.text):
            yield f"{where} has other placeholders than its translation {string!r}"


def _strings(message: Message | None) -> list[str]:
    """Return the translated forms."""
    if message is None:
        return []
    return [message.string or ""] if isinstance(message.string, str | None) else list(message.string)


def _placeholders(text: str) -> set[str]:
    """Return the placeholders of a text, doubled percent signs aside."""
    return set(_PLACEHOLDER.findall(text.replace("%%", "")))
