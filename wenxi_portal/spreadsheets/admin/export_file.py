"""Files that were made in the background, each for the person who asked."""

from io import BytesIO
from typing import Any

from django.contrib import admin, messages
from django.http import FileResponse, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from wenxi_portal.core.admin.labels import badge
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.errors import DomainError
from wenxi_portal.spreadsheets.enums import ExportState
from wenxi_portal.spreadsheets.models import ExportFile
from wenxi_portal.spreadsheets.services.exports import read_export

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@admin.register(ExportFile)
class ExportFileAdmin(PortalModelAdmin):
    """The person's own files, newest first. They vanish by themselves."""

    list_display = ("file_name", "shown_state", "rows", "is_protected", "reason", "asked_at", "expires_at", "fetch")
    list_display_links = None
    fields = ("file_name", "reason", "rows", "is_protected", "asked_at", "expires_at")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Files are asked for on the lists."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: ExportFile | None = None) -> bool:
        """Files are not edited."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Add the file itself."""
        fetch = self.admin_site.admin_view(self.fetch_view)
        return [path("<path:object_id>/file/", fetch, name="spreadsheets_exportfile_fetch"), *super().get_urls()]

    def fetch_view(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """Answer with the file."""
        export = self.visible_or_404(request, object_id)
        try:
            content = read_export(export=export, actor=request.user)  # type: ignore[arg-type]
        except DomainError as refusal:
            messages.error(request, refusal.message)
            return HttpResponseRedirect(reverse("admin:spreadsheets_exportfile_changelist"))
        return FileResponse(BytesIO(content), as_attachment=True, filename=export.file_name, content_type=XLSX)

    @display(description=_("state"))
    def shown_state(self, export: ExportFile) -> SafeString:
        """The state as colour, icon and word."""
        return badge(export.badge, export.get_state_display())

    @display(description=_("file"), empty_value="")
    def fetch(self, export: ExportFile) -> Any:
        """The link to the file, while it is kept."""
        if export.state != ExportState.MADE:
            return None
        url = reverse("admin:spreadsheets_exportfile_fetch", args=[export.pk])
        return format_html('<a class="portal-link" href="{}">{}</a>', url, _("Download"))
