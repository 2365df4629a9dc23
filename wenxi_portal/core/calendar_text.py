"""Calendars as text (RFC 5545): lines folded inside no character, words escaped."""

from collections.abc import Iterable, Iterator

LINE_BYTES = 73
MEDIA_TYPE = "text/calendar; charset=utf-8"


def calendar_text(purpose: str, events: Iterable[list[str]]) -> str:
    """Return a calendar of ``events``, each a list of unfolded lines; ``purpose`` names what it is for."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//wenxi-portal//{purpose}//ZH", "CALSCALE:GREGORIAN"]
    for event in events:
        lines += ["BEGIN:VEVENT", *event, "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def escaped(text: str) -> str:
    """Return ``text`` as it stands in a value."""
    found = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return found.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Fold a line after at most 75 octets, never inside a character."""
    part = ""
    for sign in line:
        if len((part + sign).encode()) > LINE_BYTES:
            yield part
            part = " "
        part += sign
    yield part
