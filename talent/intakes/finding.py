"""Which records on file the rows of a people's sheet speak of, or may speak of; asked once for many rows."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from talent.enums import PersonState
from talent.intakes.checks import ID_INDEX, MASKED, MOBILE_INDEX
from talent.intakes.on_file import PARTS, values_on_file
from talent.models import Person
from talent.selectors.look_alikes import Described, look_alikes, of_that_name, with_documents
from wenxi_portal.accounts.models import User
from wenxi_portal.core.wording import word_list
from wenxi_portal.spreadsheets.intake import OnFile, Row, Twin

MOST_TWINS = 8
_BETWEEN_NAMES = re.compile(r"[、,，;；/\s]+")


class Found:
    """The records of a batch of rows: by document, by an officer's decision, or because they say the very same."""

    def __init__(self, rows: Sequence[Row], user: User, *, lock: bool) -> None:
        self.by_index = by_document(row.values[ID_INDEX] for row in rows if ID_INDEX in row.values)
        self.alike = candidates([row for row in rows if ID_INDEX not in row.values and not row.same_as])
        wanted = {*self.by_index.values(), *(row.same_as for row in rows if row.same_as)}
        wanted.update(pk for found in self.alike.values() for pk in found)
        self.people = _people(wanted, lock=lock) if wanted else {}
        self.visible = _visible(wanted, user) if wanted else set()

    def of(self, row: Row) -> OnFile | None:
        """Return the record of ``row``. Refuses one of another unit without a word about it."""
        if row.same_as:
            return self._one(row, row.same_as)
        if ID_INDEX in row.values:
            pk = self.by_index.get(row.values[ID_INDEX])
            return self._one(row, pk) if pk and self._is_named(row, pk) else None
        told = [found for pk in self.alike.get(id(row), ()) if (found := self._says_the_same(row, pk))]
        return told[0] if len(told) == 1 else None

    def _one(self, row: Row, pk: int) -> OnFile | None:
        person = self.people.get(pk)
        if person is None or pk not in self.visible:
            row.refuse("id_number", _("It belongs to another unit. Ask the organization department."))
            return None
        if person.state != PersonState.ACTIVE:
            row.refuse("", _("This record is no longer in use: it was merged or withdrawn."))
            return None
        return _on_file(person, row)

    def _is_named(self, row: Row, pk: int) -> bool:
        """A number mistyped into another person's would overwrite that person: the name must agree."""
        person = self.people.get(pk)
        if person is None or pk not in self.visible:
            return True
        if is_called(person, row.values["name"]):
            return True
        row.refuse("name", _("This ID number is on file under another name. Correct the row, or the record by hand."))
        return False

    def _says_the_same(self, row: Row, pk: int) -> OnFile | None:
        person = self.people.get(pk)
        if person is None or pk not in self.visible or person.name != row.values["name"]:
            return None
        found = _on_file(person, row)
        same = all(found.values.get(name, value) == value for name, value in row.values.items())
        return found if same and fits_mask(person, row.values) else None


def is_called(person: Person, name: str) -> bool:
    """Tell whether ``name`` is the person's, or was."""
    return name == person.name or name in _BETWEEN_NAMES.split(person.former_names)


def candidates(rows: Sequence[Row]) -> dict[int, list[int]]:
    """Return, by row (``id``), the numbers of records that may be the same person, whoever owns them."""
    found: dict[int, list[int]] = defaultdict(list)
    if not rows:
        return found
    for place, pks in look_alikes([_described(row.values) for row in rows]).items():
        found[id(rows[place])] += pks
    masked = [row for row in rows if MASKED in row.values]
    if masked:
        named = of_that_name([row.values["name"] for row in masked])
        people = Person.objects.only("pk", "id_number", "mobile").in_bulk({pk for pks in named.values() for pk in pks})
        for place, pks in named.items():
            row = masked[place]
            fitting = [pk for pk in pks if pk in people and fits_mask(people[pk], row.values)]
            found[id(row)] = list(dict.fromkeys([*found[id(row)], *fitting]))
    return found


def twins_of(rows: Sequence[Row], user: User) -> list[Sequence[Twin]]:
    """Return, for each row, the people it may speak of. Two documents of one kind are two people."""
    alike = candidates(rows)
    wanted = {pk for pks in alike.values() for pk in pks}
    if not wanted:
        return [()] * len(rows)
    people = Person.objects.in_bulk(wanted)
    visible = _visible(wanted, user)
    return [_twins(row, [people[pk] for pk in alike.get(id(row), ()) if pk in people], visible) for row in rows]


def _twins(row: Row, people: Iterable[Person], visible: set[int]) -> list[Twin]:
    found = []
    for person in people:
        if ID_INDEX in row.values and person.id_index and person.document_kind == row.values["document_kind"]:
            continue
        if person.pk not in visible:
            found.append(Twin(0, _("a record of another unit")))
            continue
        words = (person.name, person.birth_date, person.native_township)
        found.append(Twin(person.pk, word_list(filter(None, words))))
    return list(dict.fromkeys(found))[:MOST_TWINS]


def by_document(indexes: Iterable[str]) -> dict[str, int]:
    """Return the record in use for each document, followed through merges."""
    found = with_documents(indexes)
    while merged := _merged(found.values()):
        found = {index: merged.get(pk, pk) for index, pk in found.items()}
    return found


def _merged(people: Iterable[int]) -> dict[int, int]:
    """Return into which record each of ``people`` was merged; those in use are left out."""
    rows = Person.objects.filter(pk__in=people).exclude(merged_into=None).values_list("pk", "merged_into")
    return {pk: into for pk, into in rows if into}


def _people(wanted: set[int], *, lock: bool) -> dict[int, Person]:
    people = Person.objects.order_by("pk").prefetch_related(*PARTS)
    if lock:
        people = people.select_for_update(of=("self",), no_key=True)
    return people.in_bulk(wanted)


def _visible(wanted: set[int], user: User) -> set[int]:
    return set(Person.objects.visible_to(user).filter(pk__in=wanted).values_list("pk", flat=True))


def _on_file(person: Person, row: Row) -> OnFile:
    return OnFile(person.pk, person.revision, values_on_file(person, row.values), person)


def _described(values: Mapping[str, Any]) -> Described:
    year = str(values.get("enrolled", ""))[:4]
    return Described(
        values["name"],
        values.get("birth_date"),
        values.get(MOBILE_INDEX),
        values.get("university"),
        int(year) if year else None,
    )


def fits_mask(person: Person, values: Mapping[str, Any]) -> bool:
    masked = values.get(MASKED, {})
    return masked.get("id_number", person.masked_id) == person.masked_id and (
        masked.get("mobile", person.masked_mobile) == person.masked_mobile
    )
