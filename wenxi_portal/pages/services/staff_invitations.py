"""Inviting a member of staff: account, role, unit, link."""

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User
from wenxi_portal.accounts.services.invitations import VALID_SECONDS, invitation_token, invite
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.errors import DomainError
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.organisations.services.membership import join


@transaction.atomic
def invite_staff(
    *,
    email: str,
    name: str,
    role: Role,
    unit: str | Organisation = "",
    actor: User | None = None,
) -> User:
    """Make the account of a member of staff, without a password, and record it.

    ``unit`` is the organisation the person acts for, or its name.

    Raises ``DomainError`` when there is no such unit or the account already has a password, ``ValidationError`` for
    broken values.
    """
    organisation = unit if isinstance(unit, Organisation) else _unit(unit) if unit else None
    user = invite(email=email, name=name, role=role)
    if organisation:
        join(user=user, organisation=organisation)
    record(actor=actor, verb=Verb.ROLE_GIVEN, subject=user, role=role.value, invited=True)
    return user


def invitation_link(*, user: User, site: str) -> str:
    """Return the link for ``user``; ``site`` is like ``https://portal.example.gov.cn``."""
    return site.rstrip("/") + reverse("accounts:invitation", args=[invitation_token(user)])


def send_invitation(*, user: User, link: str) -> None:
    """Send the link by e-mail. Raises ``OSError`` when the mail server does not take it."""
    context = {"user": user, "link": link, "days": VALID_SECONDS // 86400, "site_name": settings.PORTAL_SITE_NAME}
    subject = f"[{settings.PORTAL_SITE_NAME}] " + _("Your account")
    send_mail(subject, render_to_string("account/email/invitation.txt", context), None, [user.email or ""])


def _unit(name: str) -> Organisation:
    found = Organisation.objects.filter(name=name).order_by("pk").first()
    if found is None:
        raise DomainError(_("There is no organisation with this name."), code="no_unit", field="unit")
    return found
