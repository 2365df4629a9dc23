"""The audit application: who did what, append-only."""

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """Records sign-ins and failed sign-ins, the one place where signals of others are heard."""

    name = "wenxi_portal.audit"
    label = "audit"
    verbose_name = _("Audit")

    def ready(self) -> None:
        """Listen to sign-ins: they happen inside a library, so that no service of ours could record them."""
        from wenxi_portal.audit import checks
        from wenxi_portal.audit.services import sign_ins

        checks.declare()
        user_logged_in.connect(sign_ins.record_sign_in, dispatch_uid="audit.sign_in")
        user_login_failed.connect(sign_ins.record_failed_sign_in, dispatch_uid="audit.failed_sign_in")
