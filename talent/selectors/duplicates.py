"""Records that may be one person's."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talent.enums import PersonState
from talent.models import Education, NotDuplicate, Person, PossibleDuplicate, Progress
from talent.querysets import Visitor, rows_of

MOST_HITS = 10
MOST_PAIRS = 50

REASONS: dict[str, Promise] = {
    "mobile": _("same mobile number"),
    "birth": _("same name and date of birth"),
    "university": _("same name and university"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that may be the same person's, and why. ``visible`` is false for a record of another unit."""

    person: Person
    reasons: tuple[str, ...]
    visible: bool = True

    @property
    def words(self) -> list[Promise]:
        """The reasons in words."""
        return [REASONS[reason] for reason in self.reasons]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one person's."""

    first: Person
    second: Person
    reasons: tuple[str, ...]

    @property
    def words(self) -> list[Promise]:
        """The reasons in words."""
        return [REASONS[reason] for reason in self.reasons]


def possible_duplicates(
    *,
    user: Visitor,
    name: str = "",
    birth_date: date | None = None,
    mobile: str = "",
    university: int | None = None,
    university_name: str = "",
    exclude: int | None = None,
) -> list[Hit]:
    """Return records in use that may be the person described, whoever owns them."""
    reasons: dict[int, list[str]] = defaultdict(list)
    active = Person.objects.active().exclude(pk=exclude or 0)
    if mobile:
        _note(reasons, "mobile", active.with_mobile(mobile).values_list("pk", flat=True)[:MOST_HITS])
    if name and birth_date:
        same = active.filter(name=name, birth_date=birth_date)
        _note(reasons, "birth", same.values_list("pk", flat=True)[:MOST_HITS])
    if name and (university or university_name):
        there = Q(university=university) if university else Q()
        if university_name:
            there |= Q(university_name=university_name) | Q(university__name=university_name)
        studies = Education.objects.filter(there, person__in=active.filter(name=name))
        _note(reasons, "university", studies.values_list("person_id", flat=True).distinct()[:MOST_HITS])
    people = Person.objects.select_related("owner_unit").in_bulk(list(reasons)[:MOST_HITS])
    visible = set(Person.objects.visible_to(user).filter(pk__in=people).values_list("pk", flat=True))
    return [Hit(person, tuple(reasons[pk]), pk in visible) for pk, person in people.items()]


def duplicate_pairs(user: Visitor | None = None, limit: int = MOST_PAIRS) -> list[Pair]:
    """Return pairs nobody has decided on, those with most reasons first; with ``user`` only pairs of people they see.

    The pairs are kept (see ``services.likeness``): what an officer enters stands here at once.
    """
    decided = NotDuplicate.objects.filter(first=OuterRef("first"), second=OuterRef("second"))
    rows = PossibleDuplicate.objects.filter(
        ~Exists(decided), first__state=PersonState.ACTIVE, second__state=PersonState.ACTIVE
    )
    for column in ("first__", "second__"):
        condition = rows_of(user, column) if user else None
        rows = rows if condition is None else rows.filter(condition)
    found = rows.select_related("first__owner_unit", "second__owner_unit").order_by("-weight", "first", "second")
    return [Pair(row.first, row.second, tuple(row.reasons)) for row in found[:limit]]


def compared_until() -> datetime | None:
    """Return up to when what came in bulk has been compared; None before the first time."""
    return Progress.objects.filter(task="likeness").values_list("at", flat=True).first()


def has_duplicate_pairs() -> bool:
    """Tell whether the queue of possible duplicates holds anything."""
    return bool(duplicate_pairs(limit=1))


def decided_different(first: int, second: int) -> bool:
    """Tell whether an officer said that these are two people."""
    low, high = sorted((first, second))
    return NotDuplicate.objects.filter(first=low, second=high).exists()


def _note(reasons: dict[int, list[str]], reason: str, found: Iterable[int]) -> None:
    for pk in found:
        reasons[pk].append(reason)
