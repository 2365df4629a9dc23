"""Invitations from the admin: the accounts' pages lie below the organisations and cannot ask for a unit themselves."""

from typing import Any

from wenxi_portal.accounts.models import User
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.pages.services.staff_invitations import invite_staff


def unit_choices() -> list[tuple[str, str]]:
    """Return the organisations that somebody may act for, by kind and name; the first choice is none."""
    found = Organisation.objects.order_by("kind", "sort_key", "pk").values_list("pk", "name")
    return [("", "—"), *((str(pk), name) for pk, name in found)]


def invite_from_desk(actor: User, *, unit: str, **values: Any) -> User:
    """Invite somebody as ``actor``; ``unit`` is the key of one of ``unit_choices``. Raises as ``invite_staff`` does."""
    organisation = Organisation.objects.get(pk=unit) if unit else ""
    return invite_staff(actor=actor, unit=organisation, **values)
