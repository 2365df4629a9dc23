"""Group activities: planned, opened, held with attendance and report, or called off."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display
from unfold.enums import ActionVariant
from unfold.widgets import UnfoldAdminTextareaWidget

from internships.admin.care_forms import PassengerForm, WhyForm
from internships.admin.parts import ChoosesOwnUnit, ShowsPages
from internships.enums import ActivityState
from internships.models import GroupActivity
from internships.permissions import MOVE_ACTIVITY
from internships.selectors.activity import roll, stays_that_may_join, with_counts
from internships.services.activity import (
    call_off,
    correct_attendance,
    hold_activity,
    open_activity,
    save_activity,
    sign_up,
)
from wenxi_portal.core.admin.filters import ChoiceFilter
from wenxi_portal.core.admin.labels import badge
from wenxi_portal.core.admin.links import change_url
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed, NothingAsked
from wenxi_portal.core.admin.saving import SavesThroughService, ServiceForm, add_refusal
from wenxi_portal.core.errors import DomainError

CHANGED = (ActivityState.PLANNED, ActivityState.OPEN)


class ActivityForm(ServiceForm):
    """An activity before it is held."""

    class Meta:
        model = GroupActivity
        fields = ("title", "kind", "unit", "place", "begins_at", "ends_at", "seats", "text")


class ReportForm(forms.Form):
    """What it was like."""

    report = forms.CharField(
        label=gettext_lazy("report"),
        max_length=3000,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 5}),
    )


class ActivityStateFilter(ChoiceFilter):
    """By state."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The states, and what is over but not closed."""
        return [*ActivityState.choices, ("unclosed", _("over, attendance missing"))]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows in the state."""
        if value == "unclosed":
            return queryset.filter(state=ActivityState.OPEN, ends_at__lt=timezone.now())
        return queryset.filter(state=value)


@admin.register(GroupActivity)
class GroupActivityAdmin(ShowsPages, ChoosesOwnUnit, SavesThroughService, AsksBeforeDeed, PortalModelAdmin):
    """What those on a stay do together."""

    form = ActivityForm
    list_display = ("title", "kind", "begins_at", "place", "shown_seats", "shown_state", "unit")
    list_filter = (ActivityStateFilter,)
    list_select_related = ("unit",)
    search_fields = ("title", "place")
    ordering = ("-begins_at", "-pk")
    actions_detail = ("open_it", "sign_up_student", "attendance", "call_off")
    change_form_outer_after_template = "admin/internships/activity_roll.html"
    fields = (
        "title", ("kind", "unit"), "place", "begins_at",
        "ends_at", "seats", "text", "expected_revision",
    )  # fmt: skip

    def get_urls(self) -> list[Any]:
        """Add the page on which attendance is ticked."""
        page = self.admin_site.admin_view(self.attendance_view)
        return [path("<int:pk>/attendance/", page, name="internships_groupactivity_ticks"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[GroupActivity]:
        """With how many take part and wait."""
        return with_counts(super().get_queryset(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was held or called off is no longer changed."""
        return super().has_change_permission(request, obj) and (obj is None or obj.state in CHANGED)

    def save_by_service(self, request: HttpRequest, form: ActivityForm, formsets: Any) -> None:
        """Write the activity."""
        save_activity(
            activity=form.instance,
            actor=request.user,  # type: ignore[arg-type]
            expected_revision=form.cleaned_data["expected_revision"],
        )

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """What the present state allows."""
        row = self.record(request, object_id)
        if not request.user.has_perm(MOVE_ACTIVITY):
            return []
        has_begun = row.begins_at <= timezone.now()
        names = {
            ActivityState.PLANNED: {"open_it", "call_off"},
            ActivityState.OPEN: {"attendance", "call_off"} if has_begun else {"sign_up_student", "call_off"},
            ActivityState.HELD: {"attendance"},
            ActivityState.CANCELLED: set(),
        }[ActivityState(row.state)]
        return self.only_buttons(request, object_id, names)

    @action(
        description=gettext_lazy("Open for sign-up"), url_path="open", icon="how_to_reg", variant=ActionVariant.PRIMARY
    )
    def open_it(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Let those on a stay sign up."""
        row = self.record(request, object_id)
        deed = Deed(
            title=_("Open for sign-up"),
            button=_("Open"),
            form=NothingAsked,
            perform=partial(open_activity, activity=row, actor=request.user),
            done=_("Those on a stay can sign up."),
        )
        return self.deed_view(request, row, deed, permission=MOVE_ACTIVITY)

    @action(description=gettext_lazy("Sign a student up"), url_path="sign-up", icon="person_add")
    def sign_up_student(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Sign up somebody who asked by telephone or at the office."""
        row = self.record(request, object_id)
        deed = Deed(
            title=_("Sign a student up"),
            button=_("Sign up"),
            form=PassengerForm,
            perform=partial(sign_up, activity=row, actor=request.user),
            done=_("The student is signed up. When every seat is taken, the student waits for the next free one."),
        )
        stays = stays_that_may_join(row, request.user)
        return self.deed_view(request, row, deed, permission=MOVE_ACTIVITY, stays=stays)

    @action(description=gettext_lazy("Attendance and report"), url_path="ticks", icon="checklist")
    def attendance(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead to the page on which attendance is ticked."""
        return HttpResponseRedirect(reverse("admin:internships_groupactivity_ticks", args=[object_id]))

    @action(description=gettext_lazy("Call off"), url_path="call-off", icon="block")
    def call_off(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Call it off; who signed up is told."""
        row = self.record(request, object_id)
        deed = Deed(
            title=_("Call the activity off"),
            button=_("Call off"),
            form=WhyForm,
            perform=partial(call_off, activity=row, actor=request.user),
            done=_("It is called off, and those who signed up are told."),
            danger=True,
        )
        return self.deed_view(request, row, deed, permission=MOVE_ACTIVITY)

    def attendance_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Tick who came and write the report; afterwards correct both."""
        row = self.record(request, pk)
        if not request.user.has_perm(MOVE_ACTIVITY):
            raise PermissionDenied
        seated = [each for each in roll(row) if each.seat]
        form = ReportForm(request.POST or None, initial={"report": row.report})
        came = _keys(request) if request.method == "POST" else [e.pk for e in seated if e.state != "missed"]
        if request.method == "POST" and form.is_valid():
            write = correct_attendance if row.state == ActivityState.HELD else hold_activity
            try:
                write(activity=row, actor=request.user, came=came, **form.cleaned_data)  # type: ignore[operator]
            except (DomainError, ValidationError) as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, _("Attendance and report are noted."))
                return HttpResponseRedirect(change_url(row))
        return self.page(
            request, "admin/internships/ticks.html", title=_("Attendance and report"), row=row, seated=seated,
            came=came, form=form, record_url=change_url(row),
        )  # fmt: skip

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add who signed up."""
        row = kwargs.get("obj")
        if row is not None:
            context |= {"roll": roll(row), "record_state": self.shown_state(row)}
        return super().render_change_form(request, context, *args, **kwargs)

    @display(description=gettext_lazy("seats taken"))
    def shown_seats(self, row: Any) -> str:
        """How many of the seats are taken, and how many wait."""
        words = f"{row.taken} / {row.seats}"
        return words + " " + _("(%(number)d waiting)") % {"number": row.waiting} if row.waiting else words

    @display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, row: GroupActivity) -> SafeString:
        """The state as colour, icon and word."""
        return badge(row.badge, row.get_state_display())


def _keys(request: HttpRequest) -> list[int]:
    return [int(key) for key in request.POST.getlist("came") if key.isdecimal() and len(key) < 19]
