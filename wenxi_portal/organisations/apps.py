"""The organisations application: universities, lead units, hosts and who belongs to them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    """Registers the organisations' models."""

    name = "wenxi_portal.organisations"
    label = "organisations"
    verbose_name = _("Organisations")
