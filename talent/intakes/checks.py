"""What no single cell of a person's row shows: whether number, kind, birth and sex agree, and who is meant at all."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talent.documents import check_birth_date, permit_kind, read_document
from talent.enums import DocumentKind, Sex
from talent.intakes.readers import is_masked
from talent.querysets import id_index, mobile_index
from wenxi_portal.spreadsheets.intake import Row

# Kept beside the values of a row: fingerprints of the numbers, masked numbers, the university on file.
ID_INDEX, MOBILE_INDEX, MASKED, UNIVERSITY = "_id_index", "_mobile_index", "_masked", "_university"
NUMBERS = ("id_number", "mobile")
_OTHER_BIRTH = gettext_lazy("It is not the date of birth in the ID number.")
_OTHER_SEX = gettext_lazy("It is not the sex in the ID number.")
# A year, or a year with a month.
_PARTIAL = (len("1999"), len("1999-03"))
# One of these beside the name, and a person can be told from others of that name.
EVIDENCE = ("id_number", "birth_date", "mobile", "university", MASKED)


def set_masked_aside(values: dict[str, Any]) -> None:
    """Move masked numbers out of the columns: they name nobody, but tell which record on file is meant."""
    masked = {name: values.pop(name) for name in NUMBERS if is_masked(values.get(name, ""))}
    if masked:
        values[MASKED] = masked


def read_numbers(row: Row) -> None:
    """Check the document against its kind, birth and sex, and keep the fingerprints of the numbers."""
    values = row.values
    set_masked_aside(values)
    if "mobile" in values:
        values[MOBILE_INDEX] = mobile_index(values["mobile"])
    if "id_number" in values:
        _read_document(row)
        _whole_birth(row)
    else:
        values.pop("document_kind", None)
        _whole_birth(row)
        _check_birth(row)


def check_person(row: Row) -> None:
    """Refuse a person who cannot be told from others, and parts of a study or a work without its place."""
    values = row.values
    if not any(name in values for name in EVIDENCE):
        row.refuse(
            "name", _("A name alone tells nobody apart: give the ID number, or date of birth, mobile or university.")
        )
    if "university" not in values and any(name in values for name in ("level", "major", "enrolled")):
        row.refuse("university", _("Name the university."))
    if "employer" not in values and any(name in values for name in ("post", "city")):
        row.refuse("employer", _("Name the employer."))


def _read_document(row: Row) -> None:
    values = row.values
    number = values["id_number"]
    kind = values.setdefault("document_kind", (permit_kind(number) or DocumentKind.RESIDENT_ID).value)
    try:
        document = read_document(kind, number, typed=False)
    except ValidationError as error:
        row.refuse("id_number", " ".join(error.messages))
        return
    values.pop("no_id_reason", None)
    values["id_number"], values[ID_INDEX] = document.number, id_index(document.number)
    if document.birth_date:
        born = document.birth_date.isoformat()
        if born.startswith(values.get("birth_date", born)):
            values["birth_date"] = born
        _agree(row, "birth_date", born, _OTHER_BIRTH)
    if document.sex != Sex.UNKNOWN:
        _agree(row, "sex", document.sex.value, _OTHER_SEX)


def _agree(row: Row, name: str, value: str, message: object) -> None:
    if row.values.setdefault(name, value) != value:
        row.refuse(name, message)


def _whole_birth(row: Row) -> None:
    """Refuse a birth without its day that no document completes."""
    if len(row.values.get("birth_date", "")) in _PARTIAL:
        del row.values["birth_date"]
        row.refuse("birth_date", _("Year, month and day are needed here: write 2021-09-01."))


def _check_birth(row: Row) -> None:
    if "birth_date" in row.values:
        try:
            check_birth_date(date.fromisoformat(row.values["birth_date"]))
        except ValidationError as error:
            row.refuse("birth_date", error.messages[0])


def has_document(values: Mapping[str, Any]) -> bool:
    """Tell whether the row names a document."""
    return ID_INDEX in values
