"""The only writer of the care log."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.enums import CareKind
from internships.models import CareVisit, Placement
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError

SAME_CLICK = timedelta(hours=1)


@transaction.atomic
def log_care(*, placement: Placement, kind: CareKind, on: date, text: str, actor: User) -> CareVisit:
    """Note that somebody was looked after on a day; the same words within an hour are a second click, noted once.

    Raises ``DomainError`` for a day that has not come.
    """
    stay = lock(placement)
    if on > timezone.localdate():
        raise DomainError(_("The day lies in the future."), code="future", field="on")
    recently = timezone.now() - SAME_CLICK
    same = stay.care_visits.filter(kind=kind, on=on, text=text.strip(), visitor=actor, created_at__gte=recently)
    twin = same.first()
    if twin is not None:
        return twin
    visit = CareVisit(placement=placement, kind=kind, on=on, text=text.strip(), visitor=actor)
    visit.full_clean()
    visit.save()
    record(actor=actor, verb=Verb.CREATED, subject=visit)
    return visit
