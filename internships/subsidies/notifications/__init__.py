"""What the money tells: each area declares its kinds of message in a file of its own."""

from django.utils.translation import gettext_lazy as _

from internships.subsidies.notifications import claims, payments, reviews
from wenxi_portal.notifications.kinds import area

area(
    _("Subsidies and payments"),
    *(f"internships.subsidies.notifications.{name}" for name in ("claims", "payments", "reviews")),
    *(f"internships.subsidies.reminders.{name}" for name in ("claims", "payments", "policies", "reviews")),
)

__all__ = ["claims", "payments", "reviews"]
