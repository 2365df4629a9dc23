"""The internships application: people, places and time, from the open position to the certificate."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InternshipsConfig(AppConfig):
    """Registers the models of internships."""

    name = "internships"
    verbose_name = _("Internships")
