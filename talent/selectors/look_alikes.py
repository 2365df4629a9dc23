"""Records that may be the people of many rows, found in one statement."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

# Each arm follows an index; a phone alone is a reason to look, never one to merge (domain rule: relatives share them).
_LOOK_ALIKES = """
    WITH wanted AS (
        SELECT * FROM unnest(%s::int[], %s::text[], %s::date[], %s::text[], %s::text[], %s::int[])
            AS row (place, name, born, mobile, university, enrolled)
    )
    SELECT w.place, p.id FROM wanted w
        JOIN talent_person p ON p.name = w.name AND p.birth_date = w.born
        WHERE p.state = 'active'
    UNION
    SELECT w.place, p.id FROM wanted w
        JOIN talent_person p ON p.mobile_index = w.mobile
        WHERE p.state = 'active'
"""
_BY_UNIVERSITY = """
    UNION
    SELECT w.place, p.id FROM wanted w
        JOIN talent_person p ON p.name = w.name
        JOIN talent_education e ON e.person_id = p.id
        LEFT JOIN organisations_organisation o ON o.id = e.university_id
        WHERE p.state = 'active' AND w.university IN (e.university_name, o.name, o.short_name)
            AND (w.enrolled IS NULL OR e.started_on IS NULL OR extract(year FROM e.started_on) = w.enrolled)
"""
_BY_NAME = """
    SELECT w.place, p.id FROM unnest(%s::int[], %s::text[]) AS w (place, name)
        JOIN talent_person p ON p.name = w.name
        WHERE p.state = 'active'
"""


@dataclass(frozen=True, slots=True)
class Described:
    """What a row tells of a person. ``mobile`` is the fingerprint, ``born`` and ``enrolled`` day (ISO) and year."""

    name: str
    born: str | None = None
    mobile: str | None = None
    university: str | None = None
    enrolled: int | None = None


def look_alikes(people: Sequence[Described]) -> dict[int, list[int]]:
    """Return, by place in ``people``, the records in use that may be the person described, whoever owns them."""
    statement = _LOOK_ALIKES
    if any(one.university for one in people):
        statement += _BY_UNIVERSITY
    columns = ("name", "born", "mobile", "university", "enrolled")
    told = [[getattr(one, column) for one in people] for column in columns]
    return _found(statement, [list(range(len(people))), *told])


def with_documents(indexes: Iterable[str]) -> dict[str, int]:
    """Return the record of each fingerprint of a document that is on file."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_index, id FROM talent_person WHERE id_index = ANY(%s)", [list(indexes)])
        return dict(cursor.fetchall())


def of_that_name(names: Sequence[str]) -> dict[int, list[int]]:
    """Return, by place in ``names``, the records in use of exactly this name."""
    return _found(_BY_NAME, [list(range(len(names))), list(names)])


def _found(statement: str, parameters: list[list]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        for place, person in cursor.fetchall():
            found[place].append(person)
    return found
