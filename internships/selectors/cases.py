"""Reads about requests for support and at the one window."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from internships.models import ServicePaper, ServiceRequest, SupportRequest
from internships.permissions import MOVE_SERVICE, MOVE_SUPPORT
from internships.selectors.holders import holders_of
from wenxi_portal.accounts.models import User
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW, own_organisations


def window_unit() -> Organisation | None:
    """Return the unit that keeps the one window (setting WINDOW_UNIT), None when it is not on file."""
    return Organisation.objects.lead_units().filter(name=settings.WINDOW_UNIT).first()


def asker_of(request: SupportRequest | ServiceRequest) -> User:
    """Return the account that asked."""
    return request.user if isinstance(request, ServiceRequest) else request.placement.student.user


def may_hold_case(user: User, request: SupportRequest | ServiceRequest) -> bool:
    """Tell whether ``user`` may have a request: an open account of the unit in charge, or of the department.

    Whoever only reads (an auditor) never has one.
    """
    permission = MOVE_SUPPORT if isinstance(request, SupportRequest) else MOVE_SERVICE
    if not user.is_active or not user.has_perm(permission):
        return False
    return user.has_perm(SEE_EVERY_ROW) or request.unit_id in set(
        own_organisations(user).values_list("organisation_id", flat=True)
    )


def possible_holders(request: SupportRequest | ServiceRequest) -> QuerySet[Any]:
    """Return the open staff accounts of the unit in charge and of the department, by name."""
    return holders_of([request.unit_id])


def requests_of(user: User) -> QuerySet[ServiceRequest]:
    """Return what ``user`` asked for at the one window, newest first."""
    own: QuerySet[ServiceRequest] = ServiceRequest.objects.filter(user=user)
    return own.select_related("owner", "unit", "user").order_by("-created_at", "-pk")


def papers_of(request: ServiceRequest) -> QuerySet[ServicePaper]:
    """Return the papers of a request in the order in which they came."""
    return ServicePaper.objects.filter(request=request).order_by("uploaded_at", "pk")


def own_paper(user: User, identifier: UUID) -> ServicePaper | None:
    """Return a paper that ``user`` handed in."""
    return ServicePaper.objects.filter(identifier=identifier, request__user=user).first()


def window_record() -> dict[str, Any]:
    """Return how the one window has done up to and including yesterday, so that the figures hold for a whole day.

    Requests answered, the share (per cent) answered within the time set, and the mean satisfaction (1 to 5, None while
    nobody has said). Withdrawn requests and invented ones do not count.
    """
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = ServiceRequest.objects.filter(answered_at__lt=midnight, is_demo=False)
    answered = list(rows.values_list("answered_at", "due_on", "satisfaction"))
    if not answered:
        return {"answered": 0}
    in_time = sum(timezone.localdate(when) <= due for when, due, _mark in answered)
    marks = [mark for _when, _due, mark in answered if mark]
    return {
        "answered": len(answered),
        "in_time": round(100 * in_time / len(answered)),
        "satisfaction": round(sum(marks) / len(marks), 1) if marks else None,
    }
