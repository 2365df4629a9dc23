"""Each role has exactly the permissions it needs (domain.md §1)."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management.sql import emit_post_migrate_signal

from tests.factories.accounts import UserFactory
from wenxi_portal.accounts.enums import STAFF_ROLES, Role
from wenxi_portal.accounts.services.roles import declared_permissions, give_role, sync_roles, take_role

pytestmark = pytest.mark.django_db


def permissions_of(role: Role) -> set[str]:
    """Return what an account with this role alone may do."""
    return UserFactory(role=role).get_all_permissions()


@pytest.mark.parametrize("role", Role)
def test_a_role_holds_what_is_declared_and_nothing_else(role: Role) -> None:
    assert permissions_of(role) == declared_permissions()[role]


def test_a_system_administrator_has_no_power_over_bases_and_agreements() -> None:
    held = permissions_of(Role.SYSTEM_ADMINISTRATOR)

    assert not [name for name in held if name.startswith("bases.")]
    assert {"accounts.add_user", "accounts.change_user"} <= held
    assert "accounts.delete_user" not in held


# An auditor has packs made to take along; finance keeps the money of the year, and never a claim.
OWN_WORK = {
    Role.AUDITOR: {"subsidies.add_auditpack"},
    Role.FINANCE: {
        "subsidies.add_budgetline",
        "subsidies.change_budgetline",
        "subsidies.change_paymentbatch",
        "subsidies.change_recovery",
    },
}


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.FINANCE])
def test_auditors_and_finance_only_read(role: Role) -> None:
    writing = ("add_", "change_", "delete_", "move_")

    assert {name for name in permissions_of(role) if name.split(".")[1].startswith(writing)} == OWN_WORK[role]


# A university brings its sheets of nominations in on its own pages.
OUTSIDE = {Role.UNIVERSITY_LIAISON: {"spreadsheets.add_importrun", "internships.add_nomination"}}


@pytest.mark.parametrize("role", sorted(set(Role) - STAFF_ROLES))
def test_people_outside_the_staff_have_no_permission_in_the_admin(role: Role) -> None:
    assert permissions_of(role) == OUTSIDE.get(role, set())
    assert not UserFactory(role=role).is_staff


def test_nobody_deletes() -> None:
    assert not [name for role in Role for name in permissions_of(role) if ".delete_" in name]


def test_a_permission_given_by_hand_does_not_survive() -> None:
    group = Group.objects.get(name=Role.STUDENT.value)
    group.permissions.add(Group.objects.get(name=Role.ORGANIZATION_DEPARTMENT.value).permissions.first())

    sync_roles()

    assert not group.permissions.exists()


def test_the_last_staff_role_closes_the_admin() -> None:
    user = UserFactory(roles=[Role.AUDITOR, Role.FINANCE])

    take_role(user=user, role=Role.AUDITOR)
    assert user.is_staff
    take_role(user=user, role=Role.FINANCE)
    assert not user.is_staff
    give_role(user=user, role=Role.FINANCE)
    assert user.is_staff


def test_no_password_stands_in_the_code() -> None:
    root = Path(settings.BASE_DIR) if hasattr(settings, "BASE_DIR") else Path(__file__).parents[2]
    listed = subprocess.run(["git", "ls-files", "*.py"], cwd=root, capture_output=True, text=True, check=True).stdout
    sources = [root / name for name in listed.splitlines() if not name.startswith(("tests/", ".venv/"))]

    assert sources
    for source in sources:
        if source.exists():
            text = source.read_text()
            # An empty one says that there is none.
            assert not re.search(r'password="[^"]', text), source
            assert 'set_password("' not in text, source


def test_a_release_that_brings_permissions_gives_them_to_the_roles() -> None:
    Permission.objects.filter(codename="view_retention").delete()

    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")

    assert "audit.view_retention" in permissions_of(Role.AUDITOR)
