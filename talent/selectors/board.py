"""The follow-up board: what is overdue, due today and later this week, with exact figures at any number of people."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, QuerySet, Value, When
from django.utils import timezone

from talent.models import Contact
from talent.querysets import Visitor
from talent.selectors.follow_up import steps_for
from wenxi_portal.accounts.models import User
from wenxi_portal.organisations.models import Organisation

# So many steps a column shows, soonest first; beyond, one narrows the board to an officer or a unit.
MOST_SHOWN = 50
# So many of the most urgent steps are counted by unit: for each of them the person is looked up.
MOST_COUNTED = 1000
MOST_LEFT_BEHIND = 20
OVERDUE, TODAY, LATER = "overdue", "today", "later"


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One column: how many steps it has, and the first of them."""

    key: str
    total: int
    steps: list[Contact]

    @property
    def is_cut(self) -> bool:
        """Whether it has more than it shows."""
        return self.total > len(self.steps)


@dataclass(frozen=True, slots=True)
class Board:
    """The columns, and who has how many of the steps: key, name, number. ``units_are_cut`` tells of MOST_COUNTED."""

    columns: list[BoardColumn]
    officers: list[tuple[str, str, int]]
    units: list[tuple[str, str, int]]
    units_are_cut: bool


def board_for(user: Visitor, *, officer: int | None = None, unit: int | None = None) -> Board:
    """Return the board as ``user`` may see it, its columns narrowed to an officer or a unit; its figures are not."""
    today = timezone.localdate()
    figures = _figures(on_the_board(user), today)
    shown = steps_for(user, officer=officer, unit=unit)
    totals = _totals(_figures(_until_sunday(shown, today), today) if officer or unit else figures)
    return Board(
        columns=[
            BoardColumn(key, totals[key], _first(shown, key, today) if totals[key] else [])
            for key in (OVERDUE, TODAY, LATER)
        ],
        officers=_named(_by_officer(figures), User.objects.all()),
        units=_named(_by_unit(on_the_board(user)), Organisation.objects.all()),
        units_are_cut=sum(figures.values()) > MOST_COUNTED,
    )


def on_the_board(user: Visitor) -> QuerySet[Contact]:
    """Return the open steps ``user`` may see that are overdue or due by the end of this week."""
    return _until_sunday(steps_for(user), timezone.localdate())


def left_behind(user: Visitor) -> list[Contact]:
    """Return a few open steps ``user`` may see whose owner's account is closed, soonest first.

    The accounts are asked first: they are few, and the steps of each stand together in an index.
    """
    steps = Contact.objects.open_steps().filter(next_owner=OuterRef("pk"))
    owners = list(User.objects.filter(Exists(steps), is_active=False).values_list("pk", flat=True))
    if not owners:
        return []
    found = steps_for(user).filter(next_owner__in=owners).select_related("person", "next_owner")
    return list(found.defer("person__search_vector")[:MOST_LEFT_BEHIND])


def _until_sunday(steps: QuerySet[Contact], today: date) -> QuerySet[Contact]:
    return steps.filter(next_due__lte=today + timedelta(days=6 - today.weekday()))


def _figures(steps: QuerySet[Contact], today: date) -> Counter[tuple[int, str]]:
    """Count the steps by officer and column. For whoever sees every row the index alone answers."""
    column = Case(When(next_due__lt=today, then=Value(OVERDUE)), When(next_due=today, then=Value(TODAY)),
                  default=Value(LATER))  # fmt: skip
    rows = steps.order_by().annotate(column=column).values_list("next_owner", "column").annotate(number=Count("*"))
    return Counter({(owner, key): number for owner, key, number in rows})


def _totals(figures: Counter[tuple[int, str]]) -> Counter[str]:
    totals: Counter[str] = Counter()
    for (_owner, key), number in figures.items():
        totals[key] += number
    return totals


def _by_officer(figures: Counter[tuple[int, str]]) -> Counter[int]:
    totals: Counter[int] = Counter()
    for (owner, _key), number in figures.items():
        totals[owner] += number
    return totals


def _by_unit(steps: QuerySet[Contact]) -> Counter[int]:
    units = steps.values_list("person__owner_unit", flat=True)[:MOST_COUNTED]
    return Counter(unit for unit in units if unit)


def _first(steps: QuerySet[Contact], key: str, today: date) -> list[Contact]:
    if key == OVERDUE:
        rows = steps.filter(next_due__lt=today)
    elif key == TODAY:
        rows = steps.filter(next_due=today)
    else:
        rows = _until_sunday(steps, today).filter(next_due__gt=today)
    return list(rows.select_related("person", "next_owner").defer("person__search_vector")[:MOST_SHOWN])


def _named(numbers: Counter[int], rows: QuerySet[Any]) -> list[tuple[str, str, int]]:
    """Return key, name and number, the most first."""
    found = rows.in_bulk(list(numbers))
    told = [(str(key), found[key].name, number) for key, number in numbers.items() if key in found]
    return sorted(told, key=lambda row: (-row[2], row[1]))
