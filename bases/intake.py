"""How the rows of the register of bases meet the bases on file. A lead unit brings in its own only."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bases.enums import BaseState, KindBasis
from bases.models import Base, BaseKind
from bases.services.base import save_base
from wenxi_portal.accounts.models import User
from wenxi_portal.core import search_text
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.wording import word_list
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW
from wenxi_portal.spreadsheets.intake import OnFile, Row, Twin
from wenxi_portal.spreadsheets.readers import Book, CellError, day, plain, words_of

TEXTS = ("name", "place", "contact_office", "contact_phone", "source")
# “to be settled: A、B” and “X (inferred)”, as our own register writes them, in either language.
_TO_SETTLE = re.compile(r"(?:待核定|待定|to be settled)\s*(?:[:：]\s*(.*))?", re.IGNORECASE)
_INFERRED = re.compile(r"\s*[（(](?:推定|推断|inferred)[）)]$", re.IGNORECASE)
_BETWEEN = re.compile(r"[、,，;；]")
DAY = re.compile(r"\d{4}(?:-\d{2}){0,2}")
_read_day = day(partial=True)
_NAMED: dict[str, type[Model]] = {
    "kind": BaseKind,
    "candidates": BaseKind,
    "lead_unit": Organisation,
    "local_partner": Organisation,
    "universities": Organisation,
}


class BaseIntake:
    """By name and local partner, as the table's constraint has it; the state is moved by buttons, never by a sheet."""

    permissions = frozenset({"bases.add_base", "bases.change_base"})
    labels = {"candidates": gettext_lazy("possible kinds"), "lead_unit_inferred": gettext_lazy("lead unit is inferred")}

    def key(self, values: dict[str, Any]) -> tuple[Any, ...] | None:
        """Name and local partner."""
        return values["name"], values.get("local_partner")

    def check(self, rows: Sequence[Row], user: User) -> None:
        """Put numbers in the place of the names of kinds and organisations; refuse what is not on file."""
        names = _Names(rows, user)
        for row in rows:
            names.settle(row)

    def on_file(self, rows: Sequence[Row], user: User, *, lock: bool = False) -> list[OnFile | None]:
        """Return the base on file for each row; refuse those of other units."""
        wanted = {row.values["name"] for row in rows}
        same = [row.same_as for row in rows if row.same_as]
        bases = Base.objects.filter(Q(name__in=wanted) | Q(pk__in=same)).order_by("pk")
        if lock:
            bases = bases.select_for_update(of=("self",), no_key=True)
        found: dict[tuple[str, Any], Base] = {}
        by_name: dict[str, list[Base]] = {}
        for base in bases.prefetch_related("university_links", "candidate_kind_links"):
            found[base.name, base.local_partner_id] = base
            by_name.setdefault(base.name, []).append(base)
        numbers = {base.pk: base for base in found.values()}
        own = set(Base.objects.visible_to(user).filter(pk__in=numbers).values_list("pk", flat=True))
        return [self._one(row, numbers.get(row.same_as or 0), found, by_name, own) for row in rows]

    def twins(self, rows: Sequence[Row], user: User) -> list[Sequence[Twin]]:
        """Return bases whose name sounds the same, among those the person may see."""
        keys = {id(row): search_text.sort_key(row.values["name"])[:600] for row in rows}
        sounds: dict[str, list[Twin]] = {}
        visible = Base.objects.visible_to(user).filter(sort_key__in=set(keys.values()))
        for pk, name, key in visible.values_list("pk", "name", "sort_key"):
            sounds.setdefault(key, []).append(Twin(pk, name))
        return [sounds.get(keys[id(row)], ()) for row in rows]

    def write(self, *, new: Sequence[Row], changed: Sequence[tuple[Row, OnFile]], actor: User) -> None:
        """Enter and change bases through their service."""
        for row in new:
            _save(row, Base(lead_unit_inferred=False), None, actor)
        for row, present in changed:
            _save(row, present.record, present.revision, actor)

    def shown(self, column: str, value: Any) -> str:
        """Return kinds, organisations and truth values by their names."""
        if value in (None, "", []):
            return _("to be settled") if column == "kind" else ""
        named = _NAMED.get(column)
        if named:
            numbers = value if isinstance(value, list) else [value]
            return word_list(named._default_manager.filter(pk__in=numbers).values_list("name", flat=True))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return str(value)

    def _one(self, row: Row, same: Base | None, found: dict, by_name: dict, own: set[int]) -> OnFile | None:
        base = same or found.get((row.values["name"], row.values.get("local_partner")))
        if base is None and "local_partner" not in row.values:
            # A sheet without the partner speaks of the one base of this name, if there is but one.
            same = by_name.get(row.values["name"], [])
            base = same[0] if len(same) == 1 else None
        if base is None:
            _check_plaque(row, None)
            return None
        if base.pk not in own:
            row.refuse("name", _("It belongs to another unit. Ask the organization department."))
            return None
        _check_plaque(row, base)
        return OnFile(base.pk, base.revision, _values(base), base)


def _check_plaque(row: Row, base: Base | None) -> None:
    plaque = row.values.get("plaque", "")
    if plaque and (base is None or base.state == BaseState.PLANNED):
        row.refuse("plaque", _("A planned base has no plaque yet: unveil it to enter the date."))
    elif base is not None and plaque and not DAY.fullmatch(plaque) and plaque != base.plaque_note:
        row.refuse("plaque", _("Write the day as 2021-09-01."))


def read_kind(cell: Any, book: Book) -> dict[str, Any]:
    """Read a kind by its name or number, or “to be settled” with the kinds that are possible."""
    text = str(int(cell)) if isinstance(cell, float) else str(cell).strip()
    match = _TO_SETTLE.fullmatch(text)
    names = [name.strip() for name in _BETWEEN.split(match[1] or "") if name.strip()] if match else [text]
    if not match and not text:
        raise CellError(_("This is needed."))
    return {"names": names, "settled": not match}


def read_plaque(cell: Any, book: Book) -> str:
    """Read a day, a month or a year; other words are kept, since a note may be on file in the place of a date."""
    try:
        return _read_day(cell, book)
    except CellError:
        return plain(cell)[:120]


class _Names:
    """The kinds and organisations that a batch of rows names."""

    def __init__(self, rows: Sequence[Row], user: User) -> None:
        self.user = user
        self.everything = user.has_perm(SEE_EVERY_ROW)
        self.units = set(Organisation.objects.lead_units().visible_to(user).values_list("pk", flat=True))
        self.kinds: dict[str, int] = {}
        for kind in BaseKind.objects.all():
            self.kinds |= {kind.name: kind.pk, str(kind.number): kind.pk}
            self.kinds |= {word: kind.pk for _value, word in words_of([(None, kind.name_en)]) if word}
        named = {_bare(row.values.get("lead_unit", "")) for row in rows} | {
            row.values.get("local_partner", "") for row in rows
        }
        named |= {name for row in rows for name in row.values.get("universities", ())}
        own = Organisation.objects.visible_to(user).values("pk")
        readable = Organisation.objects.filter(Q(is_public=True) | Q(pk__in=own))
        self.organisations: dict[tuple[str, str], int] = {}
        self.any_kind: dict[str, list[int]] = {}
        for pk, kind, name, short in readable.filter(Q(name__in=named) | Q(short_name__in=named - {""})).values_list(
            "pk", "kind", "name", "short_name"
        ):
            for called in filter(None, {name, short}):
                self.organisations[kind, called] = pk
                self.any_kind.setdefault(called, []).append(pk)

    def settle(self, row: Row) -> None:
        """Replace the names in ``row``."""
        self._kind(row)
        self._lead_unit(row)
        self._partner(row)
        self._universities(row)

    def _kind(self, row: Row) -> None:
        told = row.values.pop("kind", None)
        if told is None:
            return
        missing = [name for name in told["names"] if name not in self.kinds]
        if missing:
            row.refuse("kind", _("Not one of the twelve kinds. Write its name as in the official list, or its number."))
            return
        found = [self.kinds[name] for name in told["names"]]
        row.values["kind"] = found[0] if told["settled"] else None
        if not told["settled"]:
            row.values["candidates"] = sorted(found)

    def _lead_unit(self, row: Row) -> None:
        told = row.values.pop("lead_unit", None)
        if told is None:
            if not self.everything:
                row.refuse("lead_unit", _("Name your own unit as the lead unit."))
            return
        found = self.organisations.get(("lead_unit", _bare(told)))
        if found is None:
            row.refuse("lead_unit", _("No lead unit of this name is on file."))
        elif found not in self.units:
            row.refuse("lead_unit", _("It belongs to another unit. Ask the organization department."))
        else:
            row.values["lead_unit"], row.values["lead_unit_inferred"] = found, bool(_INFERRED.search(told))

    def _partner(self, row: Row) -> None:
        told = row.values.pop("local_partner", None)
        if told is None:
            return
        found = self.any_kind.get(told, [])
        if len(found) == 1:
            row.values["local_partner"] = found[0]
        elif found:
            row.refuse("local_partner", _("Several organisations bear this name. Enter this base by hand."))
        else:
            row.refuse("local_partner", _("No organisation of this name is on file. Enter it first."))

    def _universities(self, row: Row) -> None:
        told = row.values.pop("universities", None)
        if told is None:
            return
        found = [self.organisations.get(("university", name)) for name in told]
        missing = [name for name, pk in zip(told, found, strict=True) if pk is None]
        if missing:
            row.refuse(
                "universities", _("No university of this name is on file: %(names)s.") % {"names": word_list(missing)}
            )
        else:
            row.values["universities"] = sorted(filter(None, found))


def _bare(name: str) -> str:
    return _INFERRED.sub("", name).strip()


def _values(base: Base) -> dict[str, Any]:
    """Return what is on file in the form in which rows are read."""
    candidates = sorted(link.kind_id for link in base.candidate_kind_links.all())
    plaque = base.plaque_on.isoformat() if base.plaque_on else str(base.plaque_year or base.plaque_note or "")
    return {name: getattr(base, name) for name in TEXTS} | {
        "kind": base.kind_id,
        "candidates": candidates,
        "lead_unit": base.lead_unit_id,
        "lead_unit_inferred": base.lead_unit_inferred,
        "local_partner": base.local_partner_id,
        "universities": sorted(link.university_id for link in base.university_links.all()),
        "plaque": plaque,
    }


def _save(row: Row, base: Base, revision: int | None, actor: User) -> None:
    values = row.values
    for name in TEXTS:
        if name in values:
            setattr(base, name, values[name])
    for name in ("lead_unit", "local_partner"):
        if name in values:
            setattr(base, f"{name}_id", values[name])
    base.lead_unit_inferred = values.get("lead_unit_inferred", base.lead_unit_inferred)
    if "kind" in values and values["kind"] != base.kind_id:
        base.kind_id = values["kind"]
        base.kind_basis = KindBasis.STATED
    if base.kind_id is None:
        base.kind_basis = KindBasis.AMBIGUOUS
    _set_plaque(base, values.get("plaque"))
    try:
        save_base(
            base=base,
            actor=actor,
            universities=_universities(base, values.get("universities")),
            candidate_kinds=_kinds(values.get("candidates")),
            expected_revision=revision,
        )
    except (ValidationError, DomainError) as refusal:
        told = " ".join(getattr(refusal, "messages", None) or [str(refusal)])
        raise DomainError(_("Row %(row)d: %(told)s") % {"row": row.number, "told": told}) from refusal


def _set_plaque(base: Base, told: str | None) -> None:
    if not told or not DAY.fullmatch(told):
        return
    year, month, day = (*told.split("-"), "", "")[:3]
    if day:
        base.plaque_on = date(int(year), int(month), int(day))
    elif base.plaque_on is None or base.plaque_on.year != int(year):
        base.plaque_on = None
    base.plaque_year = int(year)


def _universities(base: Base, wanted: Iterable[int] | None) -> dict[Organisation, str] | None:
    """Return the universities with the notes they have on file; None leaves them."""
    if wanted is None:
        return None
    notes = dict(base.university_links.values_list("university_id", "note")) if base.pk else {}
    return {university: notes.get(university.pk, "") for university in Organisation.objects.filter(pk__in=wanted)}


def _kinds(wanted: Iterable[int] | None) -> list[BaseKind] | None:
    return None if wanted is None else list(BaseKind.objects.filter(pk__in=wanted))
