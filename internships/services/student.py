"""The only writer of students' profiles."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.models import ProfileDraft, Student
from internships.services.student_person import link_where_safe
from talent.documents import IdentityDocument
from talent.enums import Sex
from talent.services.locks import one_at_a_time
from talent.services.person import clean_name
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User
from wenxi_portal.accounts.services.roles import give_role
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock, lock_for_edit
from wenxi_portal.core.errors import DomainError

REVEALABLE = ("id_number", "mobile", "email", "emergency_mobile", "enrolment_code")
SHORTEST_REASON = 4
# What one never changes alone once the profile is made: it says who somebody is.
FIXED = frozenset({"id_number", "document_kind", "birth_date", "sex", "name"})


@transaction.atomic
def keep_draft(*, user: User, step: str, answers: Mapping[str, Any]) -> None:
    """Keep what was typed on one page of the profile, right or wrong, until the profile is made."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    draft = ProfileDraft.objects.filter(user=user).first() or ProfileDraft(user=user, content="{}")
    content = json.loads(draft.content)
    content[step] = dict(answers)
    draft.content = json.dumps(content, ensure_ascii=False)
    draft.save()


@transaction.atomic
def make_profile(
    *, user: User, document: IdentityDocument, values: Mapping[str, Any], consent_text: str, actor: User | None
) -> Student:
    """Make the profile of ``user`` out of checked ``values``; a second click finds it made.

    The person in the talent databases is linked only where that is safe (see ``link_where_safe``). Raises
    ``DomainError`` (code ``same_id``) when another account has a profile with this document.
    """
    one_at_a_time(f"document:{document.number}")
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=user.pk)
    present = Student.objects.filter(user=user).first()
    if present and not present.is_erased:
        return present
    if Student.objects.with_document(document.number).exists():
        raise _same_id()
    # An erased profile is filled in anew: stays and claims of before belong to the same account.
    student = present or Student(user=user)
    for name, value in {**values, "consent_on": timezone.localdate(), "consent_text": consent_text}.items():
        setattr(student, name, value)
    student.document_kind, student.id_number = document.kind, document.number
    student.birth_date = document.birth_date or student.birth_date
    if document.sex != Sex.UNKNOWN:
        student.sex = document.sex
    _check_and_save(student)
    give_role(user=user, role=Role.STUDENT)
    link_where_safe(student=student, document=document, actor=actor)
    ProfileDraft.objects.filter(user=user).delete()
    record(actor=actor, verb=Verb.CREATED, subject=student)
    return student


@transaction.atomic
def change_profile(
    *, student: Student, values: Mapping[str, Any], actor: User | None, expected_revision: int | None = None
) -> Student:
    """Write what the student changed. Name and document stay: the office corrects them.

    Raises ``DomainError`` when it was changed in another window since ``expected_revision``.
    """
    given = {name: value for name, value in values.items() if name not in FIXED}
    present = lock(student)
    if all(getattr(present, name) == value for name, value in given.items()):
        return present
    lock_for_edit(student, expected_revision)
    for name, value in given.items():
        setattr(present, name, value)
    if given.keys() & {"enrolment_code", "level", "university", "university_name"}:
        # What was checked is no longer what stands there.
        present.enrolment_checked_on, present.enrolment_checked_by = None, None
    present.revision += 1
    _check_and_save(present)
    record(actor=actor, verb=Verb.CHANGED, subject=present, fields=sorted(given))
    return present


@transaction.atomic
def check_enrolment(*, student: Student, actor: User) -> Student:
    """Note that an officer compared the proof of enrolment with the national register today."""
    present = lock(student)
    present.enrolment_checked_on, present.enrolment_checked_by = timezone.localdate(), actor
    present.revision += 1
    present.save(update_fields=["enrolment_checked_on", "enrolment_checked_by", "revision", "updated_at"])
    record(actor=actor, verb=Verb.CHANGED, subject=present, fields=["enrolment_checked_on"])
    return present


@transaction.atomic
def reveal_student(*, student: Student, fields: list[str], reason: str, actor: User) -> dict[str, str]:
    """Return the plain values of ``fields`` and record who asked why. Raises ``DomainError`` without a reason."""
    if len(reason.strip()) < SHORTEST_REASON:
        raise DomainError(_("Say what you need it for."), code="reason", field="reason")
    if not fields or set(fields) - set(REVEALABLE):
        raise DomainError(_("Choose what is to be shown."), code="fields", field="fields")
    record(actor=actor, verb=Verb.REVEALED, subject=student, reason=reason.strip(), fields=sorted(fields))
    return {name: plain_value(student, name) for name in fields}


def plain_value(student: Student, name: str) -> str:
    """Return a value of the profile or, for the ways of contact, of the account."""
    if name in {"mobile", "email"}:
        return str(getattr(student.user, name) or "")
    return str(getattr(student, name))


def _check_and_save(student: Student) -> None:
    student.name = clean_name(student.name)
    try:
        with transaction.atomic():
            student.full_clean(exclude=["id_index"], validate_constraints=False)
            student.validate_constraints(exclude=["id_index"])
            student.save()
    except IntegrityError as error:
        if "internships_student_id_unique" not in str(error):
            raise
        raise _same_id() from error


def _same_id() -> DomainError:
    return DomainError(
        _("Another account applies with this ID number already. Sign in with that one, or ask the office for help."),
        code="same_id",
        field="id_number",
    )
