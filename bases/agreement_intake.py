"""How the rows of the register of agreements meet the agreements on file. A lead unit brings in its own only."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bases.agreement_names import AgreementNames
from bases.enums import AgreementKind, AgreementState, PartySide
from bases.intake import DAY
from bases.models import Agreement, Base
from bases.services.agreement import SUBSTANCE, Party, save_agreement, sign_agreement
from wenxi_portal.accounts.models import User
from wenxi_portal.core import search_text
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.wording import word_list
from wenxi_portal.organisations.enums import OrganisationKind
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.spreadsheets.intake import OnFile, Row, Twin

PLAIN = ("title", "kind", "papers", "source")
DAYS = ("valid_from", "valid_until")
DAY_LENGTH, MONTH_LENGTH = len("2021-09-01"), len("2021-09")
_SIDES = {
    OrganisationKind.UNIVERSITY: PartySide.UNIVERSITY,
    OrganisationKind.LEAD_UNIT: PartySide.COUNTY,
    OrganisationKind.HOST: PartySide.ENTERPRISE,
}


class AgreementIntake:
    """By title and day of signing, as the table's constraint has it.

    A new row with a day (or year, or note) of signing is entered and signed, one without is an intent. What a signed
    paper says is completed by a sheet, never corrected: that needs a reason. Its end is moved by buttons.
    """

    permissions = frozenset({"bases.add_agreement", "bases.change_agreement", "bases.move_agreement"})
    labels: Mapping[str, Any] = {"signed": gettext_lazy("signed on")}

    def key(self, values: dict[str, Any]) -> tuple[Any, ...] | None:
        """Title and day of signing."""
        return values["title"], values.get("signed", "")

    def check(self, rows: Sequence[Row], user: User) -> None:
        """Put numbers in the place of the names of units and bases; refuse days that contradict each other."""
        names = AgreementNames(rows, user)
        for row in rows:
            names.settle(row)
            _check_days(row)

    def on_file(self, rows: Sequence[Row], user: User, *, lock: bool = False) -> list[OnFile | None]:
        """Return the agreement on file for each row; refuse those of other units."""
        titles = {row.values["title"] for row in rows}
        same = [row.same_as for row in rows if row.same_as]
        found = Agreement.objects.filter(Q(title__in=titles) | Q(pk__in=same)).order_by("pk")
        if lock:
            found = found.select_for_update(of=("self",), no_key=True)
        agreements = list(found.prefetch_related("parties", "base_links"))
        own = Agreement.objects.visible_to(user).filter(pk__in=[one.pk for one in agreements])
        numbers = set(own.values_list("pk", flat=True))
        return [_on_file(row, agreements, numbers) for row in rows]

    def twins(self, rows: Sequence[Row], user: User) -> list[Sequence[Twin]]:
        """Return agreements of the same year whose title sounds the same, among those the person may see."""
        visible = Agreement.objects.visible_to(user).values_list("pk", "title", "signed_year")
        sounds: dict[tuple[str, str], list[Twin]] = {}
        for pk, title, year in visible:
            sounds.setdefault((search_text.sort_key(title), str(year or "")), []).append(Twin(pk, title))
        return [
            sounds.get((search_text.sort_key(row.values["title"]), row.values.get("signed", "")[:4]), ())
            for row in rows
        ]

    def write(self, *, new: Sequence[Row], changed: Sequence[tuple[Row, OnFile]], actor: User) -> None:
        """Enter, sign and complete agreements through their services."""
        for row in new:
            with _telling(row):
                _sign(_save(row, Agreement(), None, actor), row.values.get("signed", ""), actor)
        for row, present in changed:
            with _telling(row):
                _save(row, present.record, present.revision, actor)

    def shown(self, column: str, value: Any) -> str:
        """Return kinds, units and bases by their names."""
        if value in (None, "", []):
            return ""
        if column == "kind":
            return str(AgreementKind(value).label)
        if column in {"lead_unit", "bases"}:
            model = Organisation if column == "lead_unit" else Base
            numbers = value if isinstance(value, list) else [value]
            return word_list(model._default_manager.filter(pk__in=numbers).values_list("name", flat=True))
        return word_list(value) if isinstance(value, list) else str(value)


def signed_of(agreement: Agreement) -> str:
    """Return the day of signing as rows are read: a day, a year, or the note why neither is known."""
    if agreement.signed_on:
        return agreement.signed_on.isoformat()
    return str(agreement.signed_year or agreement.date_note or "")


def _check_days(row: Row) -> None:
    told = row.values
    signed, first, last = (told.get(name, "") for name in ("signed", *DAYS))
    if DAY.fullmatch(signed) and signed > timezone.localdate().isoformat()[: len(signed)]:
        row.refuse("signed", _("The day lies in the future."))
    if last and last < first:
        row.refuse("valid_until", _("An agreement cannot end before it begins."))
    if last and DAY.fullmatch(signed) and last[: len(signed)] < signed:
        row.refuse("valid_until", _("An agreement cannot end before it was signed."))


def _on_file(row: Row, agreements: Sequence[Agreement], own: set[int]) -> OnFile | None:
    agreement = _meant(row, agreements)
    if agreement is None:
        if row.values.get("signed") and row.values.get("papers", 1) == 1 and len(row.values.get("parties", ())) < 2:
            row.refuse("parties", _("A paper is signed by two parties at least. Enter them first."))
        return None
    if agreement.pk not in own:
        row.refuse("title", _("It belongs to another unit. Ask the organization department."))
        return None
    values = _values(agreement)
    _check_paper(row, agreement, values)
    return OnFile(agreement.pk, agreement.revision, values, agreement)


def _meant(row: Row, agreements: Sequence[Agreement]) -> Agreement | None:
    """Return the agreement that the row speaks of: of this title, with a day of signing that goes with the row's."""
    if row.same_as:
        return next((one for one in agreements if one.pk == row.same_as), None)
    titled = [one for one in agreements if one.title == row.values["title"]]
    told = row.values.get("signed", "")
    found = [one for one in titled if signed_of(one) == told] or [one for one in titled if _goes_with(one, told)]
    if len(found) > 1:
        row.refuse("title", _("Several agreements bear this title: give the day of signing."))
    return found[0] if found else None


def _goes_with(agreement: Agreement, told: str) -> bool:
    if not told or agreement.state == AgreementState.INTENT or not agreement.signed_year:
        return True
    return signed_of(agreement).startswith(told) or told.startswith(signed_of(agreement))


def _check_paper(row: Row, agreement: Agreement, values: Mapping[str, Any]) -> None:
    """Refuse what a sheet does not change: the day of an intent, and what a signed paper says."""
    told = row.values
    if agreement.state == AgreementState.INTENT:
        if told.get("signed"):
            row.refuse("signed", _("An intent has no date of signing: sign it to enter the date."))
        return
    if not DAY.fullmatch(told.get("signed", "2021")) and told["signed"] != values["signed"]:
        row.refuse("signed", _("Write the day as 2021-09-01."))
    if told.get("signed") and values["signed"].startswith(told["signed"]):
        # The year alone takes nothing away from the day on file.
        told["signed"] = values["signed"]
    for name in (*PLAIN[:3], *DAYS):
        if name in SUBSTANCE and name in told and values[name] not in (None, "", told[name]):
            row.refuse(name, _("This paper is signed: correct it in its form, with the reason."))
    if "parties" in told and not set(values["parties"]) <= set(told["parties"]):
        row.refuse("parties", _("This paper is signed: correct it in its form, with the reason."))


def _values(agreement: Agreement) -> dict[str, Any]:
    """Return what is on file in the form in which rows are read."""
    days = {name: getattr(agreement, name) for name in DAYS}
    return {name: getattr(agreement, name) for name in PLAIN} | {
        **{name: day.isoformat() if day else "" for name, day in days.items()},
        "signed": signed_of(agreement),
        "lead_unit": agreement.lead_unit_id,
        "parties": sorted(party.name for party in agreement.parties.all()),
        "bases": sorted(link.base_id for link in agreement.base_links.all()),
    }


def _save(row: Row, agreement: Agreement, revision: int | None, actor: User) -> Agreement:
    told = row.values
    for name in PLAIN:
        if name in told:
            setattr(agreement, name, told[name])
    for name in DAYS:
        if name in told:
            setattr(agreement, name, date.fromisoformat(told[name]))
    if "lead_unit" in told:
        agreement.lead_unit_id = told["lead_unit"]
    signed = told.get("signed", "")
    if agreement.pk and agreement.state != AgreementState.INTENT and DAY.fullmatch(signed):
        agreement.signed_year = int(signed[:4])
        agreement.signed_on = date.fromisoformat(signed) if len(signed) == DAY_LENGTH else agreement.signed_on
    return save_agreement(
        agreement=agreement,
        actor=actor,
        parties=_parties(agreement, told["parties"]) if "parties" in told else None,
        bases=Base.objects.filter(pk__in=told["bases"]) if "bases" in told else None,
        expected_revision=revision,
    )


def _sign(agreement: Agreement, signed: str, actor: User) -> None:
    """Sign what comes in signed. Of a month the year counts, and the month stays as a note."""
    if not signed:
        return
    is_day = bool(DAY.fullmatch(signed))
    sign_agreement(
        agreement=agreement,
        actor=actor,
        reason=_("Entered from a sheet"),
        signed_on=date.fromisoformat(signed) if is_day and len(signed) == DAY_LENGTH else None,
        signed_year=int(signed[:4]) if is_day else None,
        date_note="" if is_day and len(signed) != MONTH_LENGTH else signed,
    )


def _parties(agreement: Agreement, names: Iterable[str]) -> list[Party]:
    """Return the parties named; whoever is one already keeps the side, others get it from what they are on file."""
    present = {party.name: party for party in agreement.parties.all()} if agreement.pk else {}
    on_file = {one.name: one for one in Organisation.objects.filter(name__in=names).order_by("-pk")}
    parties = []
    for name in names:
        party, organisation = present.get(name), on_file.get(name)
        if party:
            parties.append(Party(name, PartySide(party.side), party.organisation))
        else:
            side = _SIDES.get(OrganisationKind(organisation.kind)) if organisation else None
            parties.append(Party(name, side or PartySide.OTHER, organisation))
    return parties


@contextmanager
def _telling(row: Row) -> Iterator[None]:
    """Say of which row of the file a refusal speaks."""
    try:
        yield
    except (ValidationError, DomainError) as refusal:
        told = " ".join(getattr(refusal, "messages", None) or [str(refusal)])
        raise DomainError(_("Row %(row)d: %(told)s") % {"row": row.number, "told": told}) from refusal
