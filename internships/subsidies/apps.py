"""The subsidies application: what students are due, who looked at it, and how it was paid."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SubsidiesConfig(AppConfig):
    """Registers the models of subsidies."""

    name = "internships.subsidies"
    label = "subsidies"
    verbose_name = _("Subsidies")
