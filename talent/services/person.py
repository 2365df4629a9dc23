"""The only writer of people."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from talent.documents import IdentityDocument
from talent.enums import DocumentKind, PersonState, Sex
from talent.models import Contact, Education, Employment, Person, PersonField, PersonStateChange
from talent.services.locks import one_at_a_time
from talent.services.search_index import index_person
from talent.services.tags import tags_for_form
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core import person_names, search_text
from wenxi_portal.core.editing import lock, lock_for_edit
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.validators import normalise_digits

Rows = Iterable[Mapping[str, Any]]

_DOTS = re.compile(r"\s*[•・‧∙⋅.．]\s*")
_BLANK_IN_HAN = re.compile(rf"(?<=[{search_text.HAN}])\s+(?=[{search_text.HAN}])")
# Derived or written by other verbs: an edit of the person leaves them.
_NOT_EDITED = frozenset(
    {"id_number", "id_index", "document_kind", "mobile", "mobile_index", "state", "merged_into", "user", "officer"}
)


def clean_name(name: str) -> str:
    """Return a name as it is kept: no blanks between characters, one middle dot, rare characters untouched."""
    return _DOTS.sub("·", _BLANK_IN_HAN.sub("", " ".join(name.split()))).strip("·")


def find_by_document(document: IdentityDocument) -> Person | None:
    """Return the record in use that carries the document, followed through merges; None when there is none."""
    person = Person.objects.with_document(document.number).first()
    while person is not None and person.merged_into_id:
        person = person.merged_into
    return person


@transaction.atomic
def enter_person(
    *,
    person: Person,
    document: IdentityDocument | None,
    actor: User | None,
    educations: Rows = (),
    employments: Rows = (),
    field_names: Iterable[str] = (),
) -> Person:
    """Enter a new person, document first.

    Same document, same person: raises ``DomainError`` with code ``same_id`` when it is on file, also when somebody
    else enters it at this very moment. Birth and sex are taken from the document where it tells them. Without a
    document ``no_id_reason`` must say why. Raises ``ValidationError`` for broken values.
    """
    if document:
        one_at_a_time(f"document:{document.number}")
        if find_by_document(document):
            raise DomainError(_("A person with this ID number is already on file."), code="same_id", field="id_number")
        apply_document(person, document)
    elif not person.no_id_reason.strip():
        raise DomainError(_("Enter the ID number, or say why there is none."), code="no_document", field="no_id_reason")
    person.state = PersonState.ACTIVE
    _insert(person)
    write_rows(person, Education, educations)
    write_rows(person, Employment, employments)
    set_fields(person, field_names)
    PersonStateChange.objects.create(person=person, to_state=person.state, actor=actor, reason=_("entered"))
    index_person(person=person)
    record(actor=actor, verb=Verb.CREATED, subject=person)
    return person


@transaction.atomic
def save_person(
    *,
    person: Person,
    actor: User | None,
    educations: Rows | None = None,
    employments: Rows | None = None,
    field_names: Iterable[str] | None = None,
    expected_revision: int | None = None,
    changed: Iterable[str] = (),
) -> Person:
    """Check and write changes of ``person``, and make the record findable under them.

    Document, mobile, state and account have verbs of their own and are left as they are. Rows given replace those on
    file (a row with ``id`` is changed in place); None leaves them. ``changed`` names the fields for the audit. Raises
    ``DomainError`` when somebody else wrote since ``expected_revision``, or when the record is not in use.
    """
    person.revision = lock_for_edit(person, expected_revision)
    present = Person.objects.get(pk=person.pk)
    must_be_active(present)
    for name in _NOT_EDITED:
        setattr(person, name, getattr(present, name))
    write_person(person)
    if (person.owner_unit_id, person.native_township) != (present.owner_unit_id, present.native_township):
        _keep_steps_in_sight(person)
    if educations is not None:
        write_rows(person, Education, educations)
    if employments is not None:
        write_rows(person, Employment, employments)
    if field_names is not None:
        set_fields(person, field_names)
    index_person(person=person)
    record(actor=actor, verb=Verb.CHANGED, subject=person, fields=sorted(changed))
    return person


@transaction.atomic
def set_document(*, person: Person, document: IdentityDocument, actor: User | None) -> Person:
    """Put the document on a person's record. Raises ``DomainError`` when another record carries it."""
    one_at_a_time(f"document:{document.number}")
    present = lock(person)
    must_be_active(present)
    other = find_by_document(document)
    if other and other.pk != present.pk:
        raise DomainError(_("A person with this ID number is already on file. Merge the two records."), code="same_id")
    apply_document(present, document)
    present.revision += 1
    write_person(present)
    record(actor=actor, verb=Verb.CHANGED, subject=present, fields=["id_number"])
    return present


@transaction.atomic
def set_mobile(*, person: Person, mobile: str, actor: User | None) -> Person:
    """Put a mobile number on a person's record, or take it away. Raises ``ValidationError`` for a broken one."""
    present = lock(person)
    must_be_active(present)
    present.mobile = mobile
    present.revision += 1
    write_person(present)
    record(actor=actor, verb=Verb.CHANGED, subject=present, fields=["mobile"])
    return present


def apply_document(person: Person, document: IdentityDocument) -> None:
    """Write the document onto ``person`` with what it tells; saves nothing."""
    person.document_kind, person.id_number = DocumentKind(document.kind), document.number
    person.birth_date = document.birth_date or person.birth_date
    if document.sex != Sex.UNKNOWN:
        person.sex = document.sex
    person.no_id_reason = ""


def write_person(person: Person) -> None:
    """Check and write the row itself."""
    person.name = clean_name(person.name)
    person.mobile = normalise_digits(person.mobile or "")
    person.sort_key = person_names.sort_key(person.name)[:600]
    person.full_clean(exclude=["search_vector", "document_kind"], validate_constraints=False)
    person.save()


def _keep_steps_in_sight(person: Person) -> None:
    """Refuse to move a person out of sight of whoever answers for it or has a next step open about it."""
    if person.officer and not Person.objects.visible_to(person.officer).filter(pk=person.pk).exists():
        told = _("%(officer)s answers for this person and would lose sight of the record. Name another officer first.")
        raise DomainError(told % {"officer": person.officer.name}, code="out_of_sight", field="owner_unit")
    for owner in User.objects.filter(pk__in=Contact.objects.open_steps().filter(person=person).values("next_owner")):
        if not Person.objects.visible_to(owner).filter(pk=person.pk).exists():
            told = _("%(officer)s has a next step open here and would lose sight of the record. Give it to another.")
            raise DomainError(told % {"officer": owner.name}, code="out_of_sight", field="owner_unit")


def _insert(person: Person) -> None:
    """Write the row of a new person; an import may have entered the same document at this very moment."""
    try:
        with transaction.atomic():
            write_person(person)
    except IntegrityError as error:
        if "talent_person_id_unique" not in str(error):
            raise
        told = _("A person with this ID number is already on file.")
        raise DomainError(told, code="same_id", field="id_number") from None


def write_rows(person: Person, model: type[models.Model], rows: Rows) -> None:
    """Let exactly ``rows`` of ``model`` belong to ``person``: changed in place, added, or removed."""
    kept = []
    for row in rows:
        values = {name: value for name, value in row.items() if name not in {"id", "person", "DELETE"}}
        on_file = row.get("id") or None
        entry = on_file if on_file is not None and on_file.person_id == person.pk else model(person=person)
        for name, value in values.items():
            setattr(entry, name, value)
        entry.full_clean()
        entry.save()
        kept.append(entry.pk)
    model._default_manager.filter(person=person).exclude(pk__in=kept).delete()


def set_fields(person: Person, names: Iterable[str]) -> None:
    """Let ``person`` work in exactly these fields."""
    wanted = {" ".join(name.split())[:40] for name in names if name.strip()}
    person.field_links.exclude(tag__name__in=wanted).delete()
    present = set(person.field_links.values_list("tag__name", flat=True))
    for tag in tags_for_form(wanted - present).values():
        PersonField.objects.get_or_create(person=person, tag_id=tag)


def must_be_active(person: Person) -> None:
    """Raise ``DomainError`` when the record is merged or withdrawn."""
    if person.state != PersonState.ACTIVE:
        raise DomainError(_("This record is no longer in use: it was merged or withdrawn."), code="not_active")
