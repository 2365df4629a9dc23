"""Roles as groups: which permissions each has is declared by the rooms and written here."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Concat

from wenxi_portal.accounts.enums import STAFF_ROLES, Role
from wenxi_portal.accounts.models import User
from wenxi_portal.core.rooms import modules_called


def declared_permissions() -> dict[Role, set[str]]:
    """Collect ``ROLE_PERMISSIONS`` from the ``permissions`` module of every installed application."""
    declared: dict[Role, set[str]] = defaultdict(set)
    for room in modules_called("permissions"):
        table: Mapping[Role, set[str]] = getattr(room, "ROLE_PERMISSIONS", {})
        for role, names in table.items():
            declared[role] |= set(names)
    return declared


@transaction.atomic
def sync_roles() -> None:
    """Make the role groups hold exactly the declared permissions.

    Raises ``ImproperlyConfigured`` when a declaration names a permission that does not exist.
    """
    known = {
        permission.full_name: permission
        for permission in Permission.objects.annotate(
            full_name=Concat("content_type__app_label", Value("."), "codename")
        )
    }
    declared = declared_permissions()
    for role in Role:
        unknown = declared[role] - known.keys()
        if unknown:
            raise ImproperlyConfigured(f"Role {role.value} names unknown permissions: {', '.join(sorted(unknown))}.")
        group, _ = Group.objects.get_or_create(name=role.value)
        group.permissions.set(known[name] for name in declared[role])


def sync_roles_after_migrate(*, app_config: AppConfig, **kwargs: Any) -> None:
    """Run ``sync_roles`` after the last application of a migration run; skip while tables are missing.

    Told once an application: before the last, permissions that a new release brings do not exist yet.
    """
    # This room stands before Django's own and is told first: the application's permissions do not exist yet.
    create_permissions(app_config=app_config, **kwargs)
    last = [each for each in apps.get_app_configs() if each.models_module is not None][-1]
    if app_config.label != last.label:
        return
    expected = {name for names in declared_permissions().values() for name in names}
    labels = {name.split(".")[0] for name in expected}
    if labels <= set(Permission.objects.values_list("content_type__app_label", flat=True).distinct()):
        sync_roles()


@transaction.atomic
def give_role(*, user: User, role: Role) -> None:
    """Let ``user`` play ``role``; a staff role opens the admin."""
    user.groups.add(Group.objects.get(name=role.value))
    if role in STAFF_ROLES and not user.is_staff:
        user.is_staff = True
        user.save(update_fields=["is_staff"])
    user.__dict__.pop("_role_names", None)


@transaction.atomic
def take_role(*, user: User, role: Role) -> None:
    """End ``role`` for ``user``; the last staff role closes the admin."""
    user.groups.remove(Group.objects.get(name=role.value))
    user.__dict__.pop("_role_names", None)
    if user.is_staff and not user.plays_staff_role:
        user.is_staff = False
        user.save(update_fields=["is_staff"])
