"""Who answers for a person by name."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talent.enums import PersonState
from talent.models import Person
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import hold
from wenxi_portal.core.errors import DomainError


@transaction.atomic
def name_officer(*, people: Collection[int], officer: User | None, actor: User) -> int:
    """Let ``officer`` answer for these people (None: again whoever was last in touch); return how many changed.

    Reminders of what changed follow by themselves. Raises ``DomainError`` when a record is not in use, when the account
    is closed, or when the officer could not open all the records: what nobody can open is not followed up.
    """
    rows = list(
        Person.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=people)
        .defer("search_vector")
        .order_by("pk")
    )
    if any(person.state != PersonState.ACTIVE for person in rows):
        raise DomainError(_("This record is no longer in use: it was merged or withdrawn."), code="not_active")
    if officer is not None:
        _check(officer, [person.pk for person in rows])
    changed = [person for person in rows if person.officer_id != (officer.pk if officer else None)]
    now = timezone.now()
    Person.objects.filter(pk__in=[person.pk for person in changed]).update(officer=officer, updated_at=now)
    for person in changed:
        record(actor=actor, verb=Verb.CHANGED, subject=person, fields=["officer"])
    return len(changed)


def _check(officer: User, people: Collection[int]) -> None:
    """Make sure that the officer works here and may open these records; the account is kept open meanwhile."""
    present = hold(officer)
    if not (present.is_active and present.is_staff):
        raise DomainError(_("Choose an officer whose account is open."), code="owner", field="officer")
    number = len(people) - Person.objects.visible_to(present).filter(pk__in=people).count()
    if number:
        told = ngettext(
            "This officer may not open the record of %(number)d person. "
            "Choose somebody of its unit or of the organization department.",
            "This officer may not open the records of %(number)d people. "
            "Choose somebody of their unit or of the organization department.",
            number,
        )
        raise DomainError(told % {"number": number}, code="out_of_sight", field="officer")
