"""How the rows of the people's sheet meet the people on file: by document first, otherwise by an officer's decision."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from talent.enums import ContactLanguage, DocumentKind, PreferredChannel, Sex, StudyLevel, TalentDatabase
from talent.intakes.checks import ID_INDEX, MASKED, MOBILE_INDEX, UNIVERSITY, check_person, read_numbers
from talent.intakes.finding import Found, twins_of
from talent.intakes.officers import Officers
from talent.intakes.on_file import PLAIN, STUDY, WORK, study_of, work_of
from talent.intakes.rights import Rights
from talent.models import Education, Employment, Person
from talent.services.person_batch import ChangedPerson, NewPerson, change_people, enter_people
from wenxi_portal.accounts.models import User
from wenxi_portal.core.wording import word_list
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.spreadsheets.intake import OnFile, Row, Twin

_WORDS: dict[str, Any] = {
    "sex": Sex, "document_kind": DocumentKind, "level": StudyLevel, "preferred_channel": PreferredChannel,
    "languages": ContactLanguage, "databases": TalentDatabase,
}  # fmt: skip
_DAYS = ("birth_date", "consent_on")
# Columns of a person's own row, as the sheet calls them.
_KEYS = {"owner_unit": "owner_unit_id", "officer": "officer_id"}
_OWN = (*PLAIN, *_DAYS, "languages", *_KEYS)
_WRITTEN = (*(_KEYS.get(name, name) for name in _OWN), "id_index", "mobile_index")


class PeopleIntake:
    """By document; a row without one is new, unless it says what is on file, or an officer found whom it means.

    A unit brings in its own people, a collector those of the own townships. Study and work are added or completed,
    never taken away.
    """

    permissions = frozenset({"talent.add_person", "talent.change_person"})
    labels: Mapping[str, Any] = {}

    def key(self, values: dict[str, Any]) -> tuple[Any, ...] | None:
        """The document; without one everything that tells people of one name apart."""
        number = values.get("id_number", "")
        if number and "*" not in number:
            return (number,)
        return tuple(values.get(name) for name in ("name", "birth_date", "id_number", "mobile", "university"))

    def check(self, rows: Sequence[Row], user: User) -> None:
        """Check documents, and put numbers in the place of the names of units and officers."""
        rights, universities, officers = Rights(user), universities_of(rows), Officers.named_in(rows)
        for row in rows:
            read_numbers(row)
            check_person(row)
            rights.settle(row)
            officers.settle(row)
            if row.values.get("university") in universities:
                row.values[UNIVERSITY] = universities[row.values["university"]]

    def on_file(self, rows: Sequence[Row], user: User, *, lock: bool = False) -> list[OnFile | None]:
        """Return the person on file for each row; new people get the unit or township of whoever brings them in."""
        found, rights, officers = Found(rows, user, lock=lock), Rights(user), Officers.chosen_in(rows)
        return [self._one(row, found.of(row), rights, officers) for row in rows]

    def twins(self, rows: Sequence[Row], user: User) -> list[Sequence[Twin]]:
        """Return people with the same mobile, the same name and birth, or the same name and university."""
        found = twins_of(rows, user)
        for row, twins in zip(rows, found, strict=True):
            if MASKED in row.values and not twins:
                row.refuse("id_number", _("The number is masked, and nobody on file fits. Enter it in full."))
        return found

    def write(self, *, new: Sequence[Row], changed: Sequence[tuple[Row, OnFile]], actor: User) -> None:
        """Enter and change people through their services."""
        enter_people(people=[_new(row.values) for row in new], actor=actor)
        change_people(people=[_changed(row.values, present.record) for row, present in changed], columns=_WRITTEN)

    def shown(self, column: str, value: Any) -> str:
        """Return kinds in words and the unit by its name."""
        if value in (None, "", []):
            return ""
        words = _WORDS.get(column)
        if isinstance(value, list):
            return word_list(str(words(one).label) if words else str(one) for one in value)
        if column == "owner_unit":
            return Organisation.objects.filter(pk=value).values_list("name", flat=True).first() or ""
        if column == "officer":
            return User.objects.filter(pk=value).values_list("name", flat=True).first() or ""
        return str(words(value).label) if words else str(value)

    def _one(self, row: Row, found: OnFile | None, rights: Rights, officers: Officers) -> OnFile | None:
        if found is None and not row.problems:
            rights.own(row)
        officers.check_sight(row, found)
        return found


def universities_of(rows: Sequence[Row]) -> dict[str, int]:
    """Return the universities on file that rows name, by name and short name."""
    named = {row.values["university"] for row in rows if "university" in row.values}
    if not named:
        return {}
    found = Organisation.objects.universities().public().filter(Q(name__in=named) | Q(short_name__in=named))
    return {called: pk for pk, *names in found.values_list("pk", "short_name", "name") for called in names if called}


def _new(values: dict[str, Any]) -> NewPerson:
    columns = {name: values[name] for name in _OWN if name in values and name not in _KEYS}
    columns |= {"id_index": values.get(ID_INDEX), "mobile_index": values.get(MOBILE_INDEX)}
    columns |= {column: values.get(name) for name, column in _KEYS.items()}
    if ID_INDEX not in values:
        columns.setdefault("no_id_reason", _("Not given in the sheet"))
    return NewPerson(
        columns,
        educations=[_study(Education(), values)] if "university" in values else (),
        employments=[_work(Employment(), values)] if "employer" in values else (),
        field_names=values.get("fields", ()),
        databases=values.get("databases", ()),
    )


def _changed(values: dict[str, Any], person: Person) -> ChangedPerson:
    for name in _OWN:
        if name in values:
            _set(person, name, values[name])
    if ID_INDEX in values:
        person.id_index, person.no_id_reason = values[ID_INDEX], ""
    if MOBILE_INDEX in values:
        person.mobile_index = values[MOBILE_INDEX]
    parts: list[Education | Employment] = []
    if "university" in values:
        parts.append(_study(study_of(person, values) or Education(person=person), values))
    if "employer" in values:
        parts.append(_work(work_of(person, values) or Employment(person=person), values))
    present = {row.database for row in person.memberships.all() if row.until is None}
    databases = [name for name in values.get("databases", ()) if name not in present]
    return ChangedPerson(person, parts, values.get("fields"), databases)


def _set(person: Person, name: str, value: Any) -> None:
    if name in _DAYS:
        value = date.fromisoformat(value)
    setattr(person, _KEYS.get(name, name), value)


def _study(row: Education, values: dict[str, Any]) -> Education:
    for name, attribute in STUDY.items():
        if name in values and name != "university":
            setattr(row, attribute, date.fromisoformat(values[name]) if name == "enrolled" else values[name])
    if row.pk is None:
        row.university_id = values.get(UNIVERSITY)
        row.university_name = "" if row.university_id else values["university"]
    return row


def _work(row: Employment, values: dict[str, Any]) -> Employment:
    for name, attribute in WORK.items():
        if name in values and name != "employer":
            setattr(row, attribute, values[name])
    if row.pk is None:
        row.employer_name = values["employer"]
    return row
