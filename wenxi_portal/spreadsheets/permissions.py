"""Who may bring sheets in and take them out."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User
from wenxi_portal.core.errors import DomainError
from wenxi_portal.spreadsheets.registry import sheet_of

SEE_EXPORTS = {"spreadsheets.view_exportfile"}
SEE = {"spreadsheets.view_importrun"}
WORK = SEE | {"spreadsheets.add_importrun", "spreadsheets.change_importrun"}

ROLE_PERMISSIONS = {
    Role.ORGANIZATION_DEPARTMENT: WORK | SEE_EXPORTS,
    Role.LEAD_UNIT_OFFICER: WORK | SEE_EXPORTS,
    Role.AUDITOR: SEE | SEE_EXPORTS,
    Role.FINANCE: SEE_EXPORTS,
}


def can_import(user: AbstractBaseUser | AnonymousUser, label: str) -> bool:
    """Tell whether ``user`` may bring in rows of the model ``label``."""
    sheet = sheet_of(label)
    if sheet is None or sheet.intake is None:
        return False
    return user.has_perms({"spreadsheets.add_importrun", *sheet.intake.permissions})  # type: ignore[union-attr]


def check_import(actor: User, label: str) -> None:
    """Raise ``DomainError`` when ``actor`` may not bring in rows of the model ``label``."""
    if not can_import(actor, label):
        raise DomainError(_("Your account may not bring in such rows."), code="permission")
