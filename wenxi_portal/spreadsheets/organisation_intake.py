"""How the rows of the register of organisations meet the organisations on file."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from wenxi_portal.accounts.models import User
from wenxi_portal.core import search_text
from wenxi_portal.organisations.enums import HostKind, OrganisationKind
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW
from wenxi_portal.organisations.services.organisation_batch import refusals, save_organisations
from wenxi_portal.spreadsheets.intake import OnFile, Row, Twin

FIELDS = (
    "name", "kind", "host_kind", "school_code", "credit_code", "province", "city", "address", "double_first_class",
    "is_public", "name_note",
)  # fmt: skip
_READ = ("pk", "revision", *FIELDS)
# Kept beside the values, so that the pinyin of a name is worked out once.
SORT_KEY = "_sort_key"
_WORDS: dict[str, Any] = {"kind": OrganisationKind, "host_kind": HostKind}


class OrganisationIntake:
    """By credit code or school code first, then by kind and name; the same pinyin may be the same organisation."""

    permissions = frozenset({"organisations.add_organisation", "organisations.change_organisation", SEE_EVERY_ROW})
    labels: Mapping[str, Any] = {}

    def key(self, values: dict[str, Any]) -> tuple[Any, ...] | None:
        """Kind and name: two rows of one file that share them speak of one organisation."""
        return values["kind"], values["name"]

    def check(self, rows: Sequence[Row], user: User) -> None:
        """Refuse facts of universities and hosts in rows of others."""
        for row in rows:
            for field, message in refusals(row.values):
                row.refuse(field, message)

    def on_file(self, rows: Sequence[Row], user: User, *, lock: bool = False) -> list[OnFile | None]:
        """Return the organisation on file for each row."""
        found = _Found(rows, lock=lock)
        return [found.of(row) for row in rows]

    def twins(self, rows: Sequence[Row], user: User) -> list[Sequence[Twin]]:
        """Return organisations whose name sounds the same, or whose short name it is."""
        for row in rows:
            row.values[SORT_KEY] = search_text.sort_key(row.values["name"])[:600]
        sounds: dict[str, list[Twin]] = defaultdict(list)
        keys = {row.values[SORT_KEY] for row in rows}
        for pk, name, sort_key in Organisation.objects.filter(sort_key__in=keys).values_list("pk", "name", "sort_key"):
            sounds[sort_key].append(Twin(pk, name))
        return [sounds.get(row.values[SORT_KEY], ()) for row in rows]

    def write(self, *, new: Sequence[Row], changed: Sequence[tuple[Row, OnFile]], actor: User) -> None:
        """Enter and change organisations through their service."""
        entered = [
            Organisation(
                sort_key=row.values.get(SORT_KEY, ""),
                **{name: value for name, value in row.values.items() if name in FIELDS},
            )
            for row in new
        ]
        records = Organisation.objects.in_bulk([present.pk for _row, present in changed])
        for row, present in changed:
            for name in FIELDS:
                if name in row.values:
                    setattr(records[present.pk], name, row.values[name])
        save_organisations(new=entered, changed=list(records.values()), fields=FIELDS)

    def shown(self, column: str, value: Any) -> str:
        """Return kinds and truth values in words."""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        words = _WORDS.get(column)
        return str(words(value).label) if words and value else str(value or "")


class _Found:
    """The organisations that a batch of rows may speak of, by code and by name."""

    def __init__(self, rows: Sequence[Row], *, lock: bool) -> None:
        self.names: dict[tuple[str, str], OnFile] = {}
        self.codes: dict[tuple[str, str], OnFile] = {}
        self.numbers: dict[int, OnFile] = {}
        wanted: dict[str, set[str]] = defaultdict(set)
        codes: dict[str, set[str]] = {"credit_code": set(), "school_code": set()}
        for row in rows:
            wanted[row.values["kind"]].add(row.values["name"])
            for name, values in codes.items():
                if name in row.values:
                    values.add(row.values[name])
        if same := [row.same_as for row in rows if row.same_as]:
            self._take(lock, pk__in=same)
        for kind, names in wanted.items():
            self._take(lock, kind=kind, name__in=names)
        for name, values in codes.items():
            if values:
                self._take(lock, **{f"{name}__in": values})

    def of(self, row: Row) -> OnFile | None:
        """Return the organisation of ``row``; codes go before names. Refuses what speaks of two."""
        if row.same_as:
            return self.numbers.get(row.same_as)
        named = self.names.get((row.values["kind"], row.values["name"]))
        coded = [self.codes.get((name, row.values[name])) for name in ("credit_code", "school_code")
                 if name in row.values]  # fmt: skip
        found = [one for one in (*coded, named) if one]
        if len({one.pk for one in found}) > 1:
            row.refuse("name", _("The name belongs to one organisation on file, the code to another."))
        return found[0] if found else None

    def _take(self, lock: bool, **wanted: Any) -> None:
        rows = Organisation.objects.filter(**wanted).order_by("pk")
        if lock:
            rows = rows.select_for_update(no_key=True)
        for line in rows.values_list(*_READ):
            values = dict(zip(FIELDS, line[2:], strict=True))
            one = self.numbers[line[0]] = OnFile(line[0], line[1], values)
            self.names[values["kind"], values["name"]] = one
            for name in ("credit_code", "school_code"):
                if values[name]:
                    self.codes[name, values[name]] = one
