"""Nominations as the nominated student meets them."""

from django.utils import timezone

from internships.models import Nomination
from wenxi_portal.accounts.models import User


def nominations_for(user: User) -> list[Nomination]:
    """Return the unanswered nominations that were sent to a verified way of contact of ``user``."""
    ways = [user.mobile] if user.mobile and user.mobile_verified else []
    addresses = user.emailaddress_set  # type: ignore[attr-defined]
    ways += list(addresses.filter(verified=True).values_list("email", flat=True))
    waiting = Nomination.objects.addressed_to(*ways).waiting().filter(answer_until__gte=timezone.localdate())
    return list(waiting.select_related("position__host", "university"))
