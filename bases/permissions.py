"""Who may do what with bases, agreements and papers."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from bases.models import Agreement, Base, Document
from wenxi_portal.accounts.enums import Role

VIEW = {
    "bases.view_base",
    "bases.view_basekind",
    "bases.view_agreement",
    "bases.view_document",
    "bases.view_announcedfigure",
}
WORK = VIEW | {
    "bases.add_base",
    "bases.change_base",
    "bases.move_base",
    "bases.add_agreement",
    "bases.change_agreement",
    "bases.move_agreement",
    "bases.add_document",
    "bases.change_document",
}

ROLE_PERMISSIONS = {
    Role.ORGANIZATION_DEPARTMENT: WORK
    | {"bases.change_basekind", "bases.add_announcedfigure", "bases.change_announcedfigure"},
    Role.LEAD_UNIT_OFFICER: WORK,
    Role.AUDITOR: VIEW,
}

Actor = AbstractBaseUser | AnonymousUser


def can_read_document(user: Actor, document: Document) -> bool:
    """Tell whether ``user`` may open ``document``: public, or of a record the user works with."""
    if Document.objects.public().filter(pk=document.pk).exists():
        return True
    if not user.has_perm("bases.view_document"):  # type: ignore[union-attr]
        return False
    if document.base_id:
        return Base.objects.visible_to(user).filter(pk=document.base_id).exists()
    return Agreement.objects.visible_to(user).filter(pk=document.agreement_id).exists()
