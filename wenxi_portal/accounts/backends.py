"""Which accounts the portal lets in."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser

from wenxi_portal.accounts.models import User
from wenxi_portal.accounts.permissions import can_sign_in


class PortalBackend(AuthenticationBackend):
    """Signs in by e-mail or mobile. Asked at every request, so that a closed account is out at once."""

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        """Refuse accounts that are closed, and demo accounts outside the demo."""
        return isinstance(user, User) and can_sign_in(user)
