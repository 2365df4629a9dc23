"""The writers of channels and introductions."""

from datetime import date

from django.db import transaction

from talent.models import Channel, ChannelMember, Introduction, Person
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock, lock_for_edit


@transaction.atomic
def save_channel(*, channel: Channel, actor: User | None, expected_revision: int | None = None) -> Channel:
    """Check and write a channel, new or changed."""
    is_new = channel.pk is None
    if not is_new:
        channel.revision = lock_for_edit(channel, expected_revision)
    channel.full_clean()
    channel.save()
    record(actor=actor, verb=Verb.CREATED if is_new else Verb.CHANGED, subject=channel)
    return channel


@transaction.atomic
def join_channel(
    *, channel: Channel, person: Person, actor: User | None, part: str = "", since: date | None = None
) -> ChannelMember:
    """Let ``person`` take part in ``channel``. Raises ``ValidationError`` when that is on file already."""
    lock(person)
    member = ChannelMember(channel=channel, person=person, part=part.strip(), since=since)
    member.full_clean()
    member.save()
    record(actor=actor, verb=Verb.CHANGED, subject=person, channel=channel.pk)
    return member


@transaction.atomic
def introduce(
    *, introducer: Person, introduced: Person, actor: User | None, on: date | None = None, note: str = ""
) -> Introduction:
    """Remember who introduced whom. Raises ``ValidationError`` for oneself and for what is on file."""
    introduction = Introduction(
        introducer=introducer, introduced=introduced, on=on, note=note.strip(), recorded_by=actor
    )
    introduction.full_clean()
    introduction.save()
    record(actor=actor, verb=Verb.CREATED, subject=introduction)
    return introduction
