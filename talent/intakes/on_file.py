"""What is on file about a person, in the form in which rows of the sheet are read."""

from collections.abc import Mapping
from typing import Any

from talent.models import Education, Employment, Person
from talent.selectors.latest import is_present
from wenxi_portal.organisations.models import Organisation

PLAIN = (
    "name", "sex", "document_kind", "id_number", "no_id_reason", "mobile", "email", "native_township", "source",
    "consent_purpose", "preferred_channel",
)  # fmt: skip
STUDY = {"university": "place", "level": "level", "major": "major", "enrolled": "started_on"}
WORK = {"employer": "place", "post": "post", "city": "city"}
PARTS = ("educations__university", "employments__employer", "memberships", "field_links__tag")


def values_on_file(person: Person, told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of ``person``. Of study and work, those that ``told`` speaks of: nothing is on file of others.

    ``person`` carries PARTS. Databases somebody belongs to beyond those told are no difference: leaving one has a
    reason, which no sheet gives.
    """
    values: dict[str, Any] = {name: getattr(person, name) for name in PLAIN}
    databases = sorted({row.database for row in person.memberships.all() if row.until is None})
    wanted = told.get("databases", [])
    return values | {
        "birth_date": _day(person.birth_date),
        "consent_on": _day(person.consent_on),
        "languages": sorted(person.languages),
        "owner_unit": person.owner_unit_id,
        "officer": person.officer_id,
        "fields": sorted(link.tag.name for link in person.field_links.all()),
        "databases": wanted if set(wanted) <= set(databases) else databases,
        **_part(STUDY, told, "university", study_of(person, told)),
        **_part(WORK, told, "employer", work_of(person, told)),
    }


def study_of(person: Person, told: Mapping[str, Any]) -> Education | None:
    """Return the study on file that ``told`` speaks of."""
    return next((row for row in person.educations.all() if is_this_study(row, told)), None)


def is_this_study(row: Education, told: Mapping[str, Any]) -> bool:
    """Tell whether ``told`` speaks of this study: the university, and the year it began when both are known."""
    year = str(told.get("enrolled", ""))[:4]
    same_year = not year or not row.started_on or str(row.started_on.year) == year
    return same_year and told.get("university") in _called(row.university, row.university_name)


def work_of(person: Person, told: Mapping[str, Any]) -> Employment | None:
    """Return the present work on file that ``told`` speaks of."""
    present = (row for row in person.employments.all() if is_present(row))
    return next((row for row in present if told.get("employer") in _called(row.employer, row.employer_name)), None)


def _part(names: Mapping[str, str], told: Mapping[str, Any], key: str, row: Any) -> dict[str, Any]:
    if key not in told:
        return {}
    found = {name: getattr(row, attribute, None) for name, attribute in names.items()}
    if row:
        found[key] = told[key]
    if "enrolled" in found:
        found["enrolled"] = _day(found["enrolled"])
    return found


def _called(organisation: Organisation | None, text: str) -> set[str | None]:
    called: set[str | None] = {organisation.name, organisation.short_name, text} if organisation else {text}
    return called - {""}


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
