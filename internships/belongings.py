"""What of this room is open in somebody's name: requests in hand, and stays in charge."""

from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from internships.models import ServiceRequest, SupportRequest
from internships.selectors.stay_officers import stays_of
from wenxi_portal.accounts.belongings import Belonging
from wenxi_portal.accounts.models import User
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW


def belongings(user: User, organisation_id: int | None) -> list[Belonging]:
    """Return the requests in the hands of ``user`` that wait and the stays that are not over, of a unit its own.

    Whoever sees every row works on after leaving a unit.
    """
    if organisation_id is not None and user.has_perm(SEE_EVERY_ROW):
        return []
    support, service = _open(SupportRequest, user, organisation_id), _open(ServiceRequest, user, organisation_id)
    of_support = ngettext("%(number)d request for support", "%(number)d requests for support", support)
    of_window = ngettext("%(number)d request at the window", "%(number)d requests at the window", service)
    rows = stays_of(user)
    stays = (rows if organisation_id is None else rows.filter(lead_unit=organisation_id)).count()
    in_charge = ngettext("%(number)d stay in charge", "%(number)d stays in charge", stays)
    told = (
        (support, "supportrequest", "owner", of_support),
        (service, "servicerequest", "owner", of_window),
        (stays, "placement", "officer", in_charge),
    )
    return [
        Belonging(words % {"number": number}, f"{reverse(f'admin:internships_{name}_changelist')}?{by}={user.pk}")
        for number, name, by, words in told
        if number
    ]


def _open(model: type[Any], user: User, organisation_id: int | None) -> int:
    rows = model.objects.waiting().filter(owner=user)
    found: int = (rows if organisation_id is None else rows.filter(unit=organisation_id)).count()
    return found
