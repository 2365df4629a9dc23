"""Stays in the admin: the whole case of a student on one page, its deeds as buttons, boards, roster."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.decorators import action, display

from internships.admin.handing_over import lead_to_page
from internships.admin.placement_filters import (
    CoverFilter,
    HostFilter,
    OfficerFilter,
    StageFilter,
    UnitFilter,
    UniversityFilter,
)
from internships.admin.placement_pages import PlacementPages
from internships.admin.stay_deeds import BY_NAME, DEEDS, PERMISSION, StayDeeds
from internships.models import Placement
from internships.selectors.stay_case import case_of, paper_of
from internships.selectors.stay_page import stays_with_parts
from internships.services.kept_files import read_paper
from internships.services.readiness import make_ready
from internships.services.stay_course import complete, start
from wenxi_portal.core.admin.exports import ExportsWhatItShows
from wenxi_portal.core.admin.labels import badge, label
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.moves import AsksBeforeDeed
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.wording import labelled
from wenxi_portal.reminders.admin.why import TellsWhyReminded


@admin.register(Placement)
class PlacementAdmin(StayDeeds, TellsWhyReminded, PlacementPages, AsksBeforeDeed, ExportsWhatItShows, PortalModelAdmin):  # type: ignore[misc]
    """Stays. Nothing is typed over: every change is a deed with its own page."""

    list_display = ("student", "host", "position", "shown_state", "starts_on", "ends_on", "shown_cover", "officer")
    list_filter = (StageFilter, CoverFilter, OfficerFilter, UnitFilter, HostFilter, UniversityFilter)
    list_select_related = ("student", "host", "position", "officer")
    search_fields = ("student__name", "host__name")
    # The page of the stay is the student's own.
    view_on_site = False
    search_help_text = gettext_lazy("Name of student or host")
    actions = (  # type: ignore[assignment]
        "make_ready_selected", "start_selected", "complete_selected", "insure_selected", "hand_over_selected",
    )  # fmt: skip
    actions_list = ("export_office", "export_protected", "to_accepted", "to_board")  # type: ignore[assignment]
    fields = (("student", "position"), ("host", "lead_unit"), ("starts_on", "ends_on"), ("mentor", "officer"))
    readonly_fields = ("student", "position", "host", "lead_unit", "starts_on", "ends_on", "mentor", "officer")
    change_form_outer_after_template = "admin/internships/stay_case.html"
    actions_detail = (
        *(deed.name for deed in DEEDS if deed.first),
        {
            "title": gettext_lazy("More"),
            "icon": "more_horiz",
            "items": [*(deed.name for deed in DEEDS if not deed.first), "why_reminded"],
        },
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Placement]:
        """Own stays, with whether the insurance covers them."""
        return super().get_queryset(request).with_cover()  # type: ignore[attr-defined]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is typed over: see the buttons."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A stay comes from an accepted application."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """Add papers."""
        paper = self.admin_site.admin_view(self.paper_view)
        return [
            path("<int:pk>/papers/<uuid:identifier>/", paper, name="internships_placement_paper"),
            *super().get_urls(),
        ]

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """The deeds that the present state allows."""
        stay = self.visible_or_404(request, str(object_id))
        ours = {
            f"internships_placement_{name}"
            for name, deed in BY_NAME.items()
            if request.user.has_perm(PERMISSION) and stay.state in deed.states
        } | {"internships_placement_why_reminded"}
        return [one for one in super().get_actions_detail(request, object_id) if one.action_name in ours]

    def paper_view(self, request: HttpRequest, pk: int, identifier: Any) -> HttpResponse:
        """Hand out a paper of the case to whoever sees the stay."""
        paper = paper_of(self.visible_or_404(request, str(pk)), identifier)
        if paper is None:
            raise Http404
        return FileResponse(**read_paper(paper=paper, actor=request.user))  # type: ignore[arg-type,return-value]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add the whole case below the facts."""
        stay = kwargs.get("obj")
        if stay is not None:
            full = stays_with_parts(Placement.objects.filter(pk=stay.pk)).get()
            context |= {"record_state": self.shown_state(stay), **case_of(full)}
            if request.user.has_perm(PERMISSION):
                context["links"] = self.links_of(request, full)
        return super().render_change_form(request, context, *args, **kwargs)

    @display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, stay: Placement) -> SafeString:
        """The state as colour, icon and word."""
        return badge(stay.badge, stay.get_state_display())

    @display(description=gettext_lazy("insurance"))
    def shown_cover(self, stay: Placement) -> SafeString:
        """Whether every day is insured."""
        if stay.is_covered:  # type: ignore[attr-defined]
            return label("success", "verified_user", _("covered"))
        return label("warning", "gpp_maybe", _("gap"))

    @action(description=gettext_lazy("Make ready"), permissions=["move"])
    def make_ready_selected(self, request: HttpRequest, queryset: QuerySet[Placement]) -> None:
        """Make the chosen stays ready; what is missing is told by name."""
        self._each(request, queryset, make_ready)

    @action(description=gettext_lazy("Start today"), permissions=["move"])
    def start_selected(self, request: HttpRequest, queryset: QuerySet[Placement]) -> None:
        """Start the chosen stays today."""
        self._each(request, queryset, start)

    @action(description=gettext_lazy("Complete"), permissions=["move"])
    def complete_selected(self, request: HttpRequest, queryset: QuerySet[Placement]) -> None:
        """Complete the chosen stays whose last day has passed."""
        self._each(request, queryset, complete)

    @action(description=gettext_lazy("Enter a group policy"), permissions=["move"])
    def insure_selected(self, request: HttpRequest, queryset: QuerySet[Placement]) -> HttpResponseRedirect:
        """Ask for the policy of the chosen stays."""
        chosen = ",".join(str(key) for key in queryset.values_list("pk", flat=True)[:500])
        return HttpResponseRedirect(f"{reverse('admin:internships_placement_insure_many')}?stays={chosen}")

    @action(description=gettext_lazy("Name the officer in charge"), permissions=["move"])
    def hand_over_selected(self, request: HttpRequest, queryset: QuerySet[Placement]) -> HttpResponseRedirect:
        """Ask who is in charge of the chosen stays."""
        return lead_to_page(request, queryset, "admin:internships_placement_hand_over")

    def has_move_permission(self, request: HttpRequest) -> bool:
        """Whether the person may do deeds."""
        return request.user.has_perm(PERMISSION)

    def _each(self, request: HttpRequest, queryset: QuerySet[Placement], verb: Any) -> None:
        done = 0
        for stay in queryset.select_related("student", "host").order_by("pk")[:500]:
            try:
                verb(placement=stay, actor=request.user)
                done += 1
            except DomainError as refusal:
                messages.warning(request, labelled(stay, refusal.message))
        words = ngettext("%(count)d stay: done.", "%(count)d stays: done.", done)
        messages.success(request, words % {"count": done})
