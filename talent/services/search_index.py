"""What people are found by. Derived from names that may change elsewhere, so it can be rebuilt."""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, Func, OuterRef, Q
from django.utils import timezone

from talent.models import Education, Employment, Person
from wenxi_portal.core import search_text


def searched(
    *, person: Person, educations: Iterable[Education], employments: Iterable[Employment], fields: Iterable[str]
) -> tuple[list[str], list[str]]:
    """Return what ``person`` is found by: names, places and fields by pinyin too, majors and posts by characters."""
    names = [person.name, person.former_names, person.native_township, *fields]
    texts: list[str] = []
    for education in educations:
        names += _names(education.university, education.university_name)
        texts += [education.major]
    for employment in employments:
        names += _names(employment.employer, employment.employer_name)
        names += [employment.field]
        texts += [employment.post, employment.city]
    return [*filter(None, names)], [*filter(None, texts)]


def person_vector(
    *, person: Person, educations: Iterable[Education], employments: Iterable[Employment], fields: Iterable[str]
) -> Func:
    """Return the expression that stores what ``person`` is found by."""
    names, texts = searched(person=person, educations=educations, employments=employments, fields=fields)
    return search_text.vector(search_text.lexemes(names, texts))


def index_person(*, person: Person) -> None:
    """Write what ``person`` is found by."""
    vector = person_vector(
        person=person,
        educations=person.educations.select_related("university"),
        employments=person.employments.select_related("employer"),
        fields=person.fields.values_list("name", flat=True),
    )
    Person.objects.filter(pk=person.pk).update(search_vector=vector, indexed_at=timezone.now())


def index_after_renames() -> int:
    """Index again whoever studied or works at an organisation renamed since; return how many."""
    renamed = Exists(Education.objects.filter(person=OuterRef("pk"), university__updated_at__gt=OuterRef("indexed_at")))
    moved = Exists(Employment.objects.filter(person=OuterRef("pk"), employer__updated_at__gt=OuterRef("indexed_at")))
    count = 0
    for person in Person.objects.filter(Q(indexed_at__isnull=True) | renamed | moved).iterator(chunk_size=500):
        index_person(person=person)
        count += 1
    return count


def _names(organisation: object, text: str) -> Iterator[str]:
    yield text
    for name in ("name", "short_name", "name_en"):
        yield getattr(organisation, name, "")
