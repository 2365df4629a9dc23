"""The only writer of positions: entered by a host or by the lead unit for it, reviewed, published, closed.

Who may change a published position, and what follows:

- the lead unit corrects anything, and the position stays on the list;
- the host changes ``HARMLESS`` words on the list; every other change sends the position back to review, because the
  lead unit has published something else.
"""

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.enums import POSITION_TRANSITIONS, ClosingCause, PositionState
from internships.models import Position, PositionStateChange
from internships.permissions import can_lead_position, is_of_host
from internships.services.moves import Mover
from internships.services.position_messages import tell_host
from internships.services.search_index import index_position
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core import search_text
from wenxi_portal.core.editing import lock, lock_for_edit
from wenxi_portal.core.errors import DomainError

POSITIONS: Mover[Position] = Mover(POSITION_TRANSITIONS, PositionStateChange, "position")

# What a host changes on a published position without a new review.
HARMLESS = frozenset(
    {"title_en", "work_en", "benefits", "address", "latitude", "longitude", "contact_office", "contact_phone"}
)
# What a draft may still lack.
LATER = ("work", "place")
_OUR_OWN = (
    "state", "seats_taken", "reconfirmed_on", "published_at", "closed_at", "closing_cause", "is_demo", "search_vector",
    "indexed_at", "sort_key", "revision",
)  # fmt: skip
_KEPT_BY_CLOCKWORK = ("state", "seats_taken", "reconfirmed_on", "published_at", "closed_at", "closing_cause", "is_demo")


@transaction.atomic
def save_position(*, position: Position, actor: User | None, expected_revision: int | None = None) -> Position:
    """Check and write ``position``, new or changed, and make it findable. A new one is a draft and may lack ``LATER``.

    Raises ``ValidationError`` for broken values (also: fewer seats than are taken), and ``DomainError`` when the
    position is not the actor's, is closed, or when somebody else wrote since ``expected_revision`` was read.
    """
    check_is_theirs(actor, position)
    before = None if position.pk is None else _present(position, expected_revision)
    if before is not None:
        check_is_theirs(actor, before)
        if before.state == PositionState.CLOSED:
            raise DomainError(_("This position is closed. Open it again first."), code="closed")
    present = position.state = before.state if before else PositionState.DRAFT
    position.majors = [major.strip() for major in position.majors if major.strip()]
    position.sort_key = search_text.sort_key(position.title)[:600]
    lacking = [name for name in LATER if present == PositionState.DRAFT and not getattr(position, name)]
    position.full_clean(exclude=["search_vector", *lacking])
    position.save()
    index_position(position)
    record(actor=actor, verb=Verb.CREATED if before is None else Verb.CHANGED, subject=position)
    if before is None:
        POSITIONS.entered(position, actor=actor, reason=_("entered"))
    elif present == PositionState.PUBLISHED and _needs_review(actor, before, position):
        reason = _("The host changed what had been published.")
        POSITIONS.write(position, PositionState.IN_REVIEW, actor=actor, reason=reason, fields=())
    return position


@transaction.atomic
def send_to_review(*, position: Position, actor: User | None, expected: str | None = None) -> Position:
    """Hand a draft, or a closed position that shall be opened again, to the lead unit.

    Raises ``DomainError`` when something is missing or a day has passed; a position under review stays there.
    """
    present = lock(position)
    check_is_theirs(actor, present)
    if present.state == PositionState.IN_REVIEW:
        return present
    present = POSITIONS.locked(position, PositionState.IN_REVIEW, expected=expected)
    if present.state == PositionState.PUBLISHED:
        raise DomainError(_("This position is on the list already."), code="published")
    _check_complete(present)
    if position_like(present) is not None:
        raise DomainError(
            _("This host has a position of this title and first day already. Offer more seats in it instead."),
            code="twin",
            field="title",
        )
    present.closed_at, present.closing_cause = None, ""
    POSITIONS.write(
        present, PositionState.IN_REVIEW, actor=actor, reason=_("sent to review"), fields=("closed_at", "closing_cause")
    )
    return present


@transaction.atomic
def publish_position(*, position: Position, actor: User | None, reason: str = "") -> Position:
    """Put a reviewed position on the list. The day counts as the host's first confirmation.

    Raises ``DomainError`` when it is not under review, not the actor's to decide, or when a day has passed meanwhile.
    """
    present = POSITIONS.locked(position, PositionState.PUBLISHED)
    _check_leads(actor, present)
    _check_complete(present)
    if present.seats_taken >= present.seats:
        raise DomainError(_("All seats are taken. Let the host offer more of them first."), code="full", field="seats")
    present.published_at, present.reconfirmed_on = timezone.now(), timezone.localdate()
    POSITIONS.write(
        present,
        PositionState.PUBLISHED,
        actor=actor,
        reason=reason or _("reviewed and published"),
        fields=("published_at", "reconfirmed_on"),
    )
    tell_host(present, "position_published")
    return present


@transaction.atomic
def hand_back(*, position: Position, actor: User | None, reason: str) -> Position:
    """Give a position back to its host as a draft, with the reason; a published one leaves the list."""
    present = POSITIONS.locked(position, PositionState.DRAFT, reason=reason)
    _check_leads(actor, present)
    POSITIONS.write(present, PositionState.DRAFT, actor=actor, reason=reason, fields=())
    tell_host(present, "position_handed_back", reason=reason.strip()[:300])
    return present


@transaction.atomic
def close_position(
    *, position: Position, actor: User | None, reason: str = "", expected: str | None = None
) -> Position:
    """Close a position by its host or its lead unit; applications under way go on. A closed one stays as it is.

    The lead unit says why. Raises ``DomainError`` when the position is not the actor's.
    """
    present = lock(position)
    check_is_theirs(actor, present)
    if present.state == PositionState.CLOSED:
        return present
    by_host = actor is not None and is_of_host(actor, present)
    POSITIONS.locked(position, PositionState.CLOSED, reason=None if by_host else reason, expected=expected)
    return _close(present, ClosingCause.HOST if by_host else ClosingCause.LEAD_UNIT, actor=actor, reason=reason)


@transaction.atomic
def reconfirm_position(*, position: Position, actor: User) -> Position:
    """Keep the host's word that the position still stands; a second tap on the same day changes nothing."""
    present = lock(position)
    if not is_of_host(actor, present):
        raise DomainError(_("Only the host confirms that a position still stands."), code="not_theirs")
    if present.state != PositionState.PUBLISHED:
        raise DomainError(_("Only a published position is confirmed."), code="transition")
    today = timezone.localdate()
    if present.reconfirmed_on != today:
        present.reconfirmed_on = today
        present.save(update_fields=["reconfirmed_on", "updated_at"])
        record(actor=actor, verb=Verb.CHANGED, subject=present, confirmed=today.isoformat())
    return present


def close_due_positions() -> int:
    """Close what is past its day, full, or unconfirmed for too long; return how many. Harmless when run twice."""
    published = Position.objects.all()
    causes = (
        (ClosingCause.DATE, published.past_their_day()),
        (ClosingCause.SEATS, published.full()),
        (ClosingCause.SILENCE, published.silent()),
    )
    due = [(cause, key) for cause, rows in causes for key in rows.values_list("pk", flat=True)]
    return sum(_close_if_due(cause, key) for cause, key in due)


def position_like(position: Position) -> Position | None:
    """Return another position of the same host, title and first day that is not closed."""
    alike = Position.objects.filter(host=position.host_id, title=position.title, starts_on=position.starts_on)
    return alike.exclude(state=PositionState.CLOSED).exclude(pk=position.pk).first()


def check_is_theirs(actor: User | None, position: Position) -> None:
    """Raise ``DomainError`` unless ``actor`` acts for the position's host or lead unit. None is the portal itself."""
    if actor is not None and not is_of_host(actor, position) and not can_lead_position(actor, position):
        raise DomainError(_("This position belongs to another host."), code="not_theirs")


@transaction.atomic
def _close_if_due(cause: ClosingCause, key: int) -> bool:
    """Close one position if the cause still holds once the row is locked."""
    rows = Position.objects.filter(pk=key)
    present = rows.select_for_update(of=("self",), no_key=True, skip_locked=True).first()
    still = {
        ClosingCause.DATE: rows.past_their_day,
        ClosingCause.SEATS: rows.full,
        ClosingCause.SILENCE: rows.silent,
    }
    if present is None or not still[cause]().exists():
        return False
    _close(present, cause, actor=None, reason=str(cause.label))
    tell_host(present, "position_closed", cause=cause.value)
    return True


def _close(present: Position, cause: ClosingCause, *, actor: User | None, reason: str) -> Position:
    present.closed_at, present.closing_cause = timezone.now(), cause
    POSITIONS.write(
        present,
        PositionState.CLOSED,
        actor=actor,
        reason=reason.strip() or str(cause.label),
        fields=("closed_at", "closing_cause"),
    )
    return present


def _present(position: Position, expected_revision: int | None) -> Position:
    """Lock the row, give ``position`` what only verbs write, and return the row as it was."""
    revision = lock_for_edit(position, expected_revision)
    before = Position.objects.get(pk=position.pk)
    for name in _KEPT_BY_CLOCKWORK:
        setattr(position, name, getattr(before, name))
    position.revision = revision
    return before


def _needs_review(actor: User | None, before: Position, after: Position) -> bool:
    if actor is None or can_lead_position(actor, after):
        return False
    changed = {
        field.attname
        for field in Position._meta.concrete_fields
        if field.name not in _OUR_OWN and _value(before, field.attname) != _value(after, field.attname)
    }
    return bool(changed - HARMLESS - {"id", "created_at", "updated_at"})


def _value(position: Position, name: str) -> Any:
    value = getattr(position, name)
    return sorted(value) if isinstance(value, list) else value


def _check_leads(actor: User | None, position: Position) -> None:
    if actor is not None and not can_lead_position(actor, position):
        raise DomainError(_("The lead unit of this position decides on it."), code="not_theirs")


def _check_complete(position: Position) -> None:
    """Raise ``DomainError`` naming the first thing that keeps a position from being published."""
    today = timezone.localdate()
    if position.apply_until < today:
        raise DomainError(_("The last day to apply has passed. Choose a later one."), code="past", field="apply_until")
    if position.ends_on < today:
        raise DomainError(_("The work has ended already. Choose later days."), code="past", field="ends_on")
    try:
        position.full_clean(exclude=["search_vector"])
    except ValidationError as broken:
        name, sentences = next(iter(broken.message_dict.items()))
        field = "" if name == NON_FIELD_ERRORS else name
        label = f"{Position._meta.get_field(field).verbose_name}: " if field else ""  # type: ignore[union-attr]
        raise DomainError(f"{label}{sentences[0]}", code="incomplete", field=field) from broken
