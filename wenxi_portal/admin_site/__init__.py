"""The staff's admin as one site of its own. This module is read before any model: the site itself is in ``site.py``."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """Makes the portal's own site the default one."""

    default_site = "wenxi_portal.admin_site.site.PortalAdminSite"
