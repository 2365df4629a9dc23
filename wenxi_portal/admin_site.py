"""The staff's admin as one site of its own."""

from django.contrib.admin.apps import AdminConfig
from unfold.sites import UnfoldAdminSite


class PortalAdminSite(UnfoldAdminSite):
    """The admin of the organization department and the lead units."""


class PortalAdminConfig(AdminConfig):
    """Makes the portal's own site the default one."""

    default_site = "wenxi_portal.admin_site.PortalAdminSite"
