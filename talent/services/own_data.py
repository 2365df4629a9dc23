"""What a person may do with the own record: see, correct, copy, withdraw."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from talent.enums import PERSON_TRANSITIONS, PersonState, SelfCheckAnswer, StepState
from talent.models import Person, PersonStateChange, SelfCheck
from talent.services.contact import settle_step
from talent.services.forgetting import forget_registrations
from talent.services.person import must_be_active, write_person
from talent.services.search_index import index_person
from wenxi_portal.accounts.models import User
from wenxi_portal.accounts.own_data import erase_of
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError

CORRECTABLE = ("email", "native_township", "languages", "preferred_channel")


@transaction.atomic
def correct_own(*, person: Person, user: User, values: Mapping[str, Any], message: str = "") -> Person:
    """Write what the person corrects; what only an officer may change goes to the queue as a message."""
    present = lock(person)
    must_be_active(present)
    _claim(present, user)
    for name in CORRECTABLE:
        if name in values:
            setattr(present, name, values[name])
    if values.get("mobile"):
        present.mobile = values["mobile"]
    present.last_checked_on = timezone.localdate()
    present.revision += 1
    write_person(present)
    index_person(person=present)
    if message.strip():
        now = timezone.now()
        SelfCheck.objects.create(
            person=present,
            asked_by=user,
            expires_at=now + timedelta(days=1),
            answered_at=now,
            answer=SelfCheckAnswer.CHANGED,
            message=message.strip()[:500],
        )
    record(actor=user, verb=Verb.CHANGED, subject=present, fields=sorted(values), by_the_person=True)
    return present


@transaction.atomic
def note_copy(*, person: Person | None, user: User, form: str) -> None:
    """Record that the person took a copy of the own data, and tie the record, if there is one, to the account."""
    if person is None:
        record(actor=user, verb=Verb.EXPORTED, subject=user, form=form, by_the_person=True)
        return
    present = lock(person)
    _claim(present, user)
    present.save(update_fields=["user"])
    record(actor=user, verb=Verb.EXPORTED, subject=present, form=form, by_the_person=True)


@transaction.atomic
def erase_own(*, person: Person | None, user: User) -> None:
    """Withdraw the record, if there is one, and erase in the other rooms what no duty keeps."""
    if person is not None:
        withdraw(person=person, actor=user, reason=_("At the person's own wish"))
    erase_of(user)


@transaction.atomic
def withdraw(*, person: Person, actor: User | None, reason: str) -> Person:
    """End the consent: everything that tells who or where the person is, is erased; open steps are dropped.

    What remains is a row without a name, with the dates of its states. Field history of the record goes too.
    """
    present = lock(person)
    PERSON_TRANSITIONS.check(present.state, PersonState.WITHDRAWN)
    for contact in present.contacts.filter(step_state=StepState.OPEN):
        settle_step(contact=contact, to_state=StepState.DROPPED, actor=actor, note=_("Consent withdrawn"))
    _erase(present)
    present.state = PersonState.WITHDRAWN
    present.revision += 1
    present.save()
    PersonStateChange.objects.create(
        person=present,
        from_state=PersonState.ACTIVE,
        to_state=PersonState.WITHDRAWN,
        actor=actor,
        reason=reason.strip()[:500] or _("Consent withdrawn"),
    )
    _forget_history(present)
    index_person(person=present)
    for part in _absorbed(present):
        _erase(part)
        part.save()
        _forget_history(part)
        index_person(person=part)
    record(actor=actor, verb=Verb.MOVED, subject=present, to_state=str(PersonState.WITHDRAWN))
    return present


def _claim(present: Person, user: User) -> None:
    if present.user_id not in {None, user.pk}:
        raise DomainError(_("This record belongs to another account."), code="foreign")
    present.user = user


def _absorbed(present: Person) -> Iterator[Person]:
    """Yield the records that were merged into this one, and into those: they hold the same person's data."""
    for part in Person.objects.filter(merged_into=present):
        yield part
        yield from _absorbed(part)


def _erase(present: Person) -> None:
    present.name = _("(withdrawn)")
    present.sort_key = ""
    for name in (
        "former_names",
        "id_number",
        "document_kind",
        "no_id_reason",
        "mobile",
        "email",
        "native_township",
        "consent_purpose",
        "preferred_channel",
        "source",
        "note",
    ):
        setattr(present, name, "")
    present.birth_date, present.user, present.languages, present.sex = None, None, [], "0"
    present.officer = None
    for rows in (
        present.educations,
        present.employments,
        present.field_links,
        present.channel_links,
        present.introductions_made,
        present.introductions_received,
    ):
        rows.all().delete()
    present.memberships.filter(until__isnull=True).update(until=timezone.localdate(), end_reason=_("Consent withdrawn"))
    present.contacts.update(summary="", close_note="")
    present.self_checks.update(message="")
    forget_registrations(present.registrations.values_list("pk", flat=True))


def _forget_history(present: Person) -> None:
    """Remove the copies that the triggers kept of what was erased."""
    models: list[Any] = [Person, *(field.related_model for field in Person._meta.related_objects)]
    for model in models:
        if model is None or not any(each.name == "events" for each in model._meta.related_objects):
            continue
        event: Any = model._meta.get_field("events").related_model
        where = {"pgh_obj_id": present.pk} if model is Person else None
        if where is None and any(each.name == "person" for each in event._meta.get_fields()):
            where = {"person_id": present.pk}
        if where:
            event._default_manager.filter(**where).delete()
