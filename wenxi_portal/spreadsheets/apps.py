"""The spreadsheets application: sheets in, sheets out."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SpreadsheetsConfig(AppConfig):
    """Registers imports and exports."""

    name = "wenxi_portal.spreadsheets"
    label = "spreadsheets"
    verbose_name = _("Sheets in and out")
