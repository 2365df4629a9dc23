"""Nominations as the nominated student meets them."""

from django.utils import timezone

from internships.models import Nomination
from wenxi_portal.accounts.models import User


def verified_ways(user: User) -> list[str]:
    """Return the mobile number and the e-mail addresses that ``user`` has proved to have."""
    ways = [user.mobile] if user.mobile and user.mobile_verified else []
    addresses = user.emailaddress_set  # type: ignore[attr-defined]
    return [*ways, *addresses.filter(verified=True).values_list("email", flat=True)]


def nominations_for(user: User) -> list[Nomination]:
    """Return the unanswered nominations that were sent to a verified way of contact of ``user``."""
    waiting = Nomination.objects.addressed_to(*verified_ways(user)).waiting()
    return list(waiting.filter(answer_until__gte=timezone.localdate()).select_related("position__host", "university"))
