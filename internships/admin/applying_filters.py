"""Filters of the lists of applications and students, with how many stand at each stage."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships.enums import HOLDERS, ApplicationState, Holder
from wenxi_portal.core.admin.filters import ChoiceFilter

OPEN_HOLDERS = (Holder.HOST, Holder.STUDENT, Holder.LEAD_UNIT)


def is_overdue() -> Q:
    """Return the condition that an answer was due before today."""
    return Q(answer_due_on__lt=timezone.localdate())


class StageFilter(ChoiceFilter):
    """By state, with the number at each stage and how many of them are overdue."""

    title = gettext_lazy("stage")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The states that occur among what the person may see."""
        rows = model_admin.get_queryset(request).order_by()
        counted = {
            state: (number, late)
            for state, number, late in rows.values_list("state").annotate(
                Count("pk"), late=Count("pk", filter=is_overdue())
            )
        }
        return [(state.value, self._words(state, *counted[state])) for state in ApplicationState if state in counted]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows at the stage."""
        return queryset.filter(state=value)

    def _words(self, state: ApplicationState, number: int, late: int) -> str:
        words = f"{state.label} ({number})"
        return _("%(stage)s, %(late)d overdue") % {"stage": words, "late": late} if late else words


class HolderFilter(ChoiceFilter):
    """By who has the case, and what is overdue."""

    title = gettext_lazy("who has it")
    parameter_name = "holder"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Host, student, lead unit; overdue."""
        return [*((holder.value, str(holder.label)) for holder in OPEN_HOLDERS), ("overdue", _("answer overdue"))]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows that wait for them."""
        if value == "overdue":
            return queryset.filter(is_overdue())
        return queryset.filter(state__in=[state for state, holder in HOLDERS.items() if holder == value])


class EnrolmentFilter(ChoiceFilter):
    """By whether the enrolment was compared with the register."""

    title = gettext_lazy("enrolment")
    parameter_name = "enrolment"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Checked or not."""
        return [("checked", _("checked")), ("unchecked", _("not checked yet"))]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows of one sort."""
        return queryset.filter(enrolment_checked_on__isnull=value == "unchecked")


class PersonLinkFilter(ChoiceFilter):
    """Profiles that an officer has to look at before they are tied to a person."""

    title = gettext_lazy("talent record")
    parameter_name = "person"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Tied or waiting."""
        return [("linked", _("linked")), ("open", _("to be confirmed"))]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows of one sort."""
        return queryset.filter(person__isnull=value == "open")
