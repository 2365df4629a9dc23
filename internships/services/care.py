"""The only writer of the care log."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.enums import CareKind
from internships.models import CareVisit, Placement
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.errors import DomainError


@transaction.atomic
def log_care(*, placement: Placement, kind: CareKind, on: date, text: str, actor: User) -> CareVisit:
    """Note that somebody was looked after on a day. Raises ``DomainError`` for a day that has not come."""
    if on > timezone.localdate():
        raise DomainError(_("The day lies in the future."), code="future", field="on")
    visit = CareVisit(placement=placement, kind=kind, on=on, text=text.strip(), visitor=actor)
    visit.full_clean()
    visit.save()
    record(actor=actor, verb=Verb.CREATED, subject=visit)
    return visit
