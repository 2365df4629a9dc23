"""Closing an account."""

from django.db import transaction
from django.utils.translation import gettext as _

from wenxi_portal.accounts.belongings import belongings_of
from wenxi_portal.accounts.models import User
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError


@transaction.atomic
def switch_off(*, user: User) -> User:
    """Close an account. Raises ``DomainError`` while something is open in its name: that is handed over first.

    Whoever puts something in its name holds the account until it is written (``core.editing.hold``), so that of the two
    at the same moment one is refused.
    """
    present = lock(user)
    if belongings_of(present):
        raise DomainError(_("Something was put in this person's name at this very moment. Hand it over first."))
    present.is_active = False
    present.save(update_fields=["is_active"])
    return present
