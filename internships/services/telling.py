"""Telling those who have to do with a stay, through the outbox, in the caller's transaction."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from internships.models import Placement
from wenxi_portal.accounts.models import User
from wenxi_portal.notifications.services.outbox import tell
from wenxi_portal.organisations.models import Organisation


def tell_student(stay: Placement, kind: str, *, about: str, **params: Any) -> None:
    """Tell the student."""
    _tell_all([stay.student.user], stay, kind, about, {**params, "door": "student"})


def tell_host(stay: Placement, kind: str, *, about: str, **params: Any) -> None:
    """Tell everybody who acts for the host."""
    _tell_all(members_of(stay.host), stay, kind, about, {**params, "door": "host"})


def tell_officer(stay: Placement, kind: str, *, about: str, **params: Any) -> None:
    """Tell the officer in charge, or the lead unit when nobody is."""
    officers = [stay.officer] if stay.officer and stay.officer.is_active else members_of(stay.lead_unit)
    _tell_all(officers, stay, kind, about, {**params, "door": "officer"})


def tell_school(stay: Placement, kind: str, *, about: str, **params: Any) -> None:
    """Tell everybody who acts for the university, where it is on file."""
    if stay.student.university:
        _tell_all(members_of(stay.student.university), stay, kind, about, {**params, "door": "school"})


def members_of(organisation: Organisation) -> list[User]:
    """Return the active accounts that act for ``organisation`` today."""
    today = timezone.localdate()
    members = organisation.memberships.current().filter(since__lte=today, user__is_active=True)
    return [membership.user for membership in members.select_related("user")]


def _tell_all(people: Iterable[User], stay: Placement, kind: str, about: str, params: dict[str, Any]) -> None:
    for person in people:
        if person.is_active:
            tell(recipient=person, kind=kind, about=about, params={"stay": stay.pk, "host": stay.host.name, **params})
