"""Whom the rows of studies and contacts are about: the document, or mobile and name together."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from talent.documents import permit_kind, read_document
from talent.enums import DocumentKind
from talent.intakes.checks import MASKED, set_masked_aside
from talent.intakes.finding import by_document, fits_mask, is_called
from talent.models import Person
from talent.querysets import id_index, mobile_index
from talent.selectors.look_alikes import of_that_name
from wenxi_portal.accounts.models import User
from wenxi_portal.core.errors import DomainError
from wenxi_portal.spreadsheets.intake import Row

# Where the number of the person is kept beside the values of a row.
PERSON = "_person"


class Named:
    """The people whom a batch of rows names. Absent and foreign people look alike."""

    def __init__(self, rows: Sequence[Row], user: User) -> None:
        for row in rows:
            set_masked_aside(row.values)
        told = [row.values["id_number"] for row in rows if "id_number" in row.values]
        self.by_document = by_document([id_index(number) for number in told])
        others = [row for row in rows if "id_number" not in row.values]
        found = of_that_name([row.values["name"] for row in others])
        self.by_name = {id(others[place]): pks for place, pks in found.items()}
        wanted = {*self.by_document.values(), *(pk for pks in found.values() for pk in pks)}
        visible = Person.objects.visible_to(user).active().filter(pk__in=wanted)
        self.people: dict[int, Person] = visible.in_bulk() if wanted else {}

    def settle(self, row: Row) -> None:
        """Keep the number of the person whom ``row`` names; refuse a row that names nobody or several people."""
        if "id_number" in row.values:
            self._by_document(row)
        elif "mobile" in row.values or MASKED in row.values:
            self._by_name(row)
        else:
            row.refuse("id_number", _("Give the ID number, or mobile and name together."))

    def _by_document(self, row: Row) -> None:
        number = row.values["id_number"]
        person = self.people.get(self.by_document.get(id_index(number), 0))
        if person is None:
            row.refuse("id_number", _broken(number) or _("Nobody with this number is among your people."))
        elif not is_called(person, row.values["name"]):
            row.refuse("name", _("This ID number is on file under another name."))
        else:
            row.values[PERSON] = person.pk

    def _by_name(self, row: Row) -> None:
        people = [self.people[pk] for pk in self.by_name.get(id(row), ()) if pk in self.people]
        if "mobile" in row.values:
            index = mobile_index(row.values["mobile"])
            people = [person for person in people if person.mobile_index == index]
        people = [person for person in people if fits_mask(person, row.values)]
        if len(people) == 1:
            row.values[PERSON] = people[0].pk
        elif people:
            row.refuse("name", _("Several people bear this name and number: give the ID number."))
        else:
            row.refuse("name", _("Nobody with this name and number is among your people."))


@contextmanager
def naming_row(row: Row) -> Iterator[None]:
    """Let a refusal of a service say which row it is about."""
    try:
        yield
    except (ValidationError, DomainError) as refusal:
        told = " ".join(getattr(refusal, "messages", None) or [str(refusal)])
        raise DomainError(_("Row %(row)d: %(told)s") % {"row": row.number, "told": told}) from refusal


def who(values: dict[str, Any]) -> tuple[Any, ...]:
    """Return what names the person of a row, before it is looked up."""
    number = values.get("id_number")
    return (number,) if number and "*" not in number else (values.get("name"), number, values.get("mobile"))


def _broken(number: str) -> str:
    """Return what is wrong with a number that nobody carries; a passport's cannot be told."""
    if not number[:1].isdigit():
        return ""
    try:
        read_document(permit_kind(number) or DocumentKind.RESIDENT_ID, number, typed=False)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
