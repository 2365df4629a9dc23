"""How the rows of the sheet of channels meet the channels on file: by name."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from talent.enums import ChannelKind
from talent.intakes.naming import naming_row
from talent.intakes.people import universities_of
from talent.models import Channel
from talent.services.network import save_channel
from wenxi_portal.accounts.models import User
from wenxi_portal.core import search_text
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.spreadsheets.intake import OnFile, Row, Twin

_PLAIN = ("name", "kind", "place", "note", "is_active")


class ChannelIntake:
    """By name; a name that sounds the same may be the same channel."""

    permissions = frozenset({"talent.add_channel", "talent.change_channel"})
    labels: Mapping[str, Any] = {}

    def key(self, values: dict[str, Any]) -> tuple[Any, ...] | None:
        """The name."""
        return (values["name"],)

    def check(self, rows: Sequence[Row], user: User) -> None:
        """Put the number of the university in the place of its name."""
        universities = universities_of(rows)
        for row in rows:
            told = row.values.pop("university", None)
            if told in universities:
                row.values["university"] = universities[told]
            elif told:
                row.refuse("university", _("No university of this name is on file: %(names)s.") % {"names": told})

    def on_file(self, rows: Sequence[Row], user: User, *, lock: bool = False) -> list[OnFile | None]:
        """Return the channel on file for each row."""
        channels = Channel.objects.order_by("pk")
        if lock:
            channels = channels.select_for_update(of=("self",), no_key=True)
        found = {channel.name: channel for channel in channels}
        numbers = {channel.pk: channel for channel in found.values()}
        told = [numbers.get(row.same_as) if row.same_as else found.get(row.values["name"]) for row in rows]
        return [_on_file(channel) if channel else None for channel in told]

    def twins(self, rows: Sequence[Row], user: User) -> list[Sequence[Twin]]:
        """Return channels whose name sounds the same: there are hundreds of them, not thousands."""
        sounds: dict[str, list[Twin]] = {}
        for pk, name in Channel.objects.values_list("pk", "name"):
            sounds.setdefault(search_text.sort_key(name), []).append(Twin(pk, name))
        return [sounds.get(search_text.sort_key(row.values["name"]), ()) for row in rows]

    def write(self, *, new: Sequence[Row], changed: Sequence[tuple[Row, OnFile]], actor: User) -> None:
        """Enter and change channels through their service."""
        for row in new:
            with naming_row(row):
                save_channel(channel=_told(Channel(), row.values), actor=actor)
        for row, present in changed:
            with naming_row(row):
                channel = _told(present.record, row.values)
                save_channel(channel=channel, actor=actor, expected_revision=present.revision)

    def shown(self, column: str, value: Any) -> str:
        """Return kind, university and truth value in words."""
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if column == "university" and value:
            return Organisation.objects.filter(pk=value).values_list("name", flat=True).first() or ""
        return str(ChannelKind(value).label) if column == "kind" and value else str(value or "")


def _on_file(channel: Channel) -> OnFile:
    values = {name: getattr(channel, name) for name in _PLAIN} | {
        "university": channel.university_id,
        "founded_on": channel.founded_on.isoformat() if channel.founded_on else None,
    }
    return OnFile(channel.pk, channel.revision, values, channel)


def _told(channel: Channel, values: dict[str, Any]) -> Channel:
    for name in _PLAIN:
        setattr(channel, name, values.get(name, getattr(channel, name)))
    channel.university_id = values.get("university", channel.university_id)
    if "founded_on" in values:
        channel.founded_on = date.fromisoformat(values["founded_on"])
    return channel
