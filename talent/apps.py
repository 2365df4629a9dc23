"""The talent application: people of the three databases and everything that is followed up with them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TalentConfig(AppConfig):
    """Registers the models of people."""

    name = "talent"
    verbose_name = _("Talent")
