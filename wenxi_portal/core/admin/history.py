"""The history of a record in words, read from the rows that the database's triggers left."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

NOISE = frozenset({"revision", "created_at", "updated_at", "indexed_at", "is_demo"})
# The field by which a row is named, the first that it has: its own name, or the record that a part points at.
NAMES = ("name", "label", "university", "user", "title", "kind", "base", "organisation")
NOTHING = "—"
# The newest events that are read of each table; older ones stay in the database.
MOST_EVENTS = 400
# A reason is written in the transaction that wrote the change, after it began.
LONGEST_TRANSACTION = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a change: its label, what it held and what it holds."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why somebody corrected a record, and when that was written down."""

    at: datetime
    text: str


@dataclass(slots=True)
class Change:
    """What one person did at one moment to one row: made it, changed it or removed it; and why, where it was asked."""

    at: datetime
    who: str
    what: str
    row: str
    fields: list[FieldChange] = field(default_factory=list)
    reason: str = ""


def is_tracked(model: type[models.Model]) -> bool:
    """Tell whether the database keeps the history of ``model``."""
    return any(relation.name == "events" for relation in model._meta.related_objects)


def history_of(
    record: models.Model, parts: Iterable[type[models.Model]] = (), reasons: Iterable[Reason] = ()
) -> list[Change]:
    """Return the changes of ``record`` and of its ``parts`` (models that point at it), newest first.

    A change of state bears the reason of its ``StateChange``; ``reasons`` are those of other changes.
    """
    tables = [(type(record), _events(type(record), {"pgh_obj_id": record.pk}))]
    for part in parts:
        link = next(each for each in part._meta.fields if each.remote_field and each.related_model is type(record))
        tables.append((part, _events(part, {link.attname: record.pk})))
    words = Words(event for _model, found in tables for event in found)
    why = Reasons(record, reasons, {event.pgh_created_at for _model, found in tables for event in found})
    changes = [change for model, found in tables for change in _changes(model, found, words, why)]
    # What one transaction wrote bears one time: among equals the order of writing decides.
    return sorted(changes, key=lambda change: change.at)[::-1]


class Words:
    """Turns what an event holds into words; names of people and of other records are read once each."""

    def __init__(self, events: Iterable[Any]) -> None:
        keys = {_user_key(event) for event in events} - {None}
        self._people = {user.pk: str(user) for user in get_user_model()._default_manager.filter(pk__in=keys)}
        self._records: dict[tuple[type[models.Model], Any], str] = {}

    def person(self, event: Any) -> str:
        """Name who left the event."""
        return self._people.get(_user_key(event) or 0) or pgettext("who did it", "the portal")

    def value(self, each: Any, event: Any) -> str:
        """Name what the field ``each`` holds in ``event``."""
        value = getattr(event, each.attname)
        if value is None or value == "":
            return NOTHING
        if each.remote_field:
            return self._record(each.related_model, value)
        if each.choices:
            return str(dict(each.flatchoices).get(value, value))
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, datetime):
            return date_format(timezone.localtime(value), "DATETIME_FORMAT")
        return date_format(value, "DATE_FORMAT") if isinstance(value, date) else str(value)

    def row(self, model: type[models.Model], event: Any) -> str:
        """Name the row: its kind and its name or, of a part, what it points at."""
        fields = {each.name: each for each in model._meta.concrete_fields if hasattr(event, each.attname)}
        shown = [self.value(fields[name], event) for name in NAMES if name in fields][:1]
        return " ".join([str(model._meta.verbose_name), *shown])

    def _record(self, model: type[models.Model], key: Any) -> str:
        if (model, key) not in self._records:
            self._records[model, key] = str(model._default_manager.filter(pk=key).first() or key)
        return self._records[model, key]


class Reasons:
    """Finds why a row was changed: by the states it moved between, or by the transaction that wrote it down."""

    def __init__(self, record: models.Model, reasons: Iterable[Reason], moments: set[datetime]) -> None:
        moves = getattr(record, "state_changes", None)
        self._model = type(record)
        self._moves = list(moves.order_by("at", "pk")) if moves is not None else []
        self._texts: dict[datetime, str] = {}
        for each in reasons:
            begun = [at for at in moments if at <= each.at < at + LONGEST_TRANSACTION]
            if begun:
                self._texts[max(begun)] = each.text

    def of(self, model: type[models.Model], old: Any, new: Any) -> str:
        """Return why ``new`` followed ``old`` (None: why the row was made), empty when nobody was asked."""
        before, after = getattr(old, "state", ""), getattr(new, "state", "")
        if model is not self._model or before == after:
            return self._texts.get(new.pgh_created_at, "")
        found = (each for each in self._moves if (each.from_state, each.to_state) == (before, after))
        return next((each.reason for each in found if each.at >= new.pgh_created_at), "")


def _events(model: type[models.Model], where: dict[str, Any]) -> list[Any]:
    event_model: Any = model._meta.get_field("events").related_model
    found = event_model.objects.filter(**where).select_related("pgh_context").order_by("-pgh_id")
    return list(found[:MOST_EVENTS])[::-1]


def _user_key(event: Any) -> int | None:
    return (event.pgh_context.metadata if event.pgh_context else {}).get("user")


def _changes(model: type[models.Model], events: list[Any], words: Words, why: Reasons) -> Iterator[Change]:
    before: dict[Any, Any] = {}
    deeds = {"insert": _("entered"), "update": _("changed"), "delete": _("removed")}
    for event in events:
        old = before.get(event.pgh_obj_id)
        fields = list(_differences(model, old, event, words)) if event.pgh_label == "update" and old else []
        before[event.pgh_obj_id] = event
        if event.pgh_label == "update" and not fields:
            continue
        what, reason = deeds.get(event.pgh_label, event.pgh_label), why.of(model, old, event)
        yield Change(
            at=timezone.localtime(event.pgh_created_at),
            who=words.person(event),
            what=what,
            row=words.row(model, event),
            fields=fields,
            # Entering is its own reason.
            reason=reason if reason != what else "",
        )


def _differences(model: type[models.Model], old: Any, new: Any, words: Words) -> Iterator[FieldChange]:
    for each in model._meta.concrete_fields:
        if each.name in NOISE or each.primary_key or not hasattr(new, each.attname):
            continue
        if getattr(old, each.attname) != getattr(new, each.attname):
            yield FieldChange(str(each.verbose_name), words.value(each, old), words.value(each, new))
