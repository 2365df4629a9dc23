"""Who may do what with accounts, and who may come in at all."""

from allauth.mfa.models import Authenticator
from django.conf import settings

from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User

ROLE_PERMISSIONS = {
    Role.SYSTEM_ADMINISTRATOR: {"accounts.view_user", "accounts.add_user", "accounts.change_user"},
    Role.AUDITOR: {"accounts.view_user"},
}

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def demo_is_on() -> bool:
    """Tell whether one may enter without an account of one's own. Never outside DEBUG."""
    return bool(settings.PORTAL_DEMO and settings.DEBUG)


def can_sign_in(user: User) -> bool:
    """Tell whether the account may be used: it is active, and a demo account only while the demo is on."""
    return user.is_active and (not user.is_demo or demo_is_on())


def must_have_second_factor(user: User) -> bool:
    """Tell whether the rule "staff need a second factor" binds this account; demo accounts in the demo are free."""
    return user.is_staff and not (user.is_demo and demo_is_on())


def has_second_factor(user: User) -> bool:
    """Tell whether an authenticator app or a security key is set up. Recovery codes alone do not count."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_FACTORS).exists()


def can_remove_second_factor(user: User, authenticator: Authenticator) -> bool:
    """Tell whether ``authenticator`` may go: staff keep at least one app or key."""
    if not must_have_second_factor(user) or authenticator.type not in SECOND_FACTORS:
        return True
    others = Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_FACTORS).exclude(pk=authenticator.pk)
    return others.exists()
