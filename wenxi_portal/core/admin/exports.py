"""The button that hands out what the list shows."""

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


class ExportsWhatItShows:
    """Mixin of a ModelAdmin: the list as a sheet, with the same filters, search and order."""

    model: Any
    actions_list = ("export_office",)

    @action(description=_("Export to Excel"), url_path="export", icon="download")  # type: ignore[misc]
    def export_office(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the sheet."""
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        changelist = self._list_url()
        try:
            shown = self.get_changelist_instance(request)  # type: ignore[attr-defined]
        except IncorrectLookupParameters:
            return HttpResponseRedirect(f"{changelist}?{urlencode({ERROR_FLAG: 1})}")
        return self.admin_site.export(  # type: ignore[attr-defined]
            request,
            self.model,
            shown.queryset,
            {name: request.GET.getlist(name) for name in request.GET},  # type: ignore[attr-defined]
        )

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:
        """Let the button carry the filters of the list on screen."""
        response = super().changelist_view(request, extra_context)  # type: ignore[misc]
        query = request.GET.urlencode()
        if isinstance(response, TemplateResponse) and response.context_data and query:
            for button in response.context_data.get("actions_list", ()):
                if button.get("path", "").endswith("/export/"):
                    button["path"] = f"{button['path']}?{query}"
        return response

    def _list_url(self) -> str:
        opts = self.opts  # type: ignore[attr-defined]
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")
