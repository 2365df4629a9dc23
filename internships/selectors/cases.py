"""Reads about requests for support and at the one window."""

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from internships.models import ServiceRequest, SupportRequest
from wenxi_portal.accounts.models import User
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW, own_organisations


def window_unit() -> Organisation | None:
    """Return the unit that keeps the one window (setting WINDOW_UNIT), None when it is not on file."""
    return Organisation.objects.lead_units().filter(name=settings.WINDOW_UNIT).first()


def may_hold_case(user: User, request: SupportRequest | ServiceRequest) -> bool:
    """Tell whether ``user`` may have a request: an open account of the unit in charge, or of the department."""
    if not user.is_active:
        return False
    return user.has_perm(SEE_EVERY_ROW) or request.unit_id in set(
        own_organisations(user).values_list("organisation_id", flat=True)
    )


def possible_holders(request: SupportRequest | ServiceRequest) -> QuerySet[Any]:
    """Return the open staff accounts of the unit in charge, by name."""
    current = User.objects.filter(is_active=True, is_staff=True, memberships__organisation=request.unit_id)
    members = request.unit.memberships.current().values("user_id")
    return current.filter(pk__in=members).distinct().order_by("name", "pk")


def window_record() -> dict[str, Any]:
    """Return how the one window has done so far: requests answered, share within the time set, mean satisfaction."""
    rows = ServiceRequest.objects.filter(answered_at__isnull=False).values_list("answered_at", "due_on", "satisfaction")
    answered = list(rows)
    if not answered:
        return {"answered": 0}
    in_time = sum(timezone.localdate(when) <= due for when, due, _mark in answered)
    marks = [mark for _when, _due, mark in answered if mark]
    return {
        "answered": len(answered),
        "in_time": round(100 * in_time / len(answered)),
        "satisfaction": round(sum(marks) / len(marks), 1) if marks else None,
    }
