"""The core application: what every room shares and that knows no domain."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """Registers the core's models."""

    name = "wenxi_portal.core"
    label = "core"
    verbose_name = _("Core")
