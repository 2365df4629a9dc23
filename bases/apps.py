"""The bases application: places and papers of the county–university cooperation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BasesConfig(AppConfig):
    """Registers the bases' models."""

    name = "bases"
    verbose_name = _("Bases and agreements")
