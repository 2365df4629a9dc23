"""Nominations at the officers' desk: read, exported, brought in by sheet."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from internships.models import Nomination
from wenxi_portal.core.admin.exports import ExportsWhatItShows
from wenxi_portal.core.admin.labels import badge
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.masking import mask_email, mask_mobile
from wenxi_portal.reminders.admin.why import TellsWhyReminded


@admin.register(Nomination)
class NominationAdmin(TellsWhyReminded, ExportsWhatItShows, PortalModelAdmin):  # type: ignore[misc]
    """What universities proposed and what students answered."""

    list_display = ("name", "shown_state", "university", "shown_position", "level", "major", "answer_until")
    list_filter = ("state",)
    search_fields = ("name", "university__name", "position__title")
    list_select_related = ("university", "position__host")
    actions_detail = ("why_reminded",)
    fields = (
        ("name", "shown_state", "shown_contact"),
        ("university", "shown_position"),
        ("level", "major"),
        ("answer_until", "note"),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Universities nominate on their own pages; the office brings in sheets."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was sent to a student stays."""
        return False

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by name, university and position."""
        return super(PortalModelAdmin, self).get_search_results(request, queryset, search_term)

    @display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, nomination: Nomination) -> SafeString:
        """The state as colour, icon and word."""
        return badge(nomination.badge, nomination.get_state_display())

    @display(description=gettext_lazy("position"))
    def shown_position(self, nomination: Nomination) -> str:
        """Position and host."""
        return f"{nomination.position.title} · {nomination.position.host.name}"

    @display(description=gettext_lazy("mobile or e-mail"))
    def shown_contact(self, nomination: Nomination) -> str:
        """The way of contact, masked."""
        return mask_mobile(nomination.mobile) if nomination.mobile else mask_email(nomination.email)
