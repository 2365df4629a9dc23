"""What the internships room tells: each area declares its kinds of message in a file of its own."""

from django.utils.translation import gettext_lazy as _

from internships.notifications import applying, care, positions, stay
from wenxi_portal.notifications.kinds import area

for _label, _name in (
    (_("Positions"), "positions"),
    (_("Applications and nominations"), "applying"),
    (_("Stays, attendance and certificates"), "stay"),
    (_("Support, the one window, shuttles and activities"), "care"),
):
    area(_label, f"internships.notifications.{_name}", f"internships.reminders.{_name}")

__all__ = ["applying", "care", "positions", "stay"]
