"""The record that belongs to an account, and what a copy of it holds."""

from typing import Any

from django.db.models import Q

from talent.models import Person
from talent.querysets import mobile_index
from wenxi_portal.accounts.models import User


def person_of(user: User) -> Person | None:
    """Return the record of an account: tied to it, or the only one of that name and verified way of contact.

    Relatives share phones: a number without the same name opens nothing.
    """
    tied = Person.objects.active().filter(user=user).first()
    if tied or not user.name:
        return tied
    ways = Q(pk__in=[])
    if user.mobile and user.mobile_verified:
        ways |= Q(mobile_index=mobile_index(user.mobile))
    if user.email and user.emailaddress_set.filter(email=user.email, verified=True).exists():  # type: ignore[attr-defined]
        ways |= Q(email=user.email)
    found = list(Person.objects.active().filter(ways, user__isnull=True, name=user.name)[:2])
    return found[0] if len(found) == 1 else None


def facts_of(person: Person) -> list[tuple[str, Any]]:
    """Return what is on file about a person as label and value; numbers stay masked, their owner knows them."""
    names = (
        "name",
        "former_names",
        "birth_date",
        "native_township",
        "consent_on",
        "consent_purpose",
        "source",
        "retain_until",
    )
    facts = [(_label(name), getattr(person, name)) for name in names]
    shown = {
        "sex": person.get_sex_display(),
        "id_number": person.masked_id,
        "mobile": person.masked_mobile,
        "email": person.email,
        "preferred_channel": person.get_preferred_channel_display(),
        "owner_unit": str(person.owner_unit or ""),
    }
    facts += [(_label(name), value) for name, value in shown.items()]
    for rows in (person.educations, person.employments, person.memberships, person.field_links, person.channel_links):
        label = str(rows.model._meta.verbose_name)
        facts += [(label, str(row)) for row in rows.all()]
    facts += [
        (str(contact._meta.verbose_name), f"{contact.on:%Y-%m-%d} {contact.get_kind_display()}")
        for contact in person.contacts.all()
    ]
    return [(label, value) for label, value in facts if value not in {None, ""}]


def _label(name: str) -> str:
    return str(Person._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
