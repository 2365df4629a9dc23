"""The one guard before anything becomes public: no full ID number, mobile, bank card or address in it.

Texts in pictures are not read.
"""

from collections.abc import Iterable, Iterator
from html import unescape
from typing import Final

from wenxi_portal.core.addresses import has_address
from wenxi_portal.core.document_texts import texts_of
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.personal_numbers import find_kind, words_for

RIGHT_TO_LEFT: Final = "\u202e"


def kind_in(text: str) -> str:
    """Return ``id``, ``mobile``, ``card`` or ``address`` for the first thing that must not be public, or nothing."""
    return next(filter(None, map(_kind_in, _readings(text))), "")


def _kind_in(text: str) -> str:
    return find_kind(text) or ("address" if has_address(text) else "")


def _readings(text: str) -> Iterator[str]:
    """Yield ``text`` as it stands, as entities in it read, and backwards where a mark turns it round on the screen."""
    yield text
    read = unescape(text)
    if read != text:
        yield read
    if RIGHT_TO_LEFT in read:
        yield read[::-1]


def guard_text(text: str, *, field: str = "") -> None:
    """Raise ``DomainError`` when ``text`` may not be published; the sentence does not repeat what was found."""
    if kind := kind_in(text):
        raise DomainError(words_for(kind), code=f"personal_{kind}", field=field)


def guard_texts(texts: Iterable[str]) -> None:
    """Raise ``DomainError`` when one of ``texts``, or all read one after the other, may not be published."""
    kept = list(texts)
    for text in kept:
        guard_text(text)
    guard_text("\t".join(kept))


def guard_document(content: bytes, ending: str) -> bytes:
    """Return a .xlsx or .docx that may be published. Raises ``DomainError`` when it may not, or cannot be read."""
    for text in texts_of(content, ending.lower().lstrip(".")):
        guard_text(text)
    return content
