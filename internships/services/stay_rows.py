"""What every verb on a stay shares: moving it, moving its days, leaving an event."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.enums import PLACEMENT_TRANSITIONS, StayEventKind
from internships.models import Placement, PlacementStateChange, StayEvent
from internships.services.moves import Mover
from wenxi_portal.accounts.models import User
from wenxi_portal.core.errors import DomainError

STAYS: Mover[Placement] = Mover(PLACEMENT_TRANSITIONS, PlacementStateChange, "placement")
DAYS = ("starts_on", "ends_on")
COURSE = (StayEventKind.STARTED, StayEventKind.INTERRUPTED, StayEventKind.RESUMED)


def leave_event(
    stay: Placement,
    kind: StayEventKind,
    *,
    on: date,
    actor: User | None,
    reason: str = "",
    before: date | None = None,
) -> StayEvent:
    """Write down what happened on a day; ``before`` is the last day before, where it moved."""
    return StayEvent.objects.create(
        placement=stay,
        kind=kind,
        on=on,
        actor=actor,
        reason=reason.strip()[:300],
        ends_on_before=before,
        ends_on_after=stay.ends_on if before else None,
    )


def write_days(stay: Placement) -> None:
    """Write the days of a locked stay. Raises ``ValidationError`` in words when the student is elsewhere then."""
    stay.validate_constraints()
    stay.revision += 1
    try:
        with transaction.atomic():
            stay.save(update_fields=[*DAYS, "revision", "updated_at"])
    except IntegrityError:
        # Another stay of the student was written at the same moment.
        raise DomainError(
            _("The student has another stay in that time. Nobody is in two places at once."), code="overlap"
        ) from None


def touch(stay: Placement) -> None:
    """Let reminders look at the stay again: something that belongs to it has changed."""
    Placement.objects.filter(pk=stay.pk).update(updated_at=timezone.now())


def last_event_day(stay: Placement) -> date:
    """Return the day of the latest start, break or return, or the first day of the stay when nothing happened yet."""
    latest = stay.stay_events.filter(kind__in=COURSE).order_by("-on").values_list("on", flat=True).first()
    return max(latest, stay.starts_on) if latest else stay.starts_on


def check_happened(stay: Placement, on: date, today: date) -> None:
    """Refuse a day that has not come, that lies outside the stay, or before what happened last."""
    if on > today:
        raise DomainError(_("This day has not come yet: enter what has happened."), code="future", field="on")
    if not stay.starts_on <= on <= stay.ends_on:
        raise DomainError(_("This day lies outside the stay."), code="outside", field="on")
    if on < last_event_day(stay):
        raise DomainError(_("Something happened after this day already. Choose a later day."), code="order", field="on")
