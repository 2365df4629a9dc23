"""Accounts for tests. Every address is under a name that nobody can own."""

from typing import Any

import factory
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User
from wenxi_portal.accounts.services.emails import put_email
from wenxi_portal.accounts.services.roles import give_role


class UserFactory(factory.django.DjangoModelFactory):
    """An active account with a confirmed e-mail address, no password and no role.

    ``UserFactory(role=Role.STUDENT)`` gives a role, ``roles=[…]`` several, ``password="…"`` a password.
    ``UserFactory(second_factor=True)`` sets up the authenticator app that staff need.
    """

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@example.invalid")
    name = factory.Sequence(lambda number: f"测试人员{number}")

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        verified = kwargs.pop("email_verified", True)
        user = model_class.objects.create_user(*args, **kwargs)
        if user.email:
            put_email(user=user, email=user.email, verified=verified)
        return user

    @factory.post_generation
    def role(self: User, create: bool, extracted: Role | None) -> None:
        """Give the one role asked for."""
        if create and extracted:
            give_role(user=self, role=extracted)

    @factory.post_generation
    def roles(self: User, create: bool, extracted: list[Role] | None) -> None:
        """Give all roles asked for."""
        for role in extracted or []:
            give_role(user=self, role=role)

    @factory.post_generation
    def second_factor(self: User, create: bool, extracted: bool | None) -> None:
        """Set up an authenticator app with recovery codes."""
        if create and extracted:
            TOTP.activate(self, generate_totp_secret())
            RecoveryCodes.activate(self)


def staff(role: Role = Role.ORGANIZATION_DEPARTMENT, **kwargs: Any) -> User:
    """Return a member of staff in ``role`` who has a second factor, so that the admin lets them in.

    ``client.force_login(staff(Role.AUDITOR))`` is all a test of an admin page needs.
    """
    return UserFactory(role=role, **{"second_factor": True, **kwargs})
