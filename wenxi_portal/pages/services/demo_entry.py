"""Accounts of the demonstration: fictitious people without a password, usable only while the demonstration is on."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from internships.services.demo_cast import Cast
from wenxi_portal.accounts.models import User
from wenxi_portal.accounts.permissions import demo_is_on
from wenxi_portal.accounts.services.emails import put_email
from wenxi_portal.accounts.services.roles import give_role
from wenxi_portal.core.errors import DomainError
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.organisations.services.membership import join
from wenxi_portal.pages.enums import DemoRole
from wenxi_portal.pages.services.demo import FIGURES, PREFERRED_LEAD_UNIT


def ensure_demo_accounts() -> list[User]:
    """Make the accounts of all figures that do not exist yet."""
    return [ensure_demo_account(role=role) for role in FIGURES]


def demo_cast() -> Cast:
    """Return the figures as those who act in the sample records."""
    found = {role: ensure_demo_account(role=role) for role in FIGURES}
    return Cast(
        department=found[DemoRole.ORGANIZATION_DEPARTMENT],
        officer=found[DemoRole.LEAD_UNIT],
        university=found[DemoRole.UNIVERSITY],
        host=found[DemoRole.HOST],
        student=found[DemoRole.STUDENT],
        reviewer=found[DemoRole.REVIEWER],
        finance=found[DemoRole.FINANCE],
    )


@transaction.atomic
def ensure_demo_account(*, role: DemoRole) -> User:
    """Return the account of a figure, made when it is missing. Raises ``DomainError`` outside the demonstration."""
    if not demo_is_on():
        raise DomainError(_("The demonstration is switched off."), code="no_demo")
    figure = FIGURES[role]
    email = f"demo-{role.value.replace('_', '-')}@example.invalid"
    user = User.objects.with_email(email).filter(is_demo=True).first()
    if user is None:
        user = User.objects.create_user(email=email, name=figure.name, is_demo=True)
        put_email(user=user, email=email, verified=True)
        give_role(user=user, role=figure.role)
    organisation = _organisation_of(role)
    if organisation is not None and not user.memberships.current().exists():
        join(user=user, organisation=organisation, title=figure.title)
    return user


def _organisation_of(role: DemoRole) -> Organisation | None:
    """Return for which organisation the figure acts: one on file, never an invented one."""
    choices: dict[DemoRole, QuerySet[Organisation]] = {
        DemoRole.LEAD_UNIT: Organisation.objects.lead_units(),
        DemoRole.UNIVERSITY: Organisation.objects.universities(),
        DemoRole.HOST: Organisation.objects.hosts(),
    }
    if role not in choices:
        return None
    found = choices[role].order_by("pk")
    preferred = found.filter(name__contains=PREFERRED_LEAD_UNIT).first() if role == DemoRole.LEAD_UNIT else None
    return preferred or found.first()
