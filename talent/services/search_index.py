"""What people are found by. Derived from names that may change elsewhere, so it can be rebuilt."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Cast
from django.utils import timezone

from talent.models import Education, Employment, Person
from talent.services.likeness import note_likeness
from talent.services.progress import note_progress, progress_of
from wenxi_portal.core import person_names, search_text

BATCH = 500
# Former names stand in one field, parted by a comma or a blank.
_FORMER = re.compile(r"[,，、;；\s]+")
TASK = "renames"
# Before the first run, and for renames whose transaction ended after the last look.
LOOK_BACK = timedelta(days=2)


_WRITE = """
UPDATE talent_person SET search_vector = new.vector::tsvector, sort_key = new.key, indexed_at = %(now)s
FROM unnest(%(people)s::bigint[], %(vectors)s::text[], %(keys)s::text[]) AS new (id, vector, key)
WHERE talent_person.id = new.id
"""


def searched(
    *, educations: Iterable[Education], employments: Iterable[Employment], fields: Iterable[str], township: str = ""
) -> tuple[list[str], list[str]]:
    """Return what people are found by besides their names: places and fields by pinyin too, majors by characters."""
    names = [township, *fields]
    texts: list[str] = []
    for education in educations:
        names += _names(education.university, education.university_name)
        texts += [education.major]
    for employment in employments:
        names += _names(employment.employer, employment.employer_name)
        names += [employment.field]
        texts += [employment.post, employment.city]
    return [*filter(None, names)], [*filter(None, texts)]


def own_names(name: str, former_names: str) -> list[str]:
    """Return the present name and the former ones."""
    return [name, *filter(None, _FORMER.split(former_names))]


def person_literal(
    *, person: Person, educations: Iterable[Education], employments: Iterable[Employment], fields: Iterable[str]
) -> str:
    """Return the text form of the ``tsvector`` by which ``person`` is found; what recurs is worked out once."""
    names, texts = searched(
        educations=educations, employments=employments, fields=fields, township=person.native_township
    )
    own = map(person_names.literal, own_names(person.name, person.former_names))
    return " ".join([*own, search_text.vector_of(names, texts)])


def person_vector(
    *, person: Person, educations: Iterable[Education], employments: Iterable[Employment], fields: Iterable[str]
) -> Cast:
    """Return the expression that stores what ``person`` is found by."""
    found = person_literal(person=person, educations=educations, employments=employments, fields=fields)
    return Cast(Value(found), SearchVectorField())


def index_person(*, person: Person) -> None:
    """Write what is derived of ``person``: what the record is found by, and whom it may be the same as."""
    index_people([person.pk])
    note_likeness([person.pk])


def index_people(people: Iterable[int]) -> int:
    """Write what these people are found and filed by, in a fixed number of statements; return how many there were."""
    rows = Person.objects.filter(pk__in=list(people)).defer("search_vector").order_by("pk")
    found = list(rows.prefetch_related("educations__university", "employments__employer", "fields"))
    values: dict[str, Any] = {
        "people": [person.pk for person in found],
        "vectors": [_literal_of(person) for person in found],
        "keys": [person_names.sort_key(person.name)[:600] if person.sort_key else "" for person in found],
        "now": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, values)
    return len(found)


def index_after_renames(*, until: datetime | None = None) -> int:
    """Index again whoever studied or works at an organisation changed since, and whoever never was; return how many.

    Looks from the few organisations that changed to their people. Leaves off at ``until``: the next run goes on.
    """
    begun = timezone.now()
    since, _record = progress_of(TASK, begun - LOOK_BACK)
    count = 0
    while people := _to_index(since):
        count += index_people(people)
        if until and timezone.now() >= until:
            return count
    note_progress(TASK, begun - LOOK_BACK)
    return count


def index_everybody(*, after: int = 0) -> Iterator[int]:
    """Index everybody anew, in the order of their numbers; yield the last number of each batch written."""
    while people := list(Person.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            index_people(people)
        after = people[-1]
        yield after


def _to_index(since: datetime) -> list[int]:
    studied = Education.objects.filter(
        university__updated_at__gte=since, person__indexed_at__lt=F("university__updated_at")
    )
    works = Employment.objects.filter(employer__updated_at__gte=since, person__indexed_at__lt=F("employer__updated_at"))
    never = Person.objects.filter(indexed_at__isnull=True).order_by("pk").values_list("pk", flat=True)
    found = set(never[:BATCH])
    for rows in (studied, works):
        found.update(rows.order_by("person").values_list("person", flat=True)[:BATCH])
    return sorted(found)


def _literal_of(person: Person) -> str:
    return person_literal(
        person=person,
        educations=person.educations.all(),
        employments=person.employments.all(),
        fields=[tag.name for tag in person.fields.all()],
    )


def _names(organisation: object, text: str) -> Iterator[str]:
    yield text
    for name in ("name", "short_name", "name_en"):
        yield getattr(organisation, name, "")
