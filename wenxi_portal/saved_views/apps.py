"""The saved-views application: a list as somebody wants to see it again, and what is new in it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SavedViewsConfig(AppConfig):
    """Finds the lists that the rooms let people keep views of."""

    name = "wenxi_portal.saved_views"
    label = "saved_views"
    verbose_name = _("Saved views")

    def ready(self) -> None:
        """Read the declarations of every room, found by name."""
        from wenxi_portal.saved_views import listings

        listings.discover()
