"""What the pages of a stay show to student, host and university."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from internships.enums import AgreementParty, PlacementState, SheetState
from internships.models import AttendanceSheet, Certificate, Placement, StayAgreement
from internships.selectors.attendance import due_months, present_sheets
from internships.selectors.readiness import missing_parties, present_agreement, readiness, speaks_of_present_days
from wenxi_portal.accounts.models import User

IN_PREPARATION = (PlacementState.PLANNED, PlacementState.READY)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a stay: its sheet, if one is open, and whether it waits for the host."""

    first: date
    sheet: AttendanceSheet | None
    waits: bool


def stays_with_parts(stays: QuerySet[Placement]) -> QuerySet[Placement]:
    """Return stays with everything their pages read, in a fixed number of queries."""
    return stays.select_related(
        "student__user", "student__university", "position", "host", "lead_unit", "officer"
    ).prefetch_related(
        "agreements__signatures",
        "insurances",
        "stay_events",
        "attendance_sheets__objections",
        "certificates",
    )


def of_student(user: User) -> QuerySet[Placement]:
    """Return the stays of the student who is signed in, newest first."""
    return stays_with_parts(Placement.objects.filter(student__user=user))


def of_host(user: User) -> QuerySet[Placement]:
    """Return the stays at the hosts ``user`` acts for."""
    return stays_with_parts(Placement.objects.of_hosts(user))


def of_university(user: User) -> QuerySet[Placement]:
    """Return the stays of the own university's students: who is where, never how it went."""
    return (
        Placement.objects.of_universities(user)
        .select_related("student", "position", "host")
        .prefetch_related("agreements__signatures")
        .order_by("-starts_on", "student__name", "pk")
    )


def way_of(stay: Placement) -> list[dict[str, Any]]:
    """Return the way of a stay for the timeline: what happened, what is now, what comes next."""
    entries: list[dict[str, Any]] = [
        {"title": pgettext("stay", "Planned"), "at": timezone.localdate(stay.created_at), "phase": "done"},
        *(
            {"title": event.get_kind_display(), "at": event.on, "text": event.reason, "phase": "done"}
            for event in stay.stay_events.all()
        ),
    ]
    if stay.state in IN_PREPARATION:
        entries.append({"title": stay.get_state_display(), "when": _("now"), "phase": "now"})
        entries.append({"title": _("First day"), "at": stay.starts_on, "phase": "next"})
    elif stay.state in {PlacementState.ON_POST, PlacementState.INTERRUPTED}:
        entries.append({"title": stay.get_state_display(), "when": _("now"), "phase": "now"})
        entries.append({"title": _("Last day"), "at": stay.ends_on, "phase": "next"})
    return entries


def months_of(stay: Placement, today: date | None = None) -> list[Month]:
    """Return the months of a stay that have a sheet or wait for one, newest first."""
    sheets = present_sheets(stay)
    waiting = due_months(stay, today or timezone.localdate())
    return [
        Month(
            month,
            sheets.get(month),
            month in waiting and (month not in sheets or sheets[month].state == SheetState.DRAFT),
        )
        for month in sorted({*sheets, *waiting}, reverse=True)
    ]


def agreement_of(stay: Placement, party: AgreementParty) -> dict[str, Any]:
    """Return the present agreement and whether ``party`` still has to confirm it."""
    agreement = present_agreement(stay)
    if agreement is None:
        return {"agreement": None, "to_confirm": False, "signatures": [], "missing": []}
    missing = missing_parties(agreement)
    fits = speaks_of_present_days(stay, agreement) and stay.state in {*IN_PREPARATION, PlacementState.ON_POST}
    return {
        "agreement": agreement,
        "to_confirm": fits and party in missing,
        "signatures": list(agreement.signatures.all()),
        "missing": missing,
    }


def agreement_to_sign(stay: Placement, party: AgreementParty) -> StayAgreement | None:
    """Return the agreement that waits for ``party``; None when nothing does."""
    told = agreement_of(stay, party)
    return told["agreement"] if told["to_confirm"] else None


def certificate_of(stay: Placement) -> Certificate | None:
    """Return the valid certificate."""
    return next((one for one in stay.certificates.all() if one.revoked_on is None), None)


def needs_of(stay: Placement) -> list[Any]:
    """Return the requirements of a stay that has not begun; none afterwards."""
    return readiness(stay) if stay.state in IN_PREPARATION else []
