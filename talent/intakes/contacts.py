"""How the rows of the sheet of contacts meet the contacts on file. What was said stays as it was written."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from talent.enums import ContactKind
from talent.intakes.naming import PERSON, Named, naming_row, who
from talent.models import Contact, Person
from talent.selectors.follow_up import officers
from talent.services.contact import log_contact
from wenxi_portal.accounts.models import User
from wenxi_portal.spreadsheets.intake import OnFile, Row, Twin

_OWNER = "_owner"


class ContactIntake:
    """A contact of that person, day and way with the same words is on file already; any other is entered."""

    permissions = frozenset({"talent.add_contact"})
    labels: Mapping[str, Any] = {}

    def key(self, values: dict[str, Any]) -> tuple[Any, ...] | None:
        """Person, day, way and words."""
        return *who(values), values["on"], values["kind"], values.get("summary")

    def check(self, rows: Sequence[Row], user: User) -> None:
        """Find people and officers; refuse a contact from which nothing follows and that does not say why."""
        named, owners = Named(rows, user), _owners(rows)
        for row in rows:
            named.settle(row)
            _check_step(row)
            if row.values["on"] > timezone.localdate().isoformat():
                row.refuse("on", _("The day lies in the future."))
            if "next_step" in row.values:
                _settle_owner(row, owners, user)

    def on_file(self, rows: Sequence[Row], user: User, *, lock: bool = False) -> list[OnFile | None]:
        """Return the contact on file for each row."""
        people = {row.values[PERSON] for row in rows}
        found = {_said(contact): contact for contact in Contact.objects.filter(person__in=people)}
        told = [found.get(_told(row)) for row in rows]
        return [OnFile(contact.pk, contact.revision, {}, contact) if contact else None for contact in told]

    def twins(self, rows: Sequence[Row], user: User) -> list[Sequence[Twin]]:
        """None: two calls on one day are two."""
        return [()] * len(rows)

    def write(self, *, new: Sequence[Row], changed: Sequence[tuple[Row, OnFile]], actor: User) -> None:
        """Enter contacts through their service."""
        people = Person.objects.in_bulk({row.values[PERSON] for row in new})
        owners = User.objects.in_bulk({row.values[_OWNER] for row in new if _OWNER in row.values})
        for row in new:
            with naming_row(row):
                _log(row.values, people[row.values[PERSON]], owners, actor)

    def shown(self, column: str, value: Any) -> str:
        """Return the way of contact in words."""
        return str(ContactKind(value).label) if column == "kind" and value else str(value or "")


def _check_step(row: Row) -> None:
    if ("next_step" in row.values) == ("no_step_reason" in row.values):
        row.refuse("next_step", _("Give the next step with a day and an owner, or say why there is none."))
    elif "next_step" in row.values and "next_due" not in row.values:
        row.refuse("next_due", _("Give the day on which the next step is due."))


def _owners(rows: Sequence[Row]) -> dict[str, list[int]]:
    named = {row.values["next_owner"] for row in rows if "next_owner" in row.values}
    found: dict[str, list[int]] = defaultdict(list)
    for pk, name in officers().filter(name__in=named).values_list("pk", "name"):
        found[name].append(pk)
    return found


def _settle_owner(row: Row, owners: dict[str, list[int]], user: User) -> None:
    if "next_owner" not in row.values:
        row.values[_OWNER] = user.pk
    elif len(found := owners.get(row.values["next_owner"], [])) == 1:
        row.values[_OWNER] = found[0]
    else:
        row.refuse("next_owner", _("No officer, or more than one, bears this name: choose who takes the next step."))


def _told(row: Row) -> tuple[Any, ...]:
    values = row.values
    return values[PERSON], values["on"], values["kind"], values.get("summary", "")


def _said(contact: Contact) -> tuple[Any, ...]:
    return contact.person_id, contact.on.isoformat(), contact.kind, contact.summary


def _log(values: dict[str, Any], person: Person, owners: dict[int, User], actor: User) -> None:
    step: dict[str, Any] = {"no_step_reason": values.get("no_step_reason", "")}
    if "next_step" in values:
        due = date.fromisoformat(values["next_due"])
        step = {"next_step": values["next_step"], "next_due": due, "next_owner": owners[values[_OWNER]]}
    log_contact(
        person=person,
        kind=ContactKind(values["kind"]),
        actor=actor,
        step=step,
        on=date.fromisoformat(values["on"]),
        summary=values.get("summary", ""),
    )
