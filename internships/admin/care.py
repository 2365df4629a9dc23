"""The log of care: who was looked after when, and by whom."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from internships.admin.care_forms import CareForm
from internships.admin.parts import AsksAboutStay, desk_of, visible_stay
from internships.enums import CareKind
from internships.models import CareVisit
from internships.services.care import log_care
from wenxi_portal.core.admin.filters import ChoiceFilter
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.moves import Deed


class CareKindFilter(ChoiceFilter):
    """By kind."""

    title = gettext_lazy("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The kinds."""
        return CareKind.choices

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows of the kind."""
        return queryset.filter(kind=value)


@admin.register(CareVisit)
class CareVisitAdmin(AsksAboutStay, PortalModelAdmin):
    """Care is logged from the stay; what was written stays as it was."""

    list_display = ("on", "shown_student", "kind", "visitor", "shown_text")
    list_filter = (CareKindFilter,)
    list_select_related = ("placement__student", "placement__host", "visitor")
    search_fields = ("placement__student__name", "placement__host__name")
    ordering = ("-on", "-pk")
    date_hierarchy = "on"
    fields = (("shown_student", "shown_host"), ("kind", "on", "visitor"), "text")

    def get_urls(self) -> list[Any]:
        """Add the page on which care is logged."""
        page = self.admin_site.admin_view(self.log_view)
        return [path("log/<int:stay>/", page, name="internships_carevisit_log"), *super().get_urls()]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Care is logged on a stay."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was written stays as it was."""
        return False

    def log_view(self, request: HttpRequest, stay: int) -> HttpResponse:
        """Ask how the student of a stay was looked after, and note it."""
        found = visible_stay(request, stay)
        if found is None:
            raise Http404
        deed = Deed(
            title=_("Log care"),
            button=_("Log it"),
            form=CareForm,
            perform=partial(log_care, placement=found, actor=request.user),
            done=_("It is logged."),
            back=desk_of(found, "internships_carevisit_changelist"),
            then=desk_of(found, "internships_carevisit_changelist"),
        )
        return self.deed_view(request, found, deed, permission="internships.add_carevisit")

    @display(description=gettext_lazy("student"), ordering="placement__student__name")
    def shown_student(self, visit: CareVisit) -> str:
        """Who was looked after."""
        return str(visit.placement.student)

    @display(description=gettext_lazy("host"))
    def shown_host(self, visit: CareVisit) -> str:
        """Where."""
        return str(visit.placement.host)

    @display(description=gettext_lazy("what was said and done"))
    def shown_text(self, visit: CareVisit) -> str | SafeString:
        """The beginning of the note."""
        return visit.text[:40] + ("…" if len(visit.text) > 40 else "")
