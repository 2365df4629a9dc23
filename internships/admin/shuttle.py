"""Shuttles and who sits in them."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display

from internships.admin.care_forms import PassengerForm, WhyForm
from internships.admin.parts import ChoosesOwnUnit, ShowsPages
from internships.enums import STAYS_TO_COME
from internships.models import Placement, ShuttleRun, ShuttleSeat
from internships.selectors.shuttle import AROUND, passengers
from internships.services.shuttle import call_off, free_seat, save_shuttle, take_seat
from wenxi_portal.accounts.models import User
from wenxi_portal.core.admin.filters import ChoiceFilter
from wenxi_portal.core.admin.labels import label
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed, NothingAsked
from wenxi_portal.core.admin.saving import SavesThroughService, ServiceForm

CHANGE = "internships.change_shuttlerun"


class ShuttleForm(ServiceForm):
    """A shuttle."""

    class Meta:
        model = ShuttleRun
        fields = ("name", "owner_unit", "leaves_at", "from_place", "to_place", "seats", "plate", "driver")


class WhenFilter(ChoiceFilter):
    """To come or gone; without a choice those to come."""

    title = gettext_lazy("when")
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Gone, all."""
        return [("gone", _("gone")), ("all", _("all"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those to come, unless something else is asked for."""
        return super().queryset(request, queryset) if self.value() else queryset.filter(leaves_at__gte=timezone.now())

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows of that time."""
        return queryset.filter(leaves_at__lt=timezone.now()) if value == "gone" else queryset


@admin.register(ShuttleRun)
class ShuttleRunAdmin(ShowsPages, ChoosesOwnUnit, SavesThroughService, AsksBeforeDeed, PortalModelAdmin):
    """Shuttles with their passenger lists."""

    form = ShuttleForm
    unit_field = "owner_unit"
    list_display = ("name", "leaves_at", "from_place", "to_place", "shown_seats", "driver", "shown_state")
    list_filter = (WhenFilter,)
    list_select_related = ("driver", "owner_unit")
    search_fields = ("name", "from_place", "to_place", "plate")
    ordering = ("leaves_at", "pk")
    actions_detail = ("add_passenger", "print_list", "export_list", "call_off")
    change_form_outer_after_template = "admin/internships/shuttle_seats.html"
    fields = (
        ("name", "owner_unit"), "leaves_at", ("from_place", "to_place"), ("seats", "plate"), "driver",
        "expected_revision",
    )  # fmt: skip

    def get_urls(self) -> list[Any]:
        """Add the printed list and the giving back of a seat."""
        page = self.admin_site.admin_view
        return [
            path("<int:pk>/passengers/", page(self.print_view), name="internships_shuttlerun_print"),
            path("<int:pk>/seats/<int:seat>/", page(self.seat_view), name="internships_shuttlerun_seat"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ShuttleRun]:
        """With the number of seats taken."""
        return super().get_queryset(request).annotate(taken_count=Count("taken_seats"))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer open accounts as drivers."""
        if db_field.name == "driver":
            kwargs["queryset"] = User.objects.filter(is_active=True).exclude(name="").order_by("name")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only shuttles to come are changed."""
        return super().has_change_permission(request, obj) and (obj is None or _to_come(obj))

    def save_by_service(self, request: HttpRequest, form: ShuttleForm, formsets: Any) -> None:
        """Write the shuttle."""
        save_shuttle(run=form.instance, actor=request.user)  # type: ignore[arg-type]

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """What can still be done."""
        run = self.record(request, object_id)
        names = {"print_list", "export_list"}
        if request.user.has_perm(CHANGE) and _to_come(run):
            names |= {"add_passenger", "call_off"}
        return self.only_buttons(request, object_id, names)

    @action(description=gettext_lazy("Add a passenger"), url_path="add-passenger", icon="person_add")
    def add_passenger(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Give somebody a seat."""
        run = self.record(request, object_id)
        deed = Deed(
            title=_("Add a passenger"),
            button=_("Give the seat"),
            form=PassengerForm,
            perform=partial(take_seat, run=run, actor=request.user),
            done=_("The seat is given."),
        )
        return self.deed_view(request, run, deed, permission=CHANGE, stays=_stays_around(request, run))

    @action(description=gettext_lazy("Print"), url_path="print", icon="print")
    def print_list(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead to the list to be printed."""
        return HttpResponseRedirect(reverse("admin:internships_shuttlerun_print", args=[object_id]))

    @action(description=gettext_lazy("Export to Excel"), url_path="export-list", icon="download")
    def export_list(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """Hand out the passenger list as a sheet."""
        run = self.record(request, object_id)
        site: Any = self.admin_site
        return site.export(request, ShuttleSeat, passengers(run), {"run": [str(run)]})

    @action(description=gettext_lazy("Call off"), url_path="call-off", icon="block")
    def call_off(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Call it off; everybody with a seat is told."""
        run = self.record(request, object_id)
        deed = Deed(
            title=_("Call the shuttle off"),
            button=_("Call off"),
            form=WhyForm,
            perform=partial(call_off, run=run, actor=request.user),
            done=_("It is called off, and those with a seat are told."),
            danger=True,
        )
        return self.deed_view(request, run, deed, permission=CHANGE)

    def print_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the passenger list for the printer."""
        run = self.record(request, pk)
        return self.page(
            request, "admin/internships/passengers.html", title=_("Passenger list"), run=run, seats=passengers(run)
        )

    def seat_view(self, request: HttpRequest, pk: int, seat: int) -> HttpResponse:
        """Free a seat."""
        run = self.record(request, pk)
        row = passengers(run).filter(pk=seat).first()
        if row is None:
            raise Http404
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        deed = Deed(
            title=_("Free the seat"),
            button=_("Free the seat"),
            form=NothingAsked,
            perform=partial(free_seat, seat=row, actor=request.user),
            done=_("The seat is free."),
            explanation=str(row.placement),
        )
        return self.deed_view(request, run, deed, permission=CHANGE)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add the passengers."""
        run = kwargs.get("obj")
        if run is not None:
            may = request.user.has_perm(CHANGE) and _to_come(run)
            context |= {"passengers": passengers(run), "may_free": may}
        return super().render_change_form(request, context, *args, **kwargs)

    @display(description=gettext_lazy("seats taken"))
    def shown_seats(self, run: Any) -> str:
        """How many of the seats are taken."""
        return f"{run.taken_count} / {run.seats}"

    @display(description=gettext_lazy("state"))
    def shown_state(self, run: ShuttleRun) -> SafeString:
        """Whether it drives."""
        if run.is_cancelled:
            return label("danger", "block", _("called off"))
        return label("success", "directions_bus", _("drives")) if _to_come(run) else label("muted", "done", _("gone"))


def _to_come(run: ShuttleRun) -> bool:
    return not run.is_cancelled and run.leaves_at > timezone.now()


def _stays_around(request: HttpRequest, run: ShuttleRun) -> QuerySet[Any]:
    """Return the stays of the person's units around the day of the shuttle that have no seat in it."""
    day = timezone.localdate(run.leaves_at)
    stays: Any = Placement.objects.visible_to(request.user)
    around = stays.filter(state__in=STAYS_TO_COME, starts_on__lte=day + AROUND, ends_on__gte=day - AROUND)
    found: QuerySet[Any] = around.exclude(shuttle_seats__run=run).select_related("student", "host")
    return found.order_by("student__name", "pk")
