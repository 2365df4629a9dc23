"""Queries about accounts."""

from typing import Any

from django.contrib.auth.models import BaseUserManager
from django.db import models

from wenxi_portal.accounts.enums import Role
from wenxi_portal.core import cipher
from wenxi_portal.core.validators import normalise_digits

MOBILE_CONTEXT = "accounts.user.mobile"


def mobile_index(mobile: str) -> str:
    """Return the fingerprint by which an account is found from its mobile number."""
    return cipher.keyed_index(normalise_digits(mobile), context=MOBILE_CONTEXT)


class UserQuerySet(models.QuerySet[Any]):
    """Accounts by what signs them in and by role."""

    def with_mobile(self, mobile: str) -> "UserQuerySet":
        """Accounts that sign in with this mobile number: one or none."""
        return self.filter(mobile_index=mobile_index(mobile))

    def with_email(self, email: str) -> "UserQuerySet":
        """Accounts that sign in with this e-mail address, whatever its case: one or none."""
        return self.filter(email__iexact=email.strip())

    def with_role(self, role: Role) -> "UserQuerySet":
        """Accounts that play this part."""
        return self.filter(groups__name=role.value)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes accounts. There is no superuser: nobody stands above the rules."""

    def create_user(
        self, *, email: str | None = None, mobile: str | None = None, password: str | None = None, **extra: Any
    ) -> Any:
        """Make an account that signs in with an e-mail address, a mobile number or both.

        Without ``password`` the account has none and signs in by code. Raises ``ValueError`` when neither
        e-mail nor mobile is given.
        """
        if not email and not mobile:
            raise ValueError("An account needs an e-mail address or a mobile number.")
        user = self.model(email=(email or "").strip().lower() or None, mobile=mobile or "", **extra)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str) -> Any:
        """Find the account by e-mail address."""
        return self.get(email__iexact=username)
