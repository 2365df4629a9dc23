"""The notifications application: telling one person one thing."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """Finds what the rooms have to tell."""

    name = "wenxi_portal.notifications"
    label = "notifications"
    verbose_name = _("Messages")

    def ready(self) -> None:
        """Read the declarations of every room, found by name; register the checks."""
        from wenxi_portal.notifications import checks, kinds

        checks.declare()
        kinds.discover()
