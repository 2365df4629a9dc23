"""By what the list of stays is narrowed."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from internships.enums import PlacementState
from internships.selectors.stay_officers import OPEN
from wenxi_portal.core.admin.filters import ChoiceFilter
from wenxi_portal.organisations.admin.filters import OrganisationFilter

SOON = timedelta(days=7)


class StageFilter(ChoiceFilter):
    """States, and the stages an office works by."""

    title = _("stage")
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Stages first, then the plain states."""
        return [
            ("soon", _("begins within 7 days")),
            ("past", _("last day has passed")),
            ("running", _("under way")),
            ("certificate", _("certificate to issue")),
            *PlacementState.choices,
        ]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Narrow to one of them."""
        today = timezone.localdate()
        if value == "soon":
            return queryset.in_preparation().filter(starts_on__lte=today + SOON)  # type: ignore[attr-defined]
        if value == "past":
            return queryset.past_their_day(today)  # type: ignore[attr-defined]
        if value == "running":
            return queryset.running()  # type: ignore[attr-defined]
        if value == "certificate":
            return queryset.without_certificate()  # type: ignore[attr-defined]
        return queryset.filter(state=value)


class OfficerFilter(ChoiceFilter):
    """By who is in charge."""

    title = _("officer in charge")
    parameter_name = "officer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Oneself, nobody, closed accounts, and everybody who is in charge of a stay in sight."""
        named = model_admin.get_queryset(request).filter(officer__is_active=True)
        names = named.order_by("officer__name").values_list("officer_id", "officer__name").distinct()
        others = [(str(pk), name) for pk, name in names if pk != request.user.pk]
        return [("me", _("mine")), ("nobody", _("nobody yet")), ("left", _("closed accounts")), *others]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Stays of the choice; of one officer those that are not over."""
        if value == "nobody":
            return queryset.filter(officer__isnull=True)
        if value == "left":
            return queryset.filter(officer__is_active=False, state__in=OPEN)
        return queryset.filter(officer=self.request.user.pk if value == "me" else value, state__in=OPEN)


class CoverFilter(ChoiceFilter):
    """Insured or not."""

    title = _("insurance")
    parameter_name = "cover"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Covered, or with a gap."""
        return [("gap", _("with a gap")), ("covered", _("wholly covered"))]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Ask the database."""
        return queryset.filter(is_covered=value == "covered")


class UnitFilter(OrganisationFilter):
    """Lead unit."""

    title = _("lead unit")
    parameter_name = "unit"
    field = "lead_unit"


class HostFilter(OrganisationFilter):
    """Host."""

    title = _("host")
    parameter_name = "host"
    field = "host"


class UniversityFilter(OrganisationFilter):
    """University."""

    title = pgettext_lazy("filter", "university")
    parameter_name = "university"
    field = "student__university"
