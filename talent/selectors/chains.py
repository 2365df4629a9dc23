"""Who can introduce us: shortest chains from people the county is in touch with to a university or a person.

A link is an introduction, a study at one university in one major or at one time, or work at one employer. The search
goes back from the target, one layer of links a statement, and stops at the first layer in which we know somebody.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talent.models import Education, Employment, Person
from talent.querysets import Visitor
from wenxi_portal.organisations.models import Organisation

IN_TOUCH_DAYS = 730
MOST_LINKS = 4
MOST_IN_LAYER = 2000
# So many classmates, and so many colleagues, one statement looks at, shared out among the layer.
MOST_LOOKED_AT = 20_000
MOST_CHAINS = 5

WORDS: dict[str, Promise] = {
    "introduction": _("introduced"),
    "classmate": _("studied together"),
    "colleague": _("work together"),
    "there": _("studied or works there"),
}

# Of one person's classmates and colleagues at most %(each)s are followed: a university has thousands. Those with whom
# we are in touch come first into the next layer, so that a chain through one of them is not cut off.
_LINKS = """
    SELECT near, far, kind FROM (
        SELECT DISTINCT ON (far) near, far, kind, p.last_contacted_on FROM (
            SELECT introduced_id AS near, introducer_id AS far, 'introduction' AS kind, 1 AS place
                FROM talent_introduction WHERE introduced_id = ANY(%(layer)s)
          UNION ALL
            SELECT introducer_id, introduced_id, 'introduction', 1
                FROM talent_introduction WHERE introducer_id = ANY(%(layer)s)
          UNION ALL
            SELECT a.person_id, b.person_id, 'classmate', 2
                FROM talent_education a CROSS JOIN LATERAL (
                    SELECT c.person_id FROM talent_education c WHERE c.university_id = a.university_id
                    AND (a.major <> '' AND a.major = c.major
                        OR daterange(a.started_on, a.ended_on, '[]') && daterange(c.started_on, c.ended_on, '[]')
                            AND a.started_on IS NOT NULL AND c.started_on IS NOT NULL)
                    LIMIT %(each)s
                ) b
                WHERE a.person_id = ANY(%(layer)s)
          UNION ALL
            SELECT a.person_id, b.person_id, 'colleague', 3
                FROM talent_employment a CROSS JOIN LATERAL (
                    (SELECT c.person_id FROM talent_employment c
                     WHERE c.employer_id = a.employer_id AND c.ended_on IS NULL LIMIT %(each)s)
                  UNION ALL
                    (SELECT c.person_id FROM talent_employment c
                     WHERE a.employer_name <> '' AND c.employer_name = a.employer_name AND c.ended_on IS NULL
                     LIMIT %(each)s)
                ) b
                WHERE a.person_id = ANY(%(layer)s) AND a.ended_on IS NULL
        ) link
        JOIN talent_person p ON p.id = link.far AND p.state = 'active'
        WHERE NOT far = ANY(%(seen)s)
        ORDER BY far, place, near
    ) found
    ORDER BY last_contacted_on DESC NULLS LAST, far LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Link:
    """One person of a chain and how the next one is linked; the last links to the target itself."""

    person: Person
    kind: str

    @property
    def words(self) -> Promise | str:
        """The link to the next in words."""
        return WORDS.get(self.kind, "")


@dataclass(frozen=True, slots=True)
class Chain:
    """People from one we know to the target, nearest to us first."""

    links: list[Link]

    def __iter__(self) -> Iterator[Link]:
        return iter(self.links)


def chains_to(*, user: Visitor, person: Person | None = None, university: Organisation | None = None) -> list[Chain]:
    """Return the shortest chains to a person, or to anybody at a university or another organisation.

    Everybody on a chain is visible to ``user``: a chain through a record of another unit is not shown.
    """
    if not person and (there := _known_at(university, user)):
        return _chains(there, dict.fromkeys(there, (None, "there")), user)
    targets = [person.pk] if person else list(_people_at(university).values_list("pk", flat=True)[:MOST_IN_LAYER])
    next_of: dict[int, tuple[int | None, str]] = dict.fromkeys(targets, (None, "" if person else "there"))
    layer = targets
    for _step in range(MOST_LINKS):
        known = _in_touch(layer, user)
        if person and layer == targets:
            known = [key for key in known if key != person.pk]
        if known:
            return _chains(known, next_of, user)
        layer = _links_from(layer, next_of)
        if not layer:
            return []
    known = _in_touch(layer, user)
    return _chains(known, next_of, user)


def in_touch_ourselves(person: Person) -> bool:
    """Tell whether the county has spoken with the person within two years."""
    return _touched(Person.objects.filter(pk=person.pk)).exists()


def _people_at(organisation: Organisation | None) -> QuerySet[Person]:
    studied, works = _ties_to(organisation)
    there = Person.objects.active().filter(pk__in=studied.values("person").union(works.values("person"), all=True))
    return there.order_by(F("last_contacted_on").desc(nulls_last=True), "pk")


def _known_at(organisation: Organisation | None, user: Visitor) -> list[int]:
    """Return those there with whom we are in touch, the latest first.

    Asked apart for studies and work, the database may begin with whom we know as well as with who is there.
    """
    known = _touched(Person.objects.active().visible_to(user)).order_by("-last_contacted_on", "pk")
    found: dict[int, date] = {}
    for ties in _ties_to(organisation):
        rows = known.filter(Exists(ties.filter(person=OuterRef("pk"))))
        for key, on in rows.values_list("pk", "last_contacted_on")[:MOST_CHAINS]:
            found[key] = on or date.min
    return sorted(found, key=lambda key: (-found[key].toordinal(), key))[:MOST_CHAINS]


def _ties_to(organisation: Organisation | None) -> tuple[QuerySet[Education], QuerySet[Employment]]:
    """Return the studies and the present work at a place."""
    return (
        Education.objects.filter(university=organisation).order_by(),
        Employment.objects.filter(employer=organisation, ended_on__isnull=True).order_by(),
    )


def _touched(rows: QuerySet[Person]) -> QuerySet[Person]:
    return rows.filter(last_contacted_on__gte=timezone.localdate() - timedelta(days=IN_TOUCH_DAYS))


def _in_touch(layer: Iterable[int], user: Visitor) -> list[int]:
    rows = _touched(Person.objects.active().visible_to(user).filter(pk__in=list(layer)))
    return list(rows.order_by("-last_contacted_on", "pk").values_list("pk", flat=True)[:MOST_CHAINS])


def _links_from(layer: list[int], next_of: dict[int, tuple[int | None, str]]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            _LINKS,
            {
                "layer": layer,
                "seen": list(next_of),
                "limit": MOST_IN_LAYER,
                "each": max(10, MOST_LOOKED_AT // len(layer)),
            },
        )
        found = cursor.fetchall()
    for near, far, kind in found:
        next_of[far] = (near, kind)
    return [far for _near, far, _kind in found]


def _chains(known: list[int], next_of: dict[int, tuple[int | None, str]], user: Visitor) -> list[Chain]:
    ways: list[list[tuple[int, str]]] = []
    for key in known:
        way: list[tuple[int, str]] = []
        at: int | None = key
        while at is not None:
            following, kind = next_of[at]
            way.append((at, kind))
            at = following
        ways.append(way)
    people = Person.objects.visible_to(user).in_bulk({key for way in ways for key, _kind in way})
    return [
        Chain([Link(people[key], kind) for key, kind in way]) for way in ways if all(key in people for key, _k in way)
    ]
