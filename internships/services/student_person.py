"""When a student's profile may be tied to the record of a person in the talent databases."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.models import Student
from talent.documents import IdentityDocument
from talent.enums import PersonState
from talent.models import Person
from talent.querysets import mobile_index
from talent.services.person import enter_person, find_by_document
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError


def link_where_safe(*, student: Student, document: IdentityDocument, actor: User | None) -> None:
    """Tie ``student`` to the person with the same document, in the caller's transaction.

    Nobody must read another's record by knowing an ID number: a person on file is tied only when the account's
    verified mobile number or e-mail address is the person's. Without a person of that document one is entered.
    Otherwise nothing is tied, and an officer sees it (``person_to_confirm``).
    """
    person = find_by_document(document)
    if person is None:
        person = _enter(student, document, actor)
    elif person.state != PersonState.ACTIVE or not _same_contact(student.user, person) or _is_tied(person):
        return
    student.person = person
    student.save(update_fields=["person", "updated_at"])


@transaction.atomic
def confirm_person(*, student: Student, actor: User, reason: str) -> Student:
    """Tie ``student`` to the person with the same document, after an officer has made sure who it is."""
    if not reason.strip():
        raise DomainError(_("Say how you made sure: the reason stays with the record."), code="reason", field="reason")
    present = lock(student)
    person = person_to_confirm(present)
    if person is None:
        raise DomainError(_("There is no person to confirm."), code="nothing")
    present.person = person
    present.revision += 1
    present.save(update_fields=["person", "revision", "updated_at"])
    record(actor=actor, verb=Verb.CHANGED, subject=present, reason=reason, fields=["person"])
    return present


def person_to_confirm(student: Student) -> Person | None:
    """Return the person in use with the student's document that is not tied to anybody yet."""
    if student.person_id:
        return None
    person = find_by_document(IdentityDocument(student.document_kind, student.id_number))  # type: ignore[arg-type]
    return person if person and person.state == PersonState.ACTIVE and not _is_tied(person) else None


def _is_tied(person: Person) -> bool:
    return Student.objects.filter(person=person).exists()


def _same_contact(user: User, person: Person) -> bool:
    if user.mobile and user.mobile_verified and person.mobile_index == mobile_index(user.mobile):
        return True
    return bool(user.email and person.email.lower() == user.email and _email_is_verified(user))


def _email_is_verified(user: User) -> bool:
    addresses: Any = user.emailaddress_set  # type: ignore[attr-defined]
    return bool(addresses.filter(email=user.email, verified=True).exists())


def _enter(student: Student, document: IdentityDocument, actor: User | None) -> Person:
    user = student.user
    person = Person(
        name=student.name,
        sex=student.sex,
        birth_date=student.birth_date,
        native_township=student.native_township,
        mobile=user.mobile if user.mobile_verified else "",
        email=(user.email or "") if _email_is_verified(user) else "",
        consent_on=timezone.localdate(),
        consent_purpose=_("Internships in the county"),
        source=_("Profile of an applicant"),
        is_demo=student.is_demo,
    )
    study = {
        "university": student.university,
        "university_name": student.university_name,
        "level": student.level,
        "major": student.major,
        "started_on": student.enrolled_on,
        "ended_on": student.graduates_on,
    }
    return enter_person(person=person, document=document, actor=actor, educations=[study])
