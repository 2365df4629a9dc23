"""Who belongs where, in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.saving import SavesThroughService
from wenxi_portal.organisations.admin.filters import CurrentFilter
from wenxi_portal.organisations.admin.forms import MembershipPageForm
from wenxi_portal.organisations.models import Membership
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW, own_organisations
from wenxi_portal.organisations.services.membership import save_membership

KEEP_MEMBERSHIPS = "organisations.change_membership"


@admin.register(Membership)
class MembershipAdmin(SavesThroughService, PortalModelAdmin):
    """Memberships are ended by a last day, never deleted: what somebody did for a unit stays understandable."""

    form = MembershipPageForm
    list_display = ("user", "organisation", "title", "is_head", "since", "until")
    list_filter = (CurrentFilter,)
    list_select_related = ("user", "organisation")
    search_fields = ("user__name", "organisation__name", "title")
    autocomplete_fields = ("user", "organisation")
    fields = ("user", "organisation", ("title", "is_head"), ("since", "until"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        """All for those who keep memberships or see every row, else those of the own organisations."""
        rows = super().get_queryset(request)
        if request.user.has_perm(KEEP_MEMBERSHIPS) or request.user.has_perm(SEE_EVERY_ROW):
            return rows
        return rows.filter(organisation__in=own_organisations(request.user))

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> tuple[str, ...]:
        """Person and organisation stand once entered: another pair is another membership."""
        return ("user", "organisation") if obj else ()

    def save_by_service(self, request: HttpRequest, form: MembershipPageForm, formsets: Any) -> None:
        """Write the membership and record who did."""
        verb = "created" if form.instance.pk is None else "changed"
        save_membership(membership=form.instance)
        self.admin_site.record_deed(request, verb, form.instance, fields=sorted(form.changed_data))  # type: ignore[attr-defined]
