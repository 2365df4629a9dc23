"""How the rows of a sheet of nominations meet the nominations on file."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from internships.enums import NominationState
from internships.models import Nomination, Position
from internships.querysets import nomination_index
from internships.services.nomination import nominate
from talent.enums import StudyLevel
from talent.intakes.readers import is_masked
from wenxi_portal.accounts.models import User
from wenxi_portal.core.masking import mask_email, mask_mobile
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW, own_organisations
from wenxi_portal.spreadsheets import readers
from wenxi_portal.spreadsheets.intake import OnFile, Row, Twin

# Which nomination on file a row of our own export speaks of, kept beside its values.
ON_FILE = "_nomination"
_MASKED_EMAIL = re.compile(r"[^@]?\*{3}@[^@*]+")
_read_email = readers.field_text(Nomination, "email")
FIELDS = ("name", "mobile", "email", "level", "major", "note")


def email_address(cell: Any, book: readers.Book) -> str:
    """Read an e-mail address; one that our own lists have masked is kept as it stands: it tells which row is meant."""
    value = readers.plain(cell)
    return value if _is_masked_email(value) else _read_email(cell, book)


class NominationIntake:
    """A student is known by mobile number or e-mail address; nominated twice for a position is nominated once."""

    permissions = frozenset({"internships.add_nomination"})
    labels: Mapping[str, Any] = {}

    def key(self, values: dict[str, Any]) -> tuple[Any, ...] | None:
        """Position and way of contact; the nomination itself where the row comes from our own list."""
        if ON_FILE in values:
            return (values[ON_FILE],)
        contact = _contact(values)
        return (values["position"], contact) if contact else None

    def check(self, rows: Sequence[Row], user: User) -> None:
        """Refuse positions that are not open, students nobody can reach, and universities of others."""
        wanted = {row.values["position"] for row in rows}
        known = set(Position.objects.filter(pk__in=wanted).values_list("pk", flat=True))
        is_open = set(Position.objects.open().filter(pk__in=wanted).values_list("pk", flat=True))
        own = _universities(user)
        _recognise(rows, user)
        for row in rows:
            if ON_FILE in row.values:
                continue
            number = row.values["position"]
            if number not in known:
                row.refuse("position", _("There is no position of this number."))
            elif number not in is_open:
                row.refuse("position", _("Nobody can apply for this position any more."))
            if not _contact(row.values):
                row.refuse("mobile", _("Give a mobile number or an e-mail address."))
            self._name_university(row, own)

    def on_file(self, rows: Sequence[Row], user: User, *, lock: bool = False) -> list[OnFile | None]:
        """Return the nomination of the same student for the same position that waits or is confirmed.

        It counts as unchanged: what was sent to a student is not rewritten by a sheet.
        """
        keys = [nomination_index(_contact(row.values)) for row in rows]
        held = Nomination.objects.filter(
            contact_index__in=keys, state__in=[NominationState.WAITING, NominationState.CONFIRMED]
        )
        if lock:
            held = held.order_by("pk").select_for_update(of=("self",), no_key=True)
        found = {(one.position_id, one.contact_index): one.pk for one in held}
        present = [
            row.values.get(ON_FILE) or found.get((row.values["position"], key))
            for row, key in zip(rows, keys, strict=True)
        ]
        return [OnFile(pk, 0, dict(row.values)) if pk else None for pk, row in zip(present, rows, strict=True)]

    def twins(self, rows: Sequence[Row], user: User) -> list[Sequence[Twin]]:
        """None: the way of contact tells."""
        return [() for _row in rows]

    def write(self, *, new: Sequence[Row], changed: Sequence[tuple[Row, OnFile]], actor: User) -> None:
        """Nominate through the service, which tells each student."""
        own = _universities(actor)
        for row in new:
            values = {name: row.values[name] for name in FIELDS if name in row.values}
            university = own[row.values["university"]]
            nominate(
                nomination=Nomination(university=university, position_id=row.values["position"], **values), actor=actor
            )

    def shown(self, column: str, value: Any) -> str:
        """Return levels in words."""
        return str(StudyLevel(value).label) if column == "level" and value else str(value or "")

    def _name_university(self, row: Row, own: dict[str, Organisation]) -> None:
        name = row.values.get("university")
        if name and name not in own:
            row.refuse("university", _("You do not act for this university."))
        elif not name and len(own) == 1:
            row.values["university"] = next(iter(own))
        elif not name:
            row.refuse("university", _("Name the university."))


def _contact(values: dict[str, Any]) -> str:
    """Return the way of contact as it was typed; empty where our own lists have masked it."""
    mobile, email = str(values.get("mobile") or ""), str(values.get("email") or "").lower()
    return ("" if is_masked(mobile) else mobile) or ("" if _is_masked_email(email) else email)


def _is_masked_email(text: str) -> bool:
    return bool(_MASKED_EMAIL.fullmatch(text))


def _recognise(rows: Sequence[Row], user: User) -> None:
    """Keep beside each row of our own export which nomination it is: same position, name and masked contact."""
    masked = [row for row in rows if not _contact(row.values)]
    wanted = {row.values["position"] for row in masked}
    known: dict[tuple[Any, ...], list[int]] = {}
    for one in Nomination.objects.visible_to(user).filter(position__in=wanted):
        known.setdefault((one.position_id, one.name, *_masks(one.mobile, one.email)), []).append(one.pk)
    for row in masked:
        values = row.values
        contact = str(values.get("mobile") or ""), str(values.get("email") or "")
        found = known.get((values["position"], values.get("name"), *contact)) if any(contact) else None
        if found:
            # A student may be nominated anew after a refusal: the lines of the sheet stand for them one by one.
            values[ON_FILE] = found.pop(0)


def _masks(mobile: str, email: str) -> tuple[str, str]:
    return (mask_mobile(mobile) if mobile else "", mask_email(email) if email else "")


def _universities(user: User) -> dict[str, Organisation]:
    """Return the universities ``user`` may nominate for, by name."""
    rows = Organisation.objects.universities()
    if not user.has_perm(SEE_EVERY_ROW):
        rows = rows.filter(pk__in=own_organisations(user))
    return {university.name: university for university in rows}
