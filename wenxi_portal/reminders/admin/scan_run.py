"""The runs of the reminders in the admin, and the outage report above them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from wenxi_portal.core.admin.labels import label
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.reminders.models import ScanRun
from wenxi_portal.reminders.selectors.outages import latest_outages
from wenxi_portal.reminders.selectors.watchdog import silent


@admin.register(ScanRun)
class ScanRunAdmin(PortalModelAdmin):
    """When reminders were looked at, and what came of it."""

    list_display = ("started_at", "ended_at", "shown_silence", "found", "sent", "skipped")
    list_before_template = "admin/reminders/outages.html"
    fields = (("started_at", "ended_at"), "silent_since", ("found", "sent", "skipped"))
    readonly_fields = ("started_at", "ended_at", "silent_since", "found", "sent", "skipped")
    ordering = ("-started_at", "-pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Runs write themselves down."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: ScanRun | None = None) -> bool:
        """Runs are never edited."""
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Put the outage report above the list."""
        context = {"outages": latest_outages(), "silences": silent(), **(extra_context or {})}
        return super().changelist_view(request, context)

    @display(description=_("before it"))
    def shown_silence(self, run: ScanRun) -> SafeString | str:
        """Whether nothing had run before."""
        return label("warning", "power_off", str(_("outage"))) if run.silent_since else "—"
