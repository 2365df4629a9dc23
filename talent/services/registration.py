"""Self-registration: a code proves the way of contact, an officer decides."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from talent.documents import IdentityDocument, read_document
from talent.enums import REGISTRATION_TRANSITIONS, RegistrationState, TalentDatabase
from talent.models import Person, Registration, RegistrationStateChange
from talent.services.locks import one_at_a_time
from talent.services.membership import join_database
from talent.services.person import enter_person, find_by_document, must_be_active, set_document
from talent.services.search_index import index_person
from wenxi_portal.accounts.models import User
from wenxi_portal.accounts.services.sms import send_text
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core import cipher
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.organisations.models import Organisation

CODE_MINUTES, CODE_TRIES, CODES_AN_HOUR = 10, 5, 5
KEEP_UNCONFIRMED_HOURS = 24
_CODE_CONTEXT = "talent.registration.code"

Send = Callable[[Registration, str], None]


def begin_registration(*, registration: Registration, send: Send | None = None) -> Registration:
    """Keep what was filled in and send a code to the mobile number or the address, or by another way: ``send``.

    Raises ``DomainError`` when too many codes went there within the hour, or when the message cannot be sent.
    """
    code = f"{secrets.randbelow(10**6):06d}"
    with transaction.atomic():
        registration.state = RegistrationState.UNCONFIRMED
        registration.full_clean(exclude=["code_index"])
        registration.save()
        recent = Registration.objects.filter(
            contact_index=registration.contact_index, created_at__gt=timezone.now() - timedelta(hours=1)
        )
        if recent.count() > CODES_AN_HOUR:
            raise DomainError(_("Too many codes were asked for. Try again in an hour."), code="too_many")
        registration.code_index = _code_index(registration, code)
        registration.save(update_fields=["code_index", "contact_index"])
    try:
        (send or send_code)(registration, code)
    except OSError:
        raise DomainError(_("The message could not be sent just now. Try again later."), code="not_sent") from None
    return registration


def send_code(registration: Registration, code: str) -> None:
    """Send the code through the portal's text gateway, or by e-mail. Raises ``OSError`` when that fails."""
    text = _("%(code)s is your code for registering. It holds for %(minutes)d minutes.") % {
        "code": code,
        "minutes": CODE_MINUTES,
    }
    send_words(mobile=registration.mobile, email=registration.email, subject=_("Your code"), text=text)


def send_words(*, mobile: str, email: str, subject: str, text: str) -> None:
    """Send a short text to a mobile number or, without one, to an e-mail address."""
    if mobile and settings.PORTAL_SMS_GATEWAY:
        send_text(mobile=mobile, text=f"[{settings.PORTAL_SITE_NAME}] {text}")
    else:
        send_mail(f"[{settings.PORTAL_SITE_NAME}] {subject}", text, None, [email])


def confirm_registration(*, registration: Registration, code: str) -> Registration:
    """Check the code and put the registration into the officers' queue.

    Whoever registers again while the first one waits finds it there: the newer text replaces it. Raises
    ``DomainError`` for a wrong or old code and after five tries.
    """
    with transaction.atomic():
        present = lock(registration)
        if present.state != RegistrationState.UNCONFIRMED:
            return present
        present.code_tries += 1
        present.save(update_fields=["code_tries", "contact_index"])
        too_old = present.created_at < timezone.now() - timedelta(minutes=CODE_MINUTES)
        fits = constant_time_compare(present.code_index, _code_index(present, code))
        if not too_old and fits and present.code_tries <= CODE_TRIES:
            return _submit(present)
    if too_old or present.code_tries >= CODE_TRIES:
        raise DomainError(_("This code no longer holds. Register again to get a new one."), code="void")
    raise DomainError(_("This code is not right. Look again at the newest message."), code="wrong", field="code")


@transaction.atomic
def accept_registration(
    *,
    registration: Registration,
    actor: User,
    person: Person | None = None,
    owner_unit: Organisation | None = None,
    database: str = "",
    reason: str = "",
) -> Person:
    """Make a person of a registration, or add it to the record ``person`` that an officer recognised.

    A document that is on file always leads to its person. Decided once; raises ``DomainError`` afterwards.
    """
    present = lock(registration)
    REGISTRATION_TRANSITIONS.check(present.state, RegistrationState.ACCEPTED)
    document = read_document(present.document_kind, present.id_number) if present.id_number else None
    if document:
        one_at_a_time(f"document:{document.number}")
        person = find_by_document(document) or person
    if person is None:
        person = _enter(present, document, actor, owner_unit)
        if database:
            join_database(
                person=person, database=TalentDatabase(database), reason=_("Registered himself or herself"), actor=actor
            )
    else:
        must_be_active(person)
        if document and not person.id_index:
            person = set_document(person=person, document=document, actor=actor)
    present.person = person
    _decide(present, RegistrationState.ACCEPTED, actor, reason or _("Accepted"))
    return person


@transaction.atomic
def refuse_registration(*, registration: Registration, actor: User, reason: str) -> Registration:
    """Close a registration that does not belong here, and forget its sealed numbers."""
    present = lock(registration)
    REGISTRATION_TRANSITIONS.check(present.state, RegistrationState.REFUSED)
    if not reason.strip():
        raise DomainError(_("Say why: the reason stays with the record."), code="reason", field="reason")
    present.id_number, present.document_kind = "", ""
    _decide(present, RegistrationState.REFUSED, actor, reason)
    return present


def forget_unconfirmed() -> int:
    """Remove registrations whose code was never entered within a day; return how many."""
    before = timezone.now() - timedelta(hours=KEEP_UNCONFIRMED_HOURS)
    gone, _models = Registration.objects.filter(state=RegistrationState.UNCONFIRMED, created_at__lt=before).delete()
    return gone


def _submit(present: Registration) -> Registration:
    one_at_a_time(f"registration:{present.contact_index}:{present.name}")
    waiting = Registration.objects.filter(
        contact_index=present.contact_index, name=present.name, state=RegistrationState.SUBMITTED
    ).first()
    if waiting:
        return _renew(waiting, present)
    present.state, present.submitted_at = RegistrationState.SUBMITTED, timezone.now()
    present.code_index = ""
    present.save()
    RegistrationStateChange.objects.create(
        registration=present, to_state=present.state, reason=_("Confirmed with the code")
    )
    return present


def _renew(waiting: Registration, newer: Registration) -> Registration:
    """Let the registration that waits say what the newer one says, and drop the newer row."""
    for field in Registration._meta.concrete_fields:
        if field.name not in {"id", "state", "submitted_at", "created_at", "person", "code_index", "code_tries"}:
            setattr(waiting, field.attname, getattr(newer, field.attname))
    waiting.save()
    newer.delete()
    return waiting


def _enter(present: Registration, document: IdentityDocument | None, actor: User, unit: Organisation | None) -> Person:
    person = Person(
        name=present.name,
        sex=present.sex,
        birth_date=present.birth_date,
        mobile=present.mobile,
        email=present.email,
        native_township=present.township,
        preferred_channel=present.preferred_channel,
        consent_on=timezone.localdate(present.submitted_at),
        consent_purpose=_("Contact by the county about talent and home"),
        source=_("Self-registration"),
        owner_unit=unit,
        note=present.offer,
        no_id_reason="" if document else _("Self-registration without ID number"),
    )
    study: dict[str, Any] = {
        "university_name": present.university_name,
        "level": present.level,
        "major": present.major,
        "ended_on": present.graduates_on,
    }
    work = {"employer_name": present.employer_name, "post": present.post}
    if study["university_name"]:
        study["university"] = Organisation.objects.universities().filter(name=present.university_name).first()
    person = enter_person(
        person=person,
        document=document,
        actor=actor,
        educations=[study] if present.university_name else [],
        employments=[work] if present.employer_name else [],
    )
    index_person(person=person)
    return person


def _decide(present: Registration, state: RegistrationState, actor: User, reason: str) -> None:
    from_state, present.state = present.state, state
    present.save()
    RegistrationStateChange.objects.create(
        registration=present, from_state=from_state, to_state=state, actor=actor, reason=reason.strip()[:500]
    )
    record(actor=actor, verb=Verb.MOVED, subject=present, reason=reason, from_state=from_state, to_state=str(state))


def _code_index(registration: Registration, code: str) -> str:
    return cipher.keyed_index(f"{registration.pk}:{code}", context=_CODE_CONTEXT)
