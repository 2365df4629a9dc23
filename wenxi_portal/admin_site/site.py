"""The admin of the organization department and the lead units: the roof over every room's admin pages."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from csp.constants import UNSAFE_EVAL, UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url
from django.urls import path, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from unfold.sites import UnfoldAdminSite

from wenxi_portal.accounts.enums import Role
from wenxi_portal.admin_site import saved_views
from wenxi_portal.admin_site.choices import ChoicesView
from wenxi_portal.admin_site.deeds import deeds_on, reasons_on
from wenxi_portal.admin_site.exports import export_page
from wenxi_portal.admin_site.invitations import invite_from_desk, unit_choices
from wenxi_portal.admin_site.public_page import page_of_record
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.admin.history import Change, Reason
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.saved_views import Bar
from wenxi_portal.core.admin.waiting import waiting
from wenxi_portal.notifications.selectors.inbox import unread_count
from wenxi_portal.reminders.selectors.watchdog import silent
from wenxi_portal.spreadsheets.permissions import can_import

# The admin's own scripts (Alpine) evaluate the expressions that stand in its templates, and set styles on elements.
# Both come from our own server; public pages keep the strict policy of settings/parts/security.py.
STAFF_POLICY = {"script-src": [UNSAFE_EVAL], "style-src": [UNSAFE_INLINE]}


class PortalAdminSite(UnfoldAdminSite):
    """Opens on what waits today; signs in through the portal; knows the audit and the sheets."""

    index_title = _("Waiting today")
    index_template = "admin/portal/index.html"
    enable_nav_sidebar = True

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take the portal's own pages only: those that libraries bring know neither own rows nor the audit."""
        if admin_class is not None and issubclass(admin_class, PortalModelAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        """Guard ``view``, and loosen the content policy for staff pages alone."""
        return csp_update(STAFF_POLICY)(super().admin_view(view, cacheable))

    def get_urls(self) -> list[Any]:
        """Put the portal's own way to a record's public page before Django's."""
        page = self.admin_view(partial(page_of_record, self))
        return [path("r/<path:content_type_id>/<path:object_id>/", page, name="view_on_site"), *super().get_urls()]

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """Return every page of the admin, worked out when it is looked at: each page asks, and few show it."""
        found = SimpleLazyObject(partial(super().get_app_list, request, app_label))
        return cast("list[dict[str, Any]]", found)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show what waits for the person who is signed in."""
        queues = waiting(request)
        context = {
            "queues": queues,
            "waiting_total": sum(queue.total for queue in queues),
            # An auditor reads everything and does nothing: nothing waits for one.
            "only_reads": request.user.has_role(Role.AUDITOR),  # type: ignore[union-attr]
            "silences": silent(),
            "unread": unread_count(request.user),
        }
        return super().index(request, {**context, **(extra_context or {})})

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead to the portal's own sign-in, or straight in; refuse accounts that do not belong to staff."""
        target = request.GET.get("next") or reverse("admin:index", current_app=self.name)
        if not request.user.is_authenticated:
            return redirect_to_login(target, resolve_url("account_login"))
        if not self.has_permission(request):
            raise PermissionDenied(_("This part of the portal is for the county's staff."))
        return HttpResponseRedirect(reverse("admin:index", current_app=self.name))

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Sign out and go to the public home page."""
        return require_POST(_sign_out)(request)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead to the portal's own page for it."""
        return HttpResponseRedirect(resolve_url("account_change_password"))

    def autocomplete_view(self, request: HttpRequest) -> JsonResponse:
        """Answer what may be chosen: also public records of others, where a form allows it."""
        return ChoicesView.as_view(admin_site=self)(request)

    def search(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Find pages of the admin by name. There are fewer than fill one page, whatever number is asked for."""
        request.GET = request.GET.copy()  # type: ignore[assignment]
        request.GET["page"] = "1"  # type: ignore[index]
        return super().search(request, extra_context)

    def record_deed(self, request: HttpRequest, verb: str, subject: Model, **details: Any) -> None:
        """Write an audit entry for what the signed-in person did."""
        record(actor=request.user, verb=Verb(verb), subject=subject, **details)  # type: ignore[arg-type]

    def deeds_on(self, subject: Model) -> list[Change]:
        """Return what the audit tells of ``subject``, newest first."""
        return deeds_on(subject)

    def reasons_on(self, subject: Model) -> list[Reason]:
        """Return why ``subject`` was corrected, oldest first."""
        return reasons_on(subject)

    def unit_choices(self) -> list[tuple[str, str]]:
        """Return the organisations that somebody who is invited may act for."""
        return unit_choices()

    def invite(self, request: HttpRequest, **values: Any) -> Any:
        """Invite somebody and record it."""
        return invite_from_desk(request.user, **values)  # type: ignore[arg-type]

    def views_of(self, request: HttpRequest, model_admin: Any, shown: dict[str, list[str]]) -> Bar:
        """Return the saved views of a list, for the bar above it."""
        return saved_views.bar_of(request, model_admin, shown)

    def keep_view(self, request: HttpRequest, model_admin: Any) -> HttpResponse:
        """Keep the list on screen as a view and lead back to it."""
        return saved_views.keep(request, model_admin)

    def new_rows(self, request: HttpRequest, mark: str) -> QuerySet[Any] | None:
        """Return the keys of the records that one look of an own view found new."""
        return saved_views.new_rows(request, mark)

    def may_import(self, request: HttpRequest, model: type[Model]) -> bool:
        """Tell whether the person may bring in rows of ``model``."""
        return can_import(request.user, model._meta.label_lower)

    def export(
        self,
        request: HttpRequest,
        model: type[Model],
        queryset: QuerySet[Any],
        shown: dict[str, Any],
        *,
        ask: bool = False,
    ) -> HttpResponseBase:
        """Answer with the records as a sheet in office layout, and record that they left the house."""
        return export_page(self, request, model, queryset, shown, ask=ask)


def _sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return HttpResponseRedirect(resolve_url("pages:home"))
