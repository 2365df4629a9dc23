"""Filters of the lists of people and what belongs to them."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from talent.enums import FlexibleState, PersonState, RegistrationState, StepState, TalentDatabase
from talent.models import Person
from wenxi_portal.accounts.models import User
from wenxi_portal.core.admin.filters import ChoiceFilter
from wenxi_portal.core.facet_values import row_id
from wenxi_portal.organisations.models import Organisation


class DatabaseFilter(ChoiceFilter):
    """By database today."""

    title = _("database")
    parameter_name = "database"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The three databases."""
        return TalentDatabase.choices

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """People in it."""
        return queryset.in_database(value)


class PersonStateFilter(ChoiceFilter):
    """By state; without a choice only records in use."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The states."""
        return PersonState.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Records in use unless another state is asked for."""
        return super().queryset(request, queryset) if self.value() else queryset.active()

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows in the state."""
        return queryset.filter(state=value)


class StillnessFilter(ChoiceFilter):
    """By how long nobody has been in touch."""

    title = _("last contact")
    parameter_name = "quiet"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Quarter, half a year, year."""
        return [("90", _("none for 90 days")), ("180", _("none for half a year")), ("365", _("none for a year"))]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """People nobody contacted within it."""
        return queryset.not_contacted_for(int(value))


class OwnerUnitFilter(ChoiceFilter):
    """By owner unit."""

    title = _("owner unit")
    parameter_name = "unit"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The lead units by pinyin."""
        units = Organisation.objects.lead_units().in_name_order().values_list("pk", "name")
        return [(str(pk), name) for pk, name in units]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """People of the unit."""
        return queryset.filter(owner_unit=value)


class OfficerFilter(ChoiceFilter):
    """By who answers for people by name."""

    title = _("responsible officer")
    parameter_name = "officer"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Oneself, nobody, whoever has left, and the officers of people in sight."""
        named = Person.objects.visible_to(request.user).filter(officer=OuterRef("pk"))
        officers = User.objects.filter(Exists(named)).exclude(pk=request.user.pk).order_by("name", "pk")
        fixed = [("me", _("Myself")), ("none", _("Nobody by name")), ("left", _("Owner has left"))]
        return [*fixed, *((str(pk), name) for pk, name in officers.values_list("pk", "name"))]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """People of the choice."""
        if value == "none":
            return queryset.filter(officer__isnull=True)
        if value == "left":
            return queryset.filter(officer__is_active=False)
        return queryset.filter(officer=self.request.user.pk if value == "me" else value)


class FromFacet(ChoiceFilter):
    """A filter whose values stand above the list with their counts; the panel shows the chosen one."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The chosen value."""
        value = request.GET.get(self.parameter_name or "", "")
        return [(value, self.name_of(value))] if value else [("", "—")]

    def name_of(self, value: str) -> str:
        """What the value is called."""
        return value


class TownshipFilter(FromFacet):
    """By native township."""

    title = _("native township")
    parameter_name = "township"

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """People from there."""
        return queryset.filter(native_township=value)


class UniversityFilter(FromFacet):
    """By university on file."""

    title = _("university")
    parameter_name = "university"

    def name_of(self, value: str) -> str:
        """The university's name."""
        number = row_id(value)
        return str(Organisation.objects.filter(pk=number).first() or value) if number else value

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """People who study or studied there."""
        number = row_id(value)
        return queryset.studied_at(int(number)) if number else queryset.none()


class FieldFilter(FromFacet):
    """By field of work."""

    title = _("field")
    parameter_name = "field"

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """People who work in it."""
        return queryset.filter(fields__name=value)


class RegistrationStateFilter(ChoiceFilter):
    """By state; without a choice the queue."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The states an officer sees."""
        return [choice for choice in RegistrationState.choices if choice[0] != RegistrationState.UNCONFIRMED]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The queue unless another state is asked for."""
        return super().queryset(request, queryset) if self.value() else queryset.waiting()

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows in the state."""
        return queryset.filter(state=value)


class FlexibleStateFilter(ChoiceFilter):
    """By state."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The states."""
        return FlexibleState.choices

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows in the state."""
        return queryset.filter(state=value)


class StepFilter(ChoiceFilter):
    """By how the next step stands."""

    title = _("next step")
    parameter_name = "step"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Overdue and the states."""
        return [("overdue", _("Overdue")), ("orphaned", _("Owner has left")), *StepState.choices]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows of the choice."""
        if value == "overdue":
            return queryset.filter(step_state=StepState.OPEN, next_due__lt=timezone.localdate())
        if value == "orphaned":
            return queryset.orphaned()
        return queryset.filter(step_state=value)
