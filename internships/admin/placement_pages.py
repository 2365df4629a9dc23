"""Pages of stays beside list and record: accepted applications, planning a stay, boards, a group policy."""

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.decorators import action

from internships.admin.handing_over import Many, hand_over_view
from internships.admin.stay_deeds import PERMISSION
from internships.admin.stay_forms import InsuranceForm, PlaceForm
from internships.enums import AgreementParty
from internships.models import Placement
from internships.selectors.holders import holders_of
from internships.selectors.readiness import missing_parties, present_agreement, speaks_of_present_days
from internships.selectors.stay_board import COLUMNS, accepted_applications, stay_board
from internships.selectors.stay_officers import OPEN
from internships.services.insurance import MOST_AT_ONCE, insure
from internships.services.placement import place
from internships.services.stay_agreement import OPEN_STATES, link_token
from internships.services.stay_officers import put_in_charge
from wenxi_portal.core.admin.moves import Deed

LIST = "admin:internships_placement_changelist"


class PlacementPages:
    """Mixin of the stays' admin."""

    def get_urls(self) -> list[URLPattern]:
        """Add the pages."""
        view: Any = self.admin_site.admin_view  # type: ignore[attr-defined]
        return [
            path("accepted/", view(self.accepted_view), name="internships_placement_accepted"),
            path("accepted/<int:pk>/", view(self.place_view), name="internships_placement_place"),
            path("board/", view(self.board_view), name="internships_placement_board"),
            path("insure/", view(self.insure_view), name="internships_placement_insure_many"),
            path("hand-over/", view(self.hand_over_view), name="internships_placement_hand_over"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    @action(description=gettext_lazy("Accepted, to be planned"), url_path="list/accepted", icon="event_available")
    def to_accepted(self, request: HttpRequest) -> HttpResponse:
        """Lead to the applications that wait for a stay."""
        return HttpResponseRedirect(reverse("admin:internships_placement_accepted"))

    @action(description=gettext_lazy("Board"), url_path="list/board", icon="view_kanban")
    def to_board(self, request: HttpRequest) -> HttpResponse:
        """Lead to the board."""
        return HttpResponseRedirect(reverse("admin:internships_placement_board"))

    def accepted_view(self, request: HttpRequest) -> HttpResponse:
        """Accepted applications, oldest first."""
        self._must_view(request)
        found = accepted_applications(request.user)  # type: ignore[arg-type]
        context = {
            "title": _("Accepted, to be planned"),
            "applications": found[:200],
            "total": found.count(),
            "may": request.user.has_perm(PERMISSION),
        }
        return self._page(request, "admin/internships/accepted.html", context)

    def place_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Plan the stay of an accepted application."""
        self._must_view(request)
        application = accepted_applications(request.user).filter(pk=pk).first()  # type: ignore[arg-type]
        if application is None:
            raise Http404(_("This record does not exist, or it is not yours to see."))
        # Not a row yet: the page needs something to name.
        record = Placement(student=application.student, host=application.position.host)
        deed = Deed(
            title=_("Plan the stay"),
            button=_("Plan the stay"),
            form=PlaceForm,
            perform=partial(place, application=application, actor=request.user),  # type: ignore[arg-type]
            done=_("The stay is planned. See what is missing."),
            explanation=application.position.title,
            back=reverse("admin:internships_placement_accepted"),
        )
        return self.deed_view(request, record, deed, permission=PERMISSION, application=application)  # type: ignore[attr-defined,no-any-return]

    def board_view(self, request: HttpRequest) -> HttpResponse:
        """Stays by host or by university."""
        self._must_view(request)
        by = request.GET.get("by", "host")
        by = by if by in {"host", "university"} else "host"
        lines = stay_board(Placement.objects.visible_to(request.user), by, timezone.localdate())
        context = {
            "title": _("Board of stays"),
            "by": by,
            "columns": [(state.value, state.label) for state in COLUMNS],
            "lines": [(line, list(zip(COLUMNS, line.counts, strict=True))) for line in lines],
            "list_url": reverse(LIST),
        }
        return self._page(request, "admin/internships/stay_board.html", context)

    def insure_view(self, request: HttpRequest) -> HttpResponse:
        """One group policy for the chosen stays."""
        keys = [key for key in request.GET.get("stays", "").split(",") if key.isdecimal()][:MOST_AT_ONCE]
        stays = list(
            Placement.objects.visible_to(request.user)
            .filter(pk__in=keys)
            .select_related("student", "host")
            .order_by("pk")
        )
        if not stays:
            return HttpResponseRedirect(reverse(LIST))
        words = ngettext("%(count)d stay", "%(count)d stays", len(stays)) % {"count": len(stays)}

        def perform(**values: Any) -> Any:
            insure(
                placements=stays,
                policy=InsuranceForm.policy(values),
                actor=request.user,  # type: ignore[arg-type]
                upload=values["upload"],  # type: ignore[arg-type]
            )

        deed = Deed(
            title=_("Enter a group policy"),
            button=_("Enter a group policy"),
            form=InsuranceForm,
            perform=perform,
            done=_("The insurance is on file for %(stays)s.") % {"stays": words},
            explanation="；".join(str(stay) for stay in stays[:20]) + ("…" if len(stays) > 20 else ""),
            back=reverse(LIST),
        )
        longest = Placement(starts_on=min(s.starts_on for s in stays), ends_on=max(s.ends_on for s in stays))
        initial = {"starts_on": longest.starts_on, "ends_on": longest.ends_on}
        return self.deed_view(request, stays[0], deed, permission=PERMISSION, initial=initial)  # type: ignore[attr-defined,no-any-return]

    def hand_over_view(self, request: HttpRequest) -> HttpResponse:
        """Put one officer in charge of the chosen stays that are not over."""
        self._must_view(request)
        own = Placement.objects.visible_to(request.user).select_related("student", "host")
        many = Many(
            rows=own.filter(state__in=OPEN),
            holders=lambda stays: holders_of(stay.lead_unit_id for stay in stays),
            perform=put_in_charge,
            permission=PERMISSION,
            list_name=LIST,
        )
        return hand_over_view(self, request, many)

    def links_of(self, request: HttpRequest, stay: Placement) -> list[tuple[Any, str]]:
        """Return the address with which each missing party confirms; none when there is nothing to confirm."""
        agreement = present_agreement(stay)
        if agreement is None or stay.state not in OPEN_STATES or not speaks_of_present_days(stay, agreement):
            return []
        return [
            (
                party.label,
                request.build_absolute_uri(reverse("internships:agreement", args=[link_token(agreement, party)])),
            )
            for party in missing_parties(agreement)
            if party in AgreementParty
        ]

    def _must_view(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> TemplateResponse:
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        shared = {**self.admin_site.each_context(request), "opts": self.opts}  # type: ignore[attr-defined]
        return TemplateResponse(request, template, {**shared, **context})
