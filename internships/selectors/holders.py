"""Into whose hands matters of lead units may go."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User
from wenxi_portal.organisations.models import Membership


def holders_of(lead_units: Iterable[int]) -> QuerySet[User]:
    """Return the open staff accounts that belong to all these units, and those of the department, by name."""
    own = Q(groups__name=Role.LEAD_UNIT_OFFICER)
    for unit in set(lead_units):
        own &= Q(pk__in=Membership.objects.current().filter(organisation=unit).values("user"))
    found = own | Q(groups__name=Role.ORGANIZATION_DEPARTMENT)
    return User.objects.filter(found, is_active=True, is_staff=True).distinct().order_by("name", "pk")
