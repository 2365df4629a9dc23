"""Who is in charge of stays: one checked at each naming, many handed over at once."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from internships.models import Placement
from internships.selectors.stay_officers import OPEN, may_be_in_charge
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import hold
from wenxi_portal.core.errors import DomainError


@transaction.atomic
def put_in_charge(placements: Collection[int], *, owner: User, actor: User) -> int:
    """Put ``owner`` in charge of these stays, all of them or none; return how many changed hands.

    Raises ``DomainError`` for a stay that is over, or of a unit whose stays the officer may not have.
    """
    rows = list(Placement.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=placements).order_by("pk"))
    if any(stay.state not in OPEN for stay in rows):
        raise DomainError(_("One of these stays is over. Choose those that are not."), code="over")
    for unit in {stay.lead_unit_id for stay in rows}:
        check_officer(owner, unit, field="owner")
    changed = [stay for stay in rows if stay.officer_id != owner.pk]
    for stay in changed:
        stay.officer, stay.revision = owner, stay.revision + 1
        stay.save(update_fields=["officer", "revision", "updated_at"])
        record(actor=actor, verb=Verb.CHANGED, subject=stay, fields=["officer"])
    return len(changed)


def check_officer(officer: User, lead_unit: int, *, field: str = "officer") -> None:
    """Refuse an officer who may not have stays of the unit; the account is kept open until the caller has written."""
    if not may_be_in_charge(hold(officer), lead_unit):
        raise DomainError(_("Choose somebody of the unit in charge whose account is open."), code="owner", field=field)
