"""Tells the people of a host what became of their position."""

from typing import Any

from internships.models import Position
from wenxi_portal.accounts.models import User
from wenxi_portal.notifications.services.outbox import tell
from wenxi_portal.organisations.models import Membership


def tell_host(position: Position, kind: str, **values: Any) -> None:
    """Tell everybody who acts for the host, once for each revision of the position."""
    members = Membership.objects.current().filter(organisation=position.host_id, user__is_active=True)
    params = {"object": position.pk, "title": position.title, **values}
    for user in User.objects.filter(pk__in=members.values("user")):
        tell(recipient=user, kind=kind, about=f"position:{position.pk}:{position.revision}", params=params)
