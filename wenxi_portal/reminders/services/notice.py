"""Reading the State Council's holiday notice, as prose or as CSV."""

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from wenxi_portal.core.errors import DomainError
from wenxi_portal.reminders.data import notice_words as words

LONGEST_HOLIDAY = timedelta(days=20)


@dataclass(frozen=True, slots=True)
class Day:
    """One day that does not follow the week."""

    day: date
    is_working: bool
    name: str


def read(text: str, year: int) -> list[Day]:
    """Return the days that ``text`` tells of ``year``, in order.

    The text is the notice itself, or CSV lines ``2026-01-01,off,name`` (``off`` or ``work``). Raises ``DomainError``
    with the line that cannot be read, and when a day is told twice in two ways.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    is_csv = bool(lines) and all("," in line and not re.search(words.SENTENCE_END, line) for line in lines)
    found = _from_csv(lines) if is_csv else _from_prose(lines, year)
    if not found:
        raise DomainError(_("No holiday was found in the text."), code="empty", field="text")
    known: dict[date, Day] = {}
    for each in found:
        other = known.setdefault(each.day, each)
        if other.is_working != each.is_working:
            raise DomainError(
                _("%(day)s is both a day off and a working day.") % {"day": each.day}, code="twice", field="text"
            )
    _check_years(known, year)
    return [known[day] for day in sorted(known)]


def _from_csv(lines: list[str]) -> list[Day]:
    found = []
    for number, row in enumerate(csv.reader(io.StringIO("\n".join(lines))), start=1):
        kind = row[1].strip().lower() if len(row) > 1 else ""
        try:
            day = date.fromisoformat(row[0].strip())
        except ValueError:
            if number == 1:
                # The heading.
                continue
            raise _unreadable(number) from None
        if kind not in words.OFF | words.WORK:
            raise _unreadable(number)
        found.append(Day(day, kind in words.WORK, row[2].strip()[:40] if len(row) > 2 else ""))
    return found


def _from_prose(lines: list[str], year: int) -> list[Day]:
    found: list[Day] = []
    for line in lines:
        heading = re.match(words.HEADING, line)
        if heading is None:
            continue
        name, rest = heading["name"], line[heading.end() :]
        off, _break, work = rest.partition(words.OFF_WORD)
        first, last = _range(off, year)
        found += [Day(first + timedelta(days=each), False, name) for each in range((last - first).days + 1)]
        # Only what stands before the word "work" are days worked in exchange.
        worked = "".join(sentence for sentence in work.split(words.STOP) if words.WORK_WORD in sentence)
        found += [Day(day, True, name) for day in _days(worked, year, first.month)]
    return found


def _range(text: str, year: int) -> tuple[date, date]:
    """Return first and last day of ``1月28日(…)至2月3日(…)`` or ``6月8日``."""
    days = _days(text, year, None)
    if not days or not timedelta() <= days[-1] - days[0] <= LONGEST_HOLIDAY:
        raise DomainError(_("The days off cannot be read: %(text)s") % {"text": text[:60]}, code="range", field="text")
    return days[0], days[-1]


def _days(text: str, year: int, month: int | None) -> list[date]:
    """Return the days named; a day without a month takes the one before it, and a year may be named."""
    found = []
    for match in re.finditer(words.DAY, text):
        year = int(match["year"] or year)
        month = int(match["month"] or month or 0)
        try:
            found.append(date(year, month, int(match["day"])))
        except ValueError:
            raise DomainError(
                _("There is no such day: %(text)s") % {"text": match.group()}, code="day", field="text"
            ) from None
    return found


def _check_years(known: dict[date, Day], year: int) -> None:
    # The first days of a January holiday may lie in the December before.
    strangers = [day for day in known if day.year != year and (day.year, day.month) != (year - 1, 12)]
    if strangers:
        raise DomainError(
            _("%(day)s does not belong to %(year)d.") % {"day": min(strangers), "year": year}, code="year", field="text"
        )


def _unreadable(number: int) -> DomainError:
    return DomainError(
        _("Line %(number)d cannot be read; write like 2026-01-01,off,New Year.") % {"number": number},
        code="line",
        field="text",
    )
