"""Who may do what with people."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from talent.models import Person
from wenxi_portal.accounts.enums import Role

_KEPT = ("person", "channel", "flexibleagreement", "introduction", "contact")
VIEW = {f"talent.view_{name}" for name in (*_KEPT, "registration")}
WORK = (
    VIEW
    | {f"talent.{verb}_{name}" for verb in ("add", "change") for name in _KEPT}
    | {"talent.reveal_person", "talent.move_flexibleagreement", "talent.decide_registration"}
)
DEPARTMENT = WORK | {
    "talent.merge_person",
    "talent.hand_over",
    "talent.view_townshipcollector",
    "talent.add_townshipcollector",
    "talent.change_townshipcollector",
}

ROLE_PERMISSIONS = {
    Role.ORGANIZATION_DEPARTMENT: DEPARTMENT,
    Role.LEAD_UNIT_OFFICER: WORK,
    Role.AUDITOR: VIEW | {"talent.view_townshipcollector"},
}


def can_see_person(user: AbstractBaseUser | AnonymousUser, person: Person) -> bool:
    """Tell whether ``user`` works with ``person``: permission and row."""
    return user.has_perm("talent.view_person") and Person.objects.visible_to(user).filter(pk=person.pk).exists()  # type: ignore[union-attr]
