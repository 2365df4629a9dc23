"""Invitations: an account without a password and a link, good once and for seven days, to choose one."""

from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User
from wenxi_portal.accounts.services.emails import put_email
from wenxi_portal.accounts.services.roles import give_role
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError

VALID_SECONDS = 7 * 24 * 3600
_SALT = "accounts.invitation"


@transaction.atomic
def invite(*, email: str, name: str, role: Role) -> User:
    """Make, or find, the account of an invited person and give it ``role``.

    The inviter vouches for the address. Raises ``DomainError`` when the account already has a password.
    """
    user = User.objects.select_for_update(no_key=True).with_email(email).first()
    if user and user.has_usable_password():
        raise DomainError(
            _("This e-mail address already has an account with a password. Give it the role in the admin."),
            code="already_in",
            field="email",
        )
    user = user or User.objects.create_user(email=email, name=name)
    put_email(user=user, email=email, verified=True)
    give_role(user=user, role=role)
    return user


def invitation_token(user: User) -> str:
    """Return the secret of the link. It is void when a password has been chosen, and after seven days."""
    return signing.dumps([user.pk, _fingerprint(user)], salt=_SALT)


def invited_user(token: str) -> User:
    """Return whose invitation ``token`` is; raise ``DomainError`` when it is forged, out of date or used."""
    try:
        pk, fingerprint = signing.loads(token, salt=_SALT, max_age=VALID_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        raise _void() from None
    user = User.objects.filter(pk=pk, is_active=True).first()
    if user is None or user.has_usable_password() or not constant_time_compare(fingerprint, _fingerprint(user)):
        raise _void()
    return user


@transaction.atomic
def accept_invitation(*, token: str, password: str) -> User:
    """Set the password of the invited person. Of two that use one link at once, the second is refused.

    Raises ``DomainError`` for a void link and ``ValidationError`` for a weak password.
    """
    found = invited_user(token)
    lock(found)
    user = invited_user(token)
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


def _fingerprint(user: User) -> str:
    # An unusable password is a random text, made anew with the account: choosing one changes it.
    return salted_hmac(_SALT, f"{user.pk}:{user.password}:{user.email}", algorithm="sha256").hexdigest()[:32]


def _void() -> DomainError:
    return DomainError(
        _("This invitation has been used or is out of date. Ask your system administrator for a new one."),
        code="void_invitation",
    )
