"""Who may be in charge of a stay."""

from django.db.models import QuerySet

from internships.enums import PlacementState
from internships.models import Placement
from wenxi_portal.accounts.models import User
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW, own_organisations

MOVE_STAY = "internships.move_placement"
# A stay in one of these waits for somebody's hand.
OPEN = (PlacementState.PLANNED, PlacementState.READY, PlacementState.ON_POST, PlacementState.INTERRUPTED)


def stays_of(user: User) -> QuerySet[Placement]:
    """Return the stays that are not over and of which ``user`` is in charge."""
    return Placement.objects.filter(officer=user, state__in=OPEN)


def may_be_in_charge(user: User, lead_unit: int) -> bool:
    """Tell whether ``user`` may have stays of the unit: an open account of it or of the department, no mere reader."""
    if not (user.is_active and user.is_staff and user.has_perm(MOVE_STAY)):
        return False
    return user.has_perm(SEE_EVERY_ROW) or own_organisations(user).filter(organisation=lead_unit).exists()
