"""Many requests put into somebody else's hands at once."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from internships.models import ServiceRequest, SupportRequest
from internships.services.cases import take_up
from wenxi_portal.accounts.models import User


@transaction.atomic
def hand_on_requests(
    keys: Collection[int], *, model: type[SupportRequest] | type[ServiceRequest], owner: User, actor: User
) -> int:
    """Put these requests into the hands of ``owner``, all of them or none; return how many there are.

    Raises ``DomainError`` as ``take_up`` does: for somebody who may not have one of them, and for one that is over.
    """
    rows: list[Any] = list(model._default_manager.filter(pk__in=keys).order_by("pk"))
    for row in rows:
        take_up(request=row, actor=actor, owner=owner)
    return len(rows)
