"""Filters of the queues of requests."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from internships.enums import CaseState
from wenxi_portal.core.admin.filters import ChoiceFilter

WAITING = (CaseState.RECEIVED, CaseState.IN_HAND)
ALL = "all"


class CaseStateFilter(ChoiceFilter):
    """By state; without a choice only what waits for an answer."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The states, and all of them."""
        return [*CaseState.choices, (ALL, _("all"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """What waits, unless something else is asked for."""
        return super().queryset(request, queryset) if self.value() else queryset.filter(state__in=WAITING)

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows in the state."""
        return queryset if value == ALL else queryset.filter(state=value)


class OwnerFilter(ChoiceFilter):
    """By whose hands it is in."""

    title = _("in the hands of")
    parameter_name = "owner"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The own hands, nobody's, those of closed accounts, and everybody who has something that waits."""
        waiting = model_admin.get_queryset(request).filter(state__in=WAITING, owner__is_active=True)
        names = waiting.order_by("owner__name").values_list("owner_id", "owner__name").distinct()
        others = [(str(pk), name) for pk, name in names if pk != request.user.pk]
        return [("me", _("mine")), ("nobody", _("nobody yet")), ("left", _("closed accounts")), *others]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows in these hands."""
        conditions: dict[str, dict[str, Any]] = {
            "me": {"owner": self.request.user.pk},
            "nobody": {"owner__isnull": True},
            "left": {"owner__is_active": False},
        }
        return queryset.filter(**conditions.get(value) or {"owner": value})


class ClockFilter(ChoiceFilter):
    """By how the clock stands."""

    title = _("answer due")
    parameter_name = "clock"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Overdue, today."""
        return [("overdue", _("overdue")), ("today", _("today"))]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Rows that wait and whose day is that."""
        today = timezone.localdate()
        waiting = queryset.filter(state__in=WAITING)
        return waiting.filter(due_on__lt=today) if value == "overdue" else waiting.filter(due_on=today)
