"""The buttons that hand out what the list shows, and that bring rows in."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action

# Buttons with these addresses hand out what the list shows.
CARRY_FILTERS = ("/export/", "/export-protected/", "/export-studies/")


class ExportsWhatItShows:
    """Mixin of a ModelAdmin: the list as a sheet, with the same filters, search and order; sheets into the list."""

    model: Any
    actions_list = ("export_office", "export_protected", "import_office")

    def has_import_sheet_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Whoever may bring such rows in."""
        return bool(self.admin_site.may_import(request, self.model))  # type: ignore[attr-defined]

    @action(description=_("Export to Excel"), url_path="export", icon="download")  # type: ignore[misc]
    def export_office(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the sheet."""
        return self._export(request)

    @action(description=_("Export with a password"), url_path="export-protected", icon="lock")  # type: ignore[misc]
    def export_protected(self, request: HttpRequest) -> HttpResponseBase:
        """Ask for a password, then answer with the sheet."""
        return self._export(request, ask=True)

    @action(  # type: ignore[misc]
        description=_("Import from Excel"), url_path="import", icon="upload", permissions=["import_sheet"]
    )
    def import_office(self, request: HttpRequest) -> HttpResponseBase:
        """Lead to the page where a sheet of such rows is brought in."""
        query = urlencode({"sheet": self.model._meta.label_lower})
        return HttpResponseRedirect(f"{reverse('admin:spreadsheets_importrun_add')}?{query}")

    def export_rows_of(self, request: HttpRequest, part: Any, name: str) -> HttpResponseBase:
        """Answer with the rows of another model that belong to the records on the list (by ``name``)."""
        return self._export(request, part=part, name=name)

    def _export(self, request: HttpRequest, *, ask: bool = False, part: Any = None, name: str = "") -> HttpResponseBase:
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        changelist = self._list_url()
        try:
            shown = self.get_changelist_instance(request)  # type: ignore[attr-defined]
        except IncorrectLookupParameters:
            return HttpResponseRedirect(f"{changelist}?{urlencode({ERROR_FLAG: 1})}")
        rows = shown.queryset
        if part is not None:
            rows = part._default_manager.filter(**{f"{name}__in": rows.order_by().values("pk")})
        return self.admin_site.export(  # type: ignore[attr-defined]
            request,
            part or self.model,
            rows,
            {name: request.GET.getlist(name) for name in request.GET},  # type: ignore[attr-defined]
            ask=ask,
        )

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:
        """Let the button carry the filters of the list on screen."""
        response = super().changelist_view(request, extra_context)  # type: ignore[misc]
        query = request.GET.urlencode()
        if isinstance(response, TemplateResponse) and response.context_data and query:
            for button in response.context_data.get("actions_list", ()):
                if button.get("path", "").endswith(CARRY_FILTERS):
                    button["path"] = f"{button['path']}?{query}"
        return response

    def _list_url(self) -> str:
        opts = self.opts  # type: ignore[attr-defined]
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
