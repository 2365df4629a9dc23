"""The reminders application: what is due, for whom, on which step."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RemindersConfig(AppConfig):
    """Finds the ladders that the rooms declare."""

    name = "wenxi_portal.reminders"
    label = "reminders"
    verbose_name = _("Reminders")

    def ready(self) -> None:
        """Read the declarations of every room, found by name."""
        from wenxi_portal.reminders import registry

        registry.discover()
