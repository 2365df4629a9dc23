"""Merging two records of one person, saying that they are two, and taking either back."""

from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from talent.enums import PERSON_TRANSITIONS, PersonState
from talent.models import (
    ChannelMember,
    Contact,
    DatabaseMembership,
    Education,
    Employment,
    FlexibleAgreement,
    Introduction,
    MembershipProposal,
    Merge,
    NotDuplicate,
    Person,
    PersonField,
    PersonStateChange,
    Registration,
    SelfCheck,
)
from talent.services.search_index import index_person
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.errors import DomainError

# Rows that follow the person: model and the column that names the person.
FOLLOWING: tuple[tuple[type[models.Model], str], ...] = (
    (Education, "person"),
    (Employment, "person"),
    (DatabaseMembership, "person"),
    (MembershipProposal, "person"),
    (PersonField, "person"),
    (ChannelMember, "person"),
    (Introduction, "introducer"),
    (Introduction, "introduced"),
    (Contact, "person"),
    (FlexibleAgreement, "person"),
    (Registration, "person"),
    (SelfCheck, "person"),
)
# Values that the kept record takes over where it has none.
TAKEN = (
    "birth_date",
    "email",
    "native_township",
    "former_names",
    "consent_on",
    "consent_purpose",
    "preferred_channel",
    "owner_unit",
)


@transaction.atomic
def merge_people(*, kept: Person, gone: Person, actor: User | None, reason: str) -> Merge:
    """Let ``gone`` become part of ``kept``: rows follow, empty values are filled, the ID goes along.

    Raises ``DomainError`` when the two carry different numbers of one kind of document (two people), when a record is
    not in use, or without a reason. A phone shared is never a reason by itself: an officer decides.
    """
    if kept.pk == gone.pk:
        raise DomainError(_("Choose two different records."), code="same")
    _reasoned(reason)
    kept, gone = _lock_both(kept, gone)
    PERSON_TRANSITIONS.check(gone.state, PersonState.MERGED)
    if kept.state != PersonState.ACTIVE:
        raise DomainError(_("This record is no longer in use: it was merged or withdrawn."), code="not_active")
    if kept.id_index and gone.id_index and kept.document_kind == gone.document_kind:
        raise DomainError(_("Two different ID numbers of one kind belong to two people."), code="two_ids")
    merge = Merge(kept=kept, gone=gone, reason=reason.strip()[:500], by=actor)
    merge.taken = _take_values(kept, gone)
    gone.state, gone.merged_into = PersonState.MERGED, kept
    gone.save()
    kept.save()
    merge.taken += _take_officer(kept, gone)
    merge.moved = {
        f"{model._meta.model_name}.{column}": _move(model, column, gone, kept) for model, column in FOLLOWING
    }
    merge.save()
    _after(kept, gone, PersonState.MERGED, actor, reason)
    return merge


@transaction.atomic
def undo_merge(*, merge: Merge, actor: User | None, reason: str) -> Person:
    """Take a merge back: rows, values and ID return to the record they came from. Returns that record.

    What was added to the kept record since stays there. Raises ``DomainError`` when it was undone already.
    """
    _reasoned(reason)
    merge = Merge.objects.select_for_update(of=("self",), no_key=True).get(pk=merge.pk)
    if merge.undone_at:
        raise DomainError(_("This merge was undone already."), code="undone")
    kept, gone = _lock_both(merge.kept, merge.gone)
    if kept.state != PersonState.ACTIVE:
        raise DomainError(_("Undo the later merge of the kept record first."), code="later_merge")
    PERSON_TRANSITIONS.check(gone.state, PersonState.ACTIVE)
    _give_back(kept, gone, merge.taken)
    gone.state, gone.merged_into = PersonState.ACTIVE, None
    kept.save()
    gone.save()
    for model, column in FOLLOWING:
        keys = merge.moved.get(f"{model._meta.model_name}.{column}", [])
        model._default_manager.filter(pk__in=keys, **{column: kept}).update(**{column: gone})
    merge.undone_at, merge.undone_by = timezone.now(), actor
    merge.save(update_fields=["undone_at", "undone_by"])
    _after(kept, gone, PersonState.ACTIVE, actor, reason)
    return gone


@transaction.atomic
def mark_not_duplicate(*, first: Person, second: Person, actor: User | None, reason: str = "") -> NotDuplicate:
    """Remember that two records are two people. Saying it twice changes nothing."""
    low, high = sorted((first, second), key=lambda person: person.pk)
    if low.pk == high.pk:
        raise DomainError(_("Choose two different records."), code="same")
    note, made = NotDuplicate.objects.get_or_create(
        first=low, second=high, defaults={"by": actor, "reason": reason.strip()[:200]}
    )
    if made:
        record(actor=actor, verb=Verb.CHANGED, subject=low, reason=reason, not_duplicate_of=high.pk)
    return note


@transaction.atomic
def forget_not_duplicate(*, note: NotDuplicate, actor: User | None) -> None:
    """Take “two people” back, so that the pair is asked about again."""
    record(actor=actor, verb=Verb.CHANGED, subject=note.first, duplicate_again=note.second_id)
    note.delete()


def _lock_both(one: Person, other: Person) -> tuple[Person, Person]:
    """Lock two people, always in the same order, so that two officers never wait for each other in a ring."""
    rows = Person.objects.select_for_update(of=("self",), no_key=True).order_by("pk").in_bulk([one.pk, other.pk])
    return rows[one.pk], rows[other.pk]


def _take_values(kept: Person, gone: Person) -> list[str]:
    taken = [name for name in TAKEN if not getattr(kept, name) and getattr(gone, name)]
    for name in taken:
        setattr(kept, name, getattr(gone, name))
    if gone.id_number and not kept.id_number:
        kept.id_number, kept.document_kind = gone.id_number, gone.document_kind
        gone.id_number, gone.document_kind = "", ""
        taken.append("id_number")
    if gone.mobile and not kept.mobile:
        kept.mobile = gone.mobile
        taken.append("mobile")
    if gone.user_id and not kept.user_id:
        kept.user, gone.user = gone.user, None
        taken.append("user")
    return taken


def _take_officer(kept: Person, gone: Person) -> list[str]:
    """Let the officer of the record that goes answer for the kept one, where nobody does and its unit is in sight."""
    sees = Person.objects.visible_to(gone.officer).filter(pk=kept.pk) if gone.officer else Person.objects.none()
    if kept.officer_id or not sees.exists():
        return []
    kept.officer = gone.officer
    kept.save(update_fields=["officer"])
    return ["officer"]


def _give_back(kept: Person, gone: Person, taken: list[str]) -> None:
    for name in taken:
        if name == "id_number":
            gone.id_number, gone.document_kind = kept.id_number, kept.document_kind
            kept.id_number, kept.document_kind = "", ""
            _free_before(kept, {"id_number": "", "id_index": None, "document_kind": ""})
        elif name == "user":
            gone.user, kept.user = kept.user, None
            _free_before(kept, {"user": None})
        elif getattr(kept, name) == getattr(gone, name):
            setattr(kept, name, None if Person._meta.get_field(name).null else "")


def _free_before(kept: Person, values: dict[str, Any]) -> None:
    """Clear what only one record may hold before the other takes it."""
    Person.objects.filter(pk=kept.pk).update(**values)


def _move(model: type[models.Model], column: str, gone: Person, kept: Person) -> list[int]:
    """Let the rows follow, those aside that would stand twice; return the numbers of the rows that did."""
    rows = model._default_manager.filter(**{column: gone})
    if model is PersonField:
        rows = rows.exclude(tag__in=kept.field_links.values("tag"))
    elif model is ChannelMember:
        rows = rows.exclude(channel__in=kept.channel_links.values("channel"))
    elif model is DatabaseMembership:
        rows = rows.exclude(database__in=kept.memberships.values("database"))
    elif model is MembershipProposal:
        rows = rows.exclude(database__in=kept.proposals.values("database"))
    elif model is Introduction:
        other = "introduced" if column == "introducer" else "introducer"
        rows = rows.exclude(**{other: kept}).exclude(
            **{f"{other}__in": Introduction.objects.filter(**{column: kept}).values(other)}
        )
    keys = list(rows.values_list("pk", flat=True))
    model._default_manager.filter(pk__in=keys).update(**{column: kept})
    return keys


def _after(kept: Person, gone: Person, state: PersonState, actor: User | None, reason: str) -> None:
    source = PersonState.ACTIVE if state == PersonState.MERGED else PersonState.MERGED
    PersonStateChange.objects.create(person=gone, from_state=source, to_state=state, actor=actor, reason=reason[:500])
    for person in (kept, gone):
        index_person(person=person)
        last = person.contacts.order_by("-on").values_list("on", flat=True).first()
        Person.objects.filter(pk=person.pk).update(last_contacted_on=last)
    verb = "merged" if state == PersonState.MERGED else "undone"
    record(actor=actor, verb=Verb.MOVED, subject=gone, reason=reason, merge=verb, kept=kept.pk)


def _reasoned(reason: str) -> None:
    if not reason.strip():
        raise DomainError(_("Say why: the reason stays with the record."), code="reason", field="reason")
