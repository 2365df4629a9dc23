"""Saved views of a list: what its page shows of them. The site above the rooms keeps them."""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.views.main import ORDER_VAR, SEARCH_VAR
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST


@dataclass(frozen=True, slots=True)
class Tab:
    """One view: its name, where it opens, whether it is on screen, a colleague's, and watched for new rows."""

    name: str
    url: str
    is_current: bool
    is_shared: bool
    tells: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """The views above a list. ``units`` are those one can share with: key and name."""

    whole_url: str
    tabs: list[Tab]
    is_whole: bool
    units: list[tuple[int, str]]


class KeepsViews:
    """Mixin of a ModelAdmin: named views of its list, without a line of its own."""

    def get_urls(self) -> list[URLPattern]:
        """Add the address that keeps a view."""
        opts = self.opts  # type: ignore[attr-defined]
        view = self.admin_site.admin_view(require_POST(self.keep_view))  # type: ignore[attr-defined]
        name = f"{opts.app_label}_{opts.model_name}_keep_view"
        return [path("keep-view/", view, name=name), *super().get_urls()]  # type: ignore[misc]

    def keep_view(self, request: HttpRequest) -> HttpResponse:
        """Keep the list that the address describes under the name in the form."""
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        return self.admin_site.keep_view(request, self)  # type: ignore[attr-defined]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list under the bar of its views."""
        response = super().changelist_view(request, extra_context)  # type: ignore[misc]
        if isinstance(response, TemplateResponse) and response.context_data and "cl" in response.context_data:
            shown = shown_params(request, response.context_data["cl"])
            response.context_data["views"] = self.admin_site.views_of(request, self, shown)  # type: ignore[attr-defined]
        return response


def shown_params(request: HttpRequest, shown: Any) -> dict[str, list[str]]:
    """Return words, order and filters of the list on screen, in the form in which views keep them."""
    known = {SEARCH_VAR, ORDER_VAR, *(name for spec in shown.filter_specs for name in spec.expected_parameters())}
    found = {name: [value for value in request.GET.getlist(name) if value] for name in sorted(known & set(request.GET))}
    return {name: values for name, values in found.items() if values}
