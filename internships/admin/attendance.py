"""Attendance sheets in the admin: looked at, confirmed in place of a host, brought in and handed out as workbooks."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from internships.admin.stay_forms import WhyForm
from internships.enums import SheetState
from internships.models import AttendanceSheet
from internships.selectors.attendance import grid, weeks
from internships.services.attendance import confirm_sheet, correct_sheet
from wenxi_portal.core.admin.exports import ExportsWhatItShows
from wenxi_portal.core.admin.filters import ChoiceFilter
from wenxi_portal.core.admin.labels import badge
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed, NothingAsked
from wenxi_portal.reminders.admin.why import TellsWhyReminded

CONFIRM = "internships.confirm_attendancesheet"


class SheetStateFilter(ChoiceFilter):
    """States."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Every state."""
        return list(SheetState.choices)

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """One state."""
        return queryset.filter(state=value)


@admin.register(AttendanceSheet)
class AttendanceSheetAdmin(TellsWhyReminded, AsksBeforeDeed, ExportsWhatItShows, PortalModelAdmin):  # type: ignore[misc]
    """Sheets of all months. They are filled in by the host, or by an import."""

    list_display = ("shown_student", "shown_host", "shown_month", "version", "shown_state", "shown_days")
    list_filter = (SheetStateFilter,)
    list_select_related = ("placement__student", "placement__host")
    search_fields = ("placement__student__name", "placement__host__name")
    fields = ("placement", "shown_month", "version", "shown_state", "shown_days", "note", "correction_reason")
    readonly_fields = fields
    actions_detail = ("confirm", "correct", "why_reminded")
    change_form_outer_after_template = "admin/internships/sheet_days.html"

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by student or host."""
        return super(PortalModelAdmin, self).get_search_results(request, queryset, search_term)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is typed over: see the buttons."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Sheets are opened by the calendar or by the host."""
        return False

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """What the state allows."""
        sheet = self.visible_or_404(request, unquote(str(object_id)))
        names = {"why_reminded"}
        if request.user.has_perm(CONFIRM) and sheet.state != SheetState.REPLACED:
            names.add("confirm" if sheet.state == SheetState.DRAFT else "correct")
        ours = {f"internships_attendancesheet_{name}" for name in names}
        return [one for one in super().get_actions_detail(request, object_id) if one.action_name in ours]

    @action(description=gettext_lazy("Confirm"), url_path="confirm", icon="check", variant=ActionVariant.PRIMARY)
    def confirm(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Confirm in place of the host."""
        sheet = self.visible_or_404(request, unquote(object_id))
        deed = Deed(
            title=_("Confirm in place of the host"),
            button=_("Confirm"),
            form=NothingAsked,
            perform=partial(confirm_sheet, sheet=sheet, actor=request.user),  # type: ignore[arg-type]
            done=_("The month is confirmed. The student is told."),
        )
        return self.deed_view(request, sheet, deed, permission=CONFIRM)

    @action(description=gettext_lazy("Begin a correction"), url_path="correct", icon="edit_calendar")
    def correct(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Begin a new version."""
        sheet = self.visible_or_404(request, unquote(object_id))
        deed = Deed(
            title=_("Begin a correction"),
            button=_("Begin a correction"),
            form=WhyForm,
            perform=partial(correct_sheet, sheet=sheet, actor=request.user),  # type: ignore[arg-type]
            done=_("This is the new version. Fill it in by the host's page or by a workbook, then confirm it."),
        )
        return self.deed_view(request, sheet, deed, permission=CONFIRM)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add the days."""
        sheet = kwargs.get("obj")
        if sheet is not None:
            context |= {
                "weeks": weeks(grid(sheet)),
                "objections": sheet.objections.all(),
                "moves": [
                    (move, SheetState(move.to_state).label) for move in sheet.state_changes.select_related("actor")
                ],
            }
        return super().render_change_form(request, context, *args, **kwargs)

    @display(description=gettext_lazy("student"), ordering="placement__student__name")
    def shown_student(self, sheet: AttendanceSheet) -> str:
        """Whose."""
        return str(sheet.placement.student)

    @display(description=gettext_lazy("host"), ordering="placement__host__name")
    def shown_host(self, sheet: AttendanceSheet) -> str:
        """Where."""
        return sheet.placement.host.name

    @display(description=gettext_lazy("month"), ordering="month")
    def shown_month(self, sheet: AttendanceSheet) -> str:
        """When."""
        return f"{sheet.month:%Y-%m}"

    @display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, sheet: AttendanceSheet) -> SafeString:
        """The state as colour, icon and word."""
        return badge(sheet.badge, sheet.get_state_display())

    @display(description=gettext_lazy("days of attendance"), ordering="half_days")
    def shown_days(self, sheet: AttendanceSheet) -> float:
        """How many days."""
        return sheet.days_present
