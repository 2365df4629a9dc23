"""The working-day calendar in the admin: read, and renewed by pasting the year's notice."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.decorators import display
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from wenxi_portal.core.admin.filters import ChoiceFilter
from wenxi_portal.core.admin.labels import label
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed
from wenxi_portal.reminders.models import Holiday
from wenxi_portal.reminders.services.holidays import import_notice


class NoticeForm(forms.Form):
    """A year and its notice."""

    year = forms.IntegerField(
        label=pgettext_lazy("calendar", "Year"),
        validators=[MinValueValidator(2000), MaxValueValidator(2100)],
        widget=UnfoldAdminIntegerFieldWidget,
    )
    text = forms.CharField(
        label=_("Text of the notice, or CSV"),
        max_length=20_000,
        widget=UnfoldAdminTextareaWidget,
        help_text=_("The numbered paragraphs of the State Council's notice, or lines like 2026-01-01,off,New Year."),
    )
    source = forms.CharField(
        label=_("Document number"), max_length=200, required=False, widget=UnfoldAdminTextInputWidget
    )


class YearFilter(ChoiceFilter):
    """By year."""

    title = pgettext_lazy("calendar", "year")
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The years on file, newest first."""
        return [(str(day.year), str(day.year)) for day in Holiday.objects.dates("day", "year", order="DESC")]

    def apply(self, queryset: Any, value: str) -> Any:
        """Days of the year."""
        return queryset.filter(day__year=int(value))


@admin.register(Holiday)
class HolidayAdmin(AsksBeforeDeed, PortalModelAdmin):
    """Days off and days worked in exchange. A year that is not here counts weekends alone."""

    list_display = ("day", "weekday", "shown_sort", "name", "source")
    list_filter = (YearFilter,)
    list_before_template = "admin/reminders/calendar.html"
    fields = ("day", "is_working", "name", "source")
    readonly_fields = fields
    ordering = ("-day",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A notice is entered by those who may change the calendar."""
        return request.user.has_perm("reminders.change_holiday")

    def has_change_permission(self, request: HttpRequest, obj: Holiday | None = None) -> bool:
        """Single days are not edited: the year's notice is entered anew."""
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Say which years are missing."""
        this = timezone.localdate().year
        known = {day.year for day in Holiday.objects.dates("day", "year")}
        missing = [year for year in (this, this + 1) if year not in known]
        return super().changelist_view(request, {"missing_years": missing, **(extra_context or {})})

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask for a year's notice and put it into the calendar."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        deed = Deed(
            title=_("Enter the notice of a year"),
            button=_("Put it into the calendar"),
            form=NoticeForm,
            perform=partial(self._import, request),
            done=_("The calendar is renewed. Open reminders follow it."),
            explanation=_("What the calendar holds of that year is replaced."),
            back=reverse("admin:reminders_holiday_changelist"),
        )
        return self.deed_view(request, Holiday(), deed, permission="reminders.change_holiday")

    @display(description=pgettext_lazy("calendar", "weekday"))
    def weekday(self, holiday: Holiday) -> str:
        """The day of the week."""
        return date_format(holiday.day, "l")

    @display(description=pgettext_lazy("calendar", "sort"), ordering="is_working")
    def shown_sort(self, holiday: Holiday) -> SafeString:
        """Off or worked."""
        if holiday.is_working:
            return label("warning", "work", str(_("working day in exchange")))
        return label("success", "beach_access", str(pgettext_lazy("calendar", "day off")))

    def _import(self, request: HttpRequest, **values: Any) -> Holiday:
        days = import_notice(actor=request.user, **values)  # type: ignore[arg-type]
        return Holiday.objects.get(day=days[0].day)
