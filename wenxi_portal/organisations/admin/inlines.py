"""Who belongs to an organisation, on its own page."""

from typing import Any

from django.http import HttpRequest

from wenxi_portal.core.admin.inlines import PartOfRecord
from wenxi_portal.organisations.admin.forms import MembershipForm
from wenxi_portal.organisations.models import Membership


class MembershipInline(PartOfRecord):
    """Memberships are added and ended by a last day, never deleted."""

    model = Membership
    form = MembershipForm
    autocomplete_fields = ("user",)
    fields = ("user", "title", "is_head", "since", "until")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Those who may see memberships, once the organisation is on file."""
        return obj is not None and request.user.has_perm("organisations.view_membership")  # type: ignore[union-attr]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Those who may enter memberships, once the organisation is on file."""
        return obj is not None and request.user.has_perm("organisations.add_membership")  # type: ignore[union-attr]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Those who may change memberships, once the organisation is on file."""
        return obj is not None and request.user.has_perm("organisations.change_membership")  # type: ignore[union-attr]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False
