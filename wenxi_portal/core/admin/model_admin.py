"""The base of every admin page: rows by ``visible_to``, absent and forbidden alike, nothing with a past deleted."""

from typing import Any, NoReturn

from django.contrib import messages
from django.contrib.admin import ShowFacets
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ERROR_FLAG, ChangeList
from django.db import IntegrityError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from wenxi_portal.core.admin.changelist import PortalChangeList
from wenxi_portal.core.admin.fields import without_side_doors
from wenxi_portal.core.admin.history import history_of, is_tracked
from wenxi_portal.core.admin.links import change_url
from wenxi_portal.core.admin.saved_views import KeepsViews
from wenxi_portal.core.facet_values import row_id


class PortalModelAdmin(KeepsViews, ModelAdmin):
    """Lists and forms of one model as the portal's staff may see them."""

    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    list_per_page = 50
    list_filter_submit = True
    list_fullwidth = True
    warn_unsaved_form = True
    actions = None
    empty_value_display = "—"
    # How many rows are put in order at most, of a list narrowed by filters and of one searched for words; None for
    # tables that stay small (see PortalChangeList).
    most_sorted: int | None = None
    most_found = 2000
    # Models that point at the record and whose changes belong to its history.
    parts_with_history: tuple[type[Model], ...] = ()

    def get_urls(self) -> list[URLPattern]:
        """The pages of a list; Django's redirect of every other address to a record takes whole numbers only."""
        pages = super().get_urls()
        for at, page in enumerate(pages):
            if page.name is None and str(page.pattern) == "<path:object_id>/":
                pages[at] = path("<int:object_id>/", page.callback)
        return pages

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Rows the person may work with."""
        queryset = super().get_queryset(request)
        visible_to = getattr(queryset, "visible_to", None)
        return visible_to(request.user) if visible_to else queryset

    def get_choices(self, request: HttpRequest) -> QuerySet[Any]:
        """Rows the person may choose in somebody else's form."""
        return self.get_queryset(request)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find by characters, pinyin and initials where the model can."""
        matching = getattr(queryset, "matching", None)
        if matching is None:
            return super().get_search_results(request, queryset, search_term)
        return (matching(search_term) if search_term else queryset), False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """The list query that forgives addresses typed by hand."""
        return PortalChangeList

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Values from the address, without those that cannot be the number of a record."""
        initial = super().get_changeform_initial_data(request)
        relations = {field.name for field in self.opts.get_fields() if field.is_relation}
        return {
            name: value
            for name, value in initial.items()
            if name not in relations or all(map(row_id, value if isinstance(value, list) else [value]))
        }

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list; say so when a filter in the address was not understood and the whole list is shown."""
        if ERROR_FLAG in request.GET:
            messages.warning(request, _("The filter in the address was not understood. This is the whole list."))
            understood = request.GET.copy()
            del understood[ERROR_FLAG]
            request.GET = understood  # type: ignore[assignment]
        return super().changelist_view(request, extra_context)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show or save the form; when two save the same at once, the later one is told and sees the list."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except IntegrityError:
            messages.error(request, _("Somebody saved the same at this very moment. Look at the list."))
            return HttpResponseRedirect(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Who may only look has no hidden field: read-only forms would print its name."""
        record, form = kwargs.get("obj"), context["adminform"]
        if record is not None and not self.has_change_permission(request, record):
            form.fieldsets = [
                (title, {**part, "fields": _without_revision(part["fields"])}) for title, part in form.fieldsets
            ]
        return super().render_change_form(request, context, *args, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A field without second windows."""
        return without_side_doors(super().formfield_for_dbfield(db_field, request, **kwargs))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody deletes a record that has a past: it is closed, ended or switched off."""
        return False

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> NoReturn:
        """Absent and forbidden look alike."""
        raise Http404(_("This record does not exist, or it is not yours to see."))

    def visible_or_404(self, request: HttpRequest, object_id: str) -> Any:
        """Return the record, or raise ``Http404`` when it is absent or not the person's to see."""
        found = self.get_object(request, object_id)
        if found is None or not self.has_view_permission(request, found):
            self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return found

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show every change of every field in words; of a record without such history, what was done to it."""
        record = self.visible_or_404(request, unquote(object_id))
        site: Any = self.admin_site
        changes = (
            history_of(record, self.parts_with_history, site.reasons_on(record))
            if is_tracked(self.model)
            else site.deeds_on(record)
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("History"),
            "record_url": change_url(record),
            "changes": changes,
            "opts": self.opts,
            "original": record,
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        return TemplateResponse(request, "admin/portal/history.html", context)

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> None:
        """Record in the portal's own audit instead of Django's log."""
        self.admin_site.record_deed(request, "created", obj)  # type: ignore[attr-defined]

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> None:
        """Record in the portal's own audit instead of Django's log."""
        fields = sorted(name for part in message for name in part.get("changed", {}).get("fields", ()))
        if fields:
            self.admin_site.record_deed(request, "changed", obj, fields=fields)  # type: ignore[attr-defined]


def _without_revision(fields: Any) -> list[Any]:
    return [name for name in fields if name != "expected_revision"]
