"""The accounts application: who may sign in."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Keeps the role groups in step with the permissions that the rooms declare, after every migration."""

    name = "wenxi_portal.accounts"
    label = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Connect the role groups to the end of a migration run, when all permissions exist; register the checks."""
        from wenxi_portal.accounts import checks
        from wenxi_portal.accounts.services.roles import sync_roles_after_migrate

        checks.declare()
        post_migrate.connect(sync_roles_after_migrate, dispatch_uid="accounts.sync_roles")
