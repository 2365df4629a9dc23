"""Houses with their beds, who sleeps where, and who needs a bed."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display

from internships.admin.care_forms import BedsForm, GiveBedForm, LastNightForm, LodgingForm
from internships.admin.parts import AsksAboutStay, ChoosesOwnUnit, ShowsPages, visible_stay
from internships.models import BedStay, Lodging, Placement
from internships.selectors.lodging import beds_out_of_step, occupancy, without_bed
from internships.services.lodging import add_beds, close_bed, give_back, give_bed, save_lodging
from wenxi_portal.accounts.models import User
from wenxi_portal.core.admin.filters import ChoiceFilter
from wenxi_portal.core.admin.labels import label
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed, NothingAsked
from wenxi_portal.core.admin.saving import SavesThroughService

SHOWN_NIGHTS = 14


@admin.register(Lodging)
class LodgingAdmin(ShowsPages, ChoosesOwnUnit, SavesThroughService, AsksBeforeDeed, PortalModelAdmin):
    """Houses: their beds, and the calendar of who sleeps in them."""

    form = LodgingForm
    unit_field = "owner_unit"
    list_display = ("name", "owner_unit", "address", "shown_beds", "shown_taken", "is_open")
    list_select_related = ("owner_unit",)
    search_fields = ("name", "address")
    ordering = ("name", "pk")
    actions_list = ("to_needs",)
    actions_detail = ("calendar", "more_beds")
    change_form_outer_after_template = "admin/internships/lodging_beds.html"

    def get_urls(self) -> list[Any]:
        """Add the calendar, the list of who needs a bed, and the switch of a bed."""
        page = self.admin_site.admin_view
        return [
            path("needs/", page(self.needs_view), name="internships_lodging_needs"),
            path("<int:pk>/calendar/", page(self.calendar_view), name="internships_lodging_nights"),
            path("<int:pk>/beds/<int:bed>/", page(self.bed_view), name="internships_lodging_bed"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Lodging]:
        """With the number of beds, and of those taken tonight."""
        today = timezone.localdate()
        tonight = Q(beds__stays__is_cancelled=False, beds__stays__starts_on__lte=today, beds__stays__ends_on__gte=today)
        return super().get_queryset(request).annotate(
            bed_count=Count("beds", filter=Q(beds__is_usable=True), distinct=True),
            taken_count=Count("beds", filter=tonight, distinct=True),
        )  # fmt: skip

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer open accounts as keepers."""
        if db_field.name == "keeper":
            kwargs["queryset"] = User.objects.filter(is_active=True).exclude(name="").order_by("name")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_by_service(self, request: HttpRequest, form: LodgingForm, formsets: Any) -> None:
        """Write the house."""
        save_lodging(lodging=form.instance, actor=request.user)  # type: ignore[arg-type]

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """The calendar for all, beds for those who keep them."""
        may = request.user.has_perm("internships.add_bed")
        return self.only_buttons(request, object_id, {"calendar"} | ({"more_beds"} if may else set()))

    @action(description=gettext_lazy("Who needs a bed"), url_path="to-needs", icon="hotel")
    def to_needs(self, request: HttpRequest) -> HttpResponse:
        """Lead to those who need a bed."""
        return HttpResponseRedirect(reverse("admin:internships_lodging_needs"))

    @action(description=gettext_lazy("Calendar"), url_path="to-calendar", icon="calendar_view_month")
    def calendar(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Lead to the calendar."""
        return HttpResponseRedirect(reverse("admin:internships_lodging_nights", args=[object_id]))

    @action(description=gettext_lazy("Add beds"), url_path="beds", icon="bed")
    def more_beds(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Add beds to a room."""
        house = self.record(request, object_id)
        deed = Deed(
            title=_("Add beds"),
            button=_("Add"),
            form=BedsForm,
            perform=partial(add_beds, lodging=house, actor=request.user),
            done=_("The beds are on file."),
            explanation=_("All beds of a room are for the same sex. Labels go on from those that stand there."),
        )
        return self.deed_view(request, house, deed, permission="internships.add_bed")

    def bed_view(self, request: HttpRequest, pk: int, bed: int) -> HttpResponse:
        """Take a bed out of use, or back into it."""
        house = self.record(request, pk)
        row = house.beds.filter(pk=bed).first()
        if row is None:
            raise Http404
        deed = Deed(
            title=_("Take the bed out of use") if row.is_usable else _("Put the bed back into use"),
            button=_("Out of use") if row.is_usable else _("Back into use"),
            form=NothingAsked,
            perform=partial(close_bed, bed=row, actor=request.user, is_usable=not row.is_usable),
            done=_("The bed is noted."),
            explanation=str(row),
        )
        return self.deed_view(request, house, deed, permission="internships.change_bed")

    def calendar_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show beds by nights, two weeks at once, and as a list for narrow screens."""
        house = self.record(request, pk)
        first = _day(request.GET.get("from", "")) or timezone.localdate()
        rows = occupancy(house, first, SHOWN_NIGHTS)
        step = timedelta(days=SHOWN_NIGHTS)
        return self.page(
            request, "admin/internships/calendar.html", title=_("Who sleeps where"), house=house, rows=rows,
            nights=[first + timedelta(days=at) for at in range(SHOWN_NIGHTS)], today=timezone.localdate(),
            before=first - step, after=first + step,
        )  # fmt: skip

    def needs_view(self, request: HttpRequest) -> HttpResponse:
        """Show who asked for lodging and has no bed, and beds that no longer fit their stay."""
        self.may_view(request)
        user: Any = request.user
        stays: Any = Placement.objects.visible_to(user)
        stale = beds_out_of_step().filter(placement__in=stays.values("pk"))
        return self.page(
            request, "admin/internships/needs.html", title=_("Who needs a bed"),
            needs=without_bed(stays)[:200], stale=stale, may_give=user.has_perm("internships.add_bedstay"),
        )  # fmt: skip

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add the beds."""
        house = kwargs.get("obj")
        if house is not None:
            context |= {
                "beds": occupancy(house, timezone.localdate(), 1),
                "may_change": request.user.has_perm("internships.change_bed"),
            }
        return super().render_change_form(request, context, *args, **kwargs)

    @display(description=gettext_lazy("beds in use"))
    def shown_beds(self, house: Any) -> int:
        """How many beds can be given."""
        return int(house.bed_count)

    @display(description=gettext_lazy("taken tonight"))
    def shown_taken(self, house: Any) -> int:
        """How many are taken tonight."""
        return int(house.taken_count)


class NightsFilter(ChoiceFilter):
    """By whether the nights are now, to come or over, and whether they fit the stay."""

    title = gettext_lazy("nights")
    parameter_name = "nights"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Now, to come, over, out of step."""
        return [
            ("now", _("tonight")), ("coming", _("to come")), ("over", _("over")), ("stale", _("out of step")),
        ]  # fmt: skip

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows of that time."""
        today = timezone.localdate()
        kept = queryset.filter(is_cancelled=False)
        if value == "stale":
            return kept.filter(pk__in=beds_out_of_step().values("pk"))
        return {
            "now": kept.filter(starts_on__lte=today, ends_on__gte=today),
            "coming": kept.filter(starts_on__gt=today),
            "over": kept.filter(ends_on__lt=today),
        }[value]


@admin.register(BedStay)
class BedStayAdmin(ShowsPages, AsksAboutStay, PortalModelAdmin):
    """Who has which bed: given on the page of who needs one, given back here."""

    list_display = ("shown_student", "shown_bed", "starts_on", "ends_on", "shown_fits")
    list_filter = (NightsFilter,)
    list_select_related = ("bed__lodging", "placement__student", "placement__host")
    search_fields = ("placement__student__name", "bed__lodging__name", "bed__room")
    ordering = ("-starts_on", "-pk")
    fields = (("shown_student", "shown_bed"), ("starts_on", "ends_on"), "shown_fits", "given_by")
    actions_detail = ("give_back",)

    def get_urls(self) -> list[Any]:
        """Add the page on which a bed is given."""
        page = self.admin_site.admin_view(self.give_view)
        return [path("give/<int:stay>/", page, name="internships_bedstay_give"), *super().get_urls()]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A bed is given to a stay."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nights are moved by giving back and giving anew."""
        return False

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Given back once."""
        row = self.record(request, object_id)
        may = request.user.has_perm("internships.change_bedstay") and not row.is_cancelled
        return self.only_buttons(request, object_id, {"give_back"} if may else set())

    def give_view(self, request: HttpRequest, stay: int) -> HttpResponse:
        """Give the student of a stay one of the beds that are free and fit."""
        found = visible_stay(request, stay)
        if found is None:
            raise Http404
        houses: Any = Lodging.objects.visible_to(request.user)
        deed = Deed(
            title=_("Give a bed"),
            button=_("Give the bed"),
            form=GiveBedForm,
            perform=partial(give_bed, placement=found, actor=request.user),
            done=_("The bed is given."),
            back=reverse("admin:internships_lodging_needs"),
            then=reverse("admin:internships_lodging_needs"),
            explanation=_("Other nights? Change the days and send: the free beds are looked up again."),
        )
        return self.deed_view(
            request, found, deed, permission="internships.add_bedstay", stay=found, houses=houses.values("pk")
        )

    @action(description=gettext_lazy("Give back"), url_path="give-back", icon="undo")
    def give_back(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Free the bed from a night on."""
        row = self.record(request, object_id)
        deed = Deed(
            title=_("Give the bed back"),
            button=_("Give back"),
            form=LastNightForm,
            perform=partial(give_back, bed_stay=row, actor=request.user),
            done=_("The bed is free again."),
            barred=_("This bed was given back already.") if row.is_cancelled else "",
        )
        return self.deed_view(request, row, deed, permission="internships.change_bedstay")

    @display(description=gettext_lazy("student"), ordering="placement__student__name")
    def shown_student(self, row: BedStay) -> str:
        """Who sleeps there."""
        return str(row.placement)

    @display(description=gettext_lazy("bed"), ordering="bed__room")
    def shown_bed(self, row: BedStay) -> str:
        """House, room and bed."""
        return f"{row.bed.lodging} {row.bed}"

    @display(description=gettext_lazy("fits the stay"))
    def shown_fits(self, row: BedStay) -> SafeString:
        """Whether the nights lie within the stay."""
        if row.is_cancelled:
            return label("muted", "undo", _("given back"))
        stay = row.placement
        if stay.state == "cancelled" or row.starts_on < stay.starts_on or row.ends_on > stay.ends_on:
            return label("danger", "error", _("out of step"))
        return label("success", "check_circle", _("fits"))


def _day(text: str) -> Any:
    try:
        return parse_date(text)
    except ValueError:
        return None
