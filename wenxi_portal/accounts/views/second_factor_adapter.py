"""Where the second factor of the sign-in library meets our rules: sealed secrets, staff keep one."""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wenxi_portal.accounts.permissions import can_remove_second_factor
from wenxi_portal.accounts.services.second_factor import SECRET_CONTEXT
from wenxi_portal.core import cipher


class PortalSecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are sealed at rest; the last second factor of staff cannot be removed."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Look again at the newest code in the app."),
        "cannot_delete_authenticator": _("Your account needs a second step. Set up another one before removing this."),
        "unverified_email": _("Confirm your e-mail address first."),
        "add_email_blocked": _("Ask the system administrator to change the e-mail address of this account."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return cipher.seal(text, context=SECRET_CONTEXT)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a secret."""
        return cipher.unseal(encrypted_text, context=SECRET_CONTEXT)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Ask the rule."""
        return can_remove_second_factor(authenticator.user, authenticator)

    def get_totp_issuer(self) -> str:
        """Return the name under which the account stands in the app."""
        return settings.PORTAL_SITE_NAME

    def get_totp_label(self, user: Any) -> str:
        """Return whose account it is, without a full mobile number."""
        return user.email or user.masked_mobile

    def _get_site_name(self) -> str:
        return settings.PORTAL_SITE_NAME
