"""Many people at once. History, constraints and the unique document come from the database as always.

The caller has checked the values: lengths, choices and documents are proved by the readers of the sheet. No advisory
lock is taken for each document, as for a single person: a hundred thousand would fill the server's table of locks. The
unique index of the document stands in their place, and whoever comes second is told so by ``IntegrityError``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from talent.enums import PersonState
from talent.models import (
    DatabaseMembership,
    Education,
    Employment,
    Person,
    PersonField,
    PersonStateChange,
)
from talent.querysets import ID_CONTEXT, MOBILE_CONTEXT
from talent.services.search_index import own_names, person_literal, searched
from talent.services.tags import tags_for_import
from wenxi_portal.accounts.models import User
from wenxi_portal.core import cipher, person_names, search_text
from wenxi_portal.core.bulk import copy_in, copy_values, reserve_ids, update_from

_SEALED = {"id_number": ID_CONTEXT, "mobile": MOBILE_CONTEXT}


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person to enter. ``columns`` holds columns of the table as the database takes them, numbers in the open with
    their fingerprints beside them; the rest belongs to the person and is not saved yet."""

    columns: Mapping[str, Any]
    educations: Sequence[Education] = ()
    employments: Sequence[Employment] = ()
    field_names: Sequence[str] = ()
    databases: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class ChangedPerson:
    """A person on file, locked by the caller, with the values it is to have and the rows that come or change."""

    person: Person
    parts: Sequence[Education | Employment] = ()
    field_names: Sequence[str] | None = None
    databases: Sequence[str] = ()


@transaction.atomic
def enter_people(*, people: Sequence[NewPerson], actor: User | None) -> list[int]:
    """Enter people, findable and with their rows; return their numbers in order.

    Raises ``IntegrityError`` when one of the documents is on file, ``BusyError`` while somebody makes the same field.
    """
    now, ids = timezone.now(), reserve_ids(Person, len(people))
    numbered = list(zip(ids, people, strict=True))
    # Names of places belong to what people are found by; while rows are copied in, the database answers nothing.
    prefetch_related_objects([part for one in people for part in one.educations], "university")
    prefetch_related_objects([part for one in people for part in one.employments], "employer")
    copy_values(Person, (_columns(pk, one, now) for pk, one in numbered))
    _copy_parts(Education, ((pk, part) for pk, one in numbered for part in one.educations))
    _copy_parts(Employment, ((pk, part) for pk, one in numbered for part in one.employments))
    _link_fields({pk: one.field_names for pk, one in numbered if one.field_names})
    _join_databases({pk: one.databases for pk, one in numbered if one.databases})
    change = {"to_state": PersonState.ACTIVE.value, "reason": _("Entered from a sheet"), "at": now,
              "actor_id": actor.pk if actor else None}  # fmt: skip
    copy_values(PersonStateChange, ({"person_id": pk, **change} for pk in ids))
    return ids


@transaction.atomic
def change_people(*, people: Sequence[ChangedPerson], columns: Iterable[str]) -> None:
    """Write ``columns`` of people on file and the rows that come with them, and make them findable under both."""
    if not people:
        return
    now = timezone.now()
    for one in people:
        for part in one.parts:
            part.full_clean()
            part.save()
    _relink_fields({one.person.pk: one.field_names for one in people if one.field_names is not None})
    _join_databases({one.person.pk: one.databases for one in people if one.databases})
    rows = [one.person for one in people]
    for person in rows:
        person.revision += 1
        person.updated_at = person.indexed_at = now
        person.sort_key = _sort_key(person.name)
    derived = ("sort_key", "revision", "updated_at", "indexed_at")
    update_from(Person, rows, (*columns, *derived), raw={"search_vector": _vectors(rows)})


@transaction.atomic
def write_educations(*, new: Sequence[Education], changed: Sequence[Education]) -> None:
    """Add studies to people on file and write those that changed; the people are found under them at once.

    Each person counts as edited, so that a form opened before takes no study away unseen.
    """
    wanted = {row.person_id for row in (*new, *changed)}
    people = list(Person.objects.select_for_update(of=("self",), no_key=True).order_by("pk").filter(pk__in=wanted))
    if new:
        copy_in(Education, new)
    for row in changed:
        row.full_clean()
        row.save()
    change_people(people=[ChangedPerson(person) for person in people], columns=())


def _columns(pk: int, one: NewPerson, now: datetime) -> dict[str, Any]:
    told = one.columns
    columns = {**told, "id": pk, "created_at": now, "updated_at": now, "indexed_at": now}
    for name, context in _SEALED.items():
        if told.get(name):
            columns[name] = cipher.seal(told[name], context=context)
    columns["sort_key"] = _sort_key(told["name"])
    columns["search_vector"] = _vector_of_new(one)
    return columns


def _vector_of_new(one: NewPerson) -> str:
    names, texts = searched(
        educations=one.educations,
        employments=one.employments,
        fields=one.field_names,
        township=one.columns.get("native_township") or "",
    )
    own = own_names(one.columns["name"], one.columns.get("former_names") or "")
    return " ".join([*map(person_names.literal, own), search_text.vector_of(names, texts)])


def _sort_key(name: str) -> str:
    return person_names.sort_key(name)[:600]


def _copy_parts(model: type[Education | Employment], parts: Iterable[tuple[int, Education | Employment]]) -> None:
    rows = []
    for pk, part in parts:
        part.person_id = pk
        rows.append(part)
    if rows:
        copy_in(model, rows)


def _link_fields(wanted: Mapping[int, Sequence[str]]) -> None:
    names = sorted({name for told in wanted.values() for name in told})
    if not names:
        return
    tags = tags_for_import(names)
    copy_values(PersonField, ({"person_id": pk, "tag_id": tags[name]} for pk, told in wanted.items() for name in told))


def _relink_fields(wanted: Mapping[int, Sequence[str]]) -> None:
    if wanted:
        PersonField.objects.filter(person__in=wanted).delete()
        _link_fields(wanted)


def _join_databases(wanted: Mapping[int, Sequence[str]]) -> None:
    today, reason = timezone.localdate(), _("Entered from a sheet")
    copy_values(
        DatabaseMembership,
        ({"person_id": pk, "database": name, "since": today, "reason": reason}
         for pk, told in wanted.items() for name in told),
    )  # fmt: skip


def _vectors(rows: Sequence[Person]) -> list[str]:
    fresh = Person.objects.filter(pk__in=[person.pk for person in rows]).prefetch_related(
        "educations__university", "employments__employer", "fields"
    )
    parts = {person.pk: person for person in fresh.only("pk")}
    return [_vector(person, parts[person.pk]) for person in rows]


def _vector(person: Person, parts: Person) -> str:
    return person_literal(
        person=person,
        educations=parts.educations.all(),
        employments=parts.employments.all(),
        fields=[tag.name for tag in parts.fields.all()],
    )
