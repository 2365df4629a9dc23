"""The audit in the admin: read, searched, never written."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.models import AuditEntry
from wenxi_portal.audit.permissions import RETENTION
from wenxi_portal.audit.selectors import forecast
from wenxi_portal.core.admin.filters import ChoiceFilter
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.wording import labelled

# What the keys of an entry's details are called.
DETAILS = {
    "before": _("older than"),
    "fields": _("fields"),
    "from_state": _("from"),
    "invited": _("invited"),
    "is_public": _("public may read it"),
    "kind": _("kind"),
    "list": _("list"),
    "paper": _("paper"),
    "role": _("role"),
    "rows": _("number of rows"),
    "shown": _("filters, search and order"),
    "to_state": _("to"),
}


class VerbFilter(ChoiceFilter):
    """By deed."""

    title = _("deed")
    parameter_name = "deed"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The deeds."""
        return Verb.choices

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Entries of the deed."""
        return queryset.filter(verb=value)


@admin.register(AuditEntry)
class AuditEntryAdmin(PortalModelAdmin):
    """Who did what, newest first."""

    list_display = ("at", "actor", "verb", "subject", "reason")
    list_filter = (VerbFilter,)
    list_select_related = ("actor",)
    search_fields = ("subject", "reason", "actor__name", "subject_id")
    fields = ("at", "actor", "verb", "subject", "shown_type", "subject_id", "reason", "shown_details")
    readonly_fields = fields

    def get_urls(self) -> list[Any]:
        """Add the page of retention times."""
        page = self.admin_site.admin_view(self.retention_view)
        return [path("retention/", page, name="audit_auditentry_retention"), *super().get_urls()]

    def retention_view(self, request: HttpRequest) -> HttpResponse:
        """Show how long each kind of record is kept, and what would be erased now."""
        if not request.user.has_perm(RETENTION):
            raise PermissionDenied
        rows = forecast()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Retention times"),
            "rows": rows,
            "is_on": any(row.applied and not row.kind.by_itself for row in rows),
            "opts": self.opts,
        }
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        return TemplateResponse(request, "admin/audit/retention.html", context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Entries are left by deeds, not typed."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        """Entries are never edited."""
        return False

    @display(description=_("kind of record"), empty_value="—")
    def shown_type(self, entry: AuditEntry) -> str | None:
        """What kind of record it is, in words."""
        return type_words(entry.subject_type) or None

    @display(description=_("details"), empty_value="—")
    def shown_details(self, entry: AuditEntry) -> SafeString | None:
        """The details, one a line."""
        lines = [
            (labelled(DETAILS.get(key, key), type_words(str(value))),) for key, value in sorted(entry.details.items())
        ]
        return format_html_join("", "<div>{}</div>", lines) or None


def type_words(label: str) -> str:
    """Return the name of the model that ``label`` (``app.model``) stands for, or the text as it is."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label
