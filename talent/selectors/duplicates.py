"""Records that may be one person's."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talent.models import Education, NotDuplicate, Person
from talent.querysets import Visitor

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


# Each arm finds pairs of records in use for one reason; a phone alone is a reason to look, never one to merge.
_PAIRS = """
    WITH pair AS (
        SELECT a.id AS first, b.id AS second, 'mobile' AS reason
        FROM talent_person a JOIN talent_person b ON b.mobile_index = a.mobile_index AND b.id > a.id
        WHERE a.state = 'active' AND b.state = 'active'
      UNION ALL
        SELECT a.id, b.id, 'birth'
        FROM talent_person a JOIN talent_person b ON b.name = a.name AND b.birth_date = a.birth_date AND b.id > a.id
        WHERE a.state = 'active' AND b.state = 'active'
      UNION ALL
        SELECT a.id, b.id, 'university'
        FROM talent_person a JOIN talent_person b ON b.name = a.name AND b.id > a.id
        JOIN talent_education x ON x.person_id = a.id
        JOIN talent_education y ON y.person_id = b.id
            AND (x.university_id = y.university_id OR x.university_name <> '' AND x.university_name = y.university_name)
        WHERE a.state = 'active' AND b.state = 'active'
    )
    SELECT first, second, array_agg(DISTINCT reason) FROM pair
    WHERE NOT EXISTS (
        SELECT 1 FROM talent_notduplicate n WHERE n.first_id = pair.first AND n.second_id = pair.second
    )
    GROUP BY first, second ORDER BY count(DISTINCT reason) DESC, first, second LIMIT %s
"""


def duplicate_pairs(limit: int = MOST_PAIRS) -> list[Pair]:
    """Return pairs nobody has decided on, those with most reasons first."""
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, [limit])
        found = cursor.fetchall()
    people = Person.objects.select_related("owner_unit").in_bulk({pk for row in found for pk in row[:2]})
    return [Pair(people[first], people[second], tuple(sorted(reasons))) for first, second, reasons in found]


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
