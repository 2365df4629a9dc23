"""The only writer of group activities and who takes part."""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.enums import ACTIVITY_TRANSITIONS, STAYS_TO_COME, ActivityState, SignUpState
from internships.models import ActivitySignUp, ActivityStateChange, GroupActivity, Placement
from internships.services.moves import Mover
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock, lock_for_edit
from wenxi_portal.core.errors import DomainError
from wenxi_portal.notifications.services.outbox import tell

MOVER: Mover[GroupActivity] = Mover(ACTIVITY_TRANSITIONS, ActivityStateChange, "activity")
_STUDENT = ("placement__student__user",)
SEATED = (SignUpState.SIGNED_UP, SignUpState.ATTENDED, SignUpState.MISSED)


@transaction.atomic
def save_activity(*, activity: GroupActivity, actor: User, expected_revision: int | None = None) -> GroupActivity:
    """Check and write an activity; a new one is planned. Who goes is told of another time or place.

    Raises ``DomainError`` for fewer seats than are taken, and when it was held or called off.
    """
    present = None
    if activity.pk is None:
        activity.state = ActivityState.PLANNED
    else:
        activity.revision = lock_for_edit(activity, expected_revision)
        present = GroupActivity.objects.get(pk=activity.pk)
        _check_edit(activity, present)
    activity.full_clean()
    activity.save()
    if present is None:
        MOVER.entered(activity, actor=actor, reason=_("entered"))
    record(actor=actor, verb=Verb.CHANGED if present else Verb.CREATED, subject=activity)
    if present is not None and _where(present) != _where(activity):
        _tell_goers(activity, "activity_changed", f"{activity.pk}:{activity.revision}", title=activity.title)
    _move_up(activity)
    return activity


@transaction.atomic
def open_activity(*, activity: GroupActivity, actor: User) -> GroupActivity:
    """Let those on a stay sign up."""
    present = MOVER.locked(activity, ActivityState.OPEN)
    if present.begins_at <= timezone.now():
        raise DomainError(_("It has begun already: choose a later time."), code="past", field="begins_at")
    MOVER.write(present, ActivityState.OPEN, actor=actor, reason=_("open for sign-up"), fields=())
    return present


@transaction.atomic
def hold_activity(*, activity: GroupActivity, actor: User, came: Collection[int], report: str = "") -> GroupActivity:
    """Note who came (``came``: keys of sign-ups) and what it was like. Raises ``DomainError`` before it began."""
    present = MOVER.locked(activity, ActivityState.HELD)
    if present.begins_at > timezone.now():
        raise DomainError(_("It has not begun yet."), code="early")
    _note(present, came)
    present.report = report.strip()
    MOVER.write(present, ActivityState.HELD, actor=actor, reason=_("held"), fields=("report",))
    return present


@transaction.atomic
def correct_attendance(*, activity: GroupActivity, actor: User, came: Collection[int], report: str) -> GroupActivity:
    """Note anew who came, and the report. Raises ``DomainError`` unless it was held."""
    present = lock(activity)
    if present.state != ActivityState.HELD:
        raise DomainError(_("It was not held yet."), code="early")
    _note(present, came)
    present.report, present.revision = report.strip(), present.revision + 1
    present.full_clean()
    present.save(update_fields=["report", "revision", "updated_at"])
    record(actor=actor, verb=Verb.CHANGED, subject=present, came=len(came))
    return present


@transaction.atomic
def call_off(*, activity: GroupActivity, actor: User, reason: str) -> GroupActivity:
    """Call it off and tell those who signed up."""
    present = MOVER.locked(activity, ActivityState.CANCELLED, reason=reason)
    MOVER.write(present, ActivityState.CANCELLED, actor=actor, reason=reason, fields=())
    words = {"title": present.title, "reason": reason.strip()[:200]}
    _tell_goers(present, "activity_called_off", str(present.pk), **words)
    return present


@transaction.atomic
def sign_up(*, activity: GroupActivity, placement: Placement, actor: User) -> ActivitySignUp:
    """Sign a student up: a seat while there is one, else the waiting list. Signing up twice is once.

    Raises ``DomainError`` when one can no longer sign up, or the stay does not run on that day.
    """
    present = lock(activity)
    if present.state != ActivityState.OPEN or present.begins_at <= timezone.now():
        raise DomainError(_("One can no longer sign up for this."), code="closed")
    day = timezone.localdate(present.begins_at)
    if placement.state not in STAYS_TO_COME or not placement.starts_on <= day <= placement.ends_on:
        raise DomainError(_("On that day your stay does not run."), code="outside")
    mine = present.sign_ups.filter(placement=placement).first()
    if mine is not None and mine.state != SignUpState.CANCELLED:
        return mine
    mine = mine or ActivitySignUp(activity=present, placement=placement)
    mine.seat = _free_seat(present)
    mine.state = SignUpState.SIGNED_UP if mine.seat else SignUpState.WAITING
    mine.at = timezone.now()
    mine.full_clean()
    mine.save()
    record(actor=actor, verb=Verb.CHANGED, subject=present, sign_up=mine.state)
    return mine


@transaction.atomic
def sign_off(*, sign_up: ActivitySignUp, actor: User) -> ActivitySignUp:
    """Take a sign-up back; the next on the waiting list moves up by itself and is told. Twice is once.

    Raises ``DomainError`` once the activity has begun.
    """
    activity = lock(sign_up.activity)
    mine = lock(sign_up)
    if mine.state == SignUpState.CANCELLED:
        return mine
    if activity.state != ActivityState.OPEN or activity.begins_at <= timezone.now():
        raise DomainError(_("This can no longer be taken back."), code="closed")
    mine.state, mine.seat = SignUpState.CANCELLED, None
    mine.save(update_fields=["state", "seat"])
    record(actor=actor, verb=Verb.CHANGED, subject=activity, sign_up=mine.state)
    _move_up(activity)
    return mine


def _free_seat(activity: GroupActivity) -> int | None:
    taken = set(activity.sign_ups.exclude(seat=None).values_list("seat", flat=True))
    return next((seat for seat in range(1, activity.seats + 1) if seat not in taken), None)


def _move_up(activity: GroupActivity) -> None:
    """Give free seats to those who wait, first come first; whose stay no longer runs on the day is passed over."""
    if activity.state != ActivityState.OPEN or activity.begins_at <= timezone.now():
        return
    day = timezone.localdate(activity.begins_at)
    for waiting in activity.sign_ups.filter(state=SignUpState.WAITING).order_by("at", "pk").select_related(*_STUDENT):
        seat = _free_seat(activity)
        if seat is None:
            return
        stay = waiting.placement
        if stay.state not in STAYS_TO_COME or not stay.starts_on <= day <= stay.ends_on:
            continue
        waiting.state, waiting.seat = SignUpState.SIGNED_UP, seat
        waiting.save(update_fields=["state", "seat"])
        if stay.student.user.is_active:
            about = f"{activity.pk}:{waiting.pk}:{waiting.at.timestamp():.0f}"
            params = {"title": activity.title, "stay": str(stay.pk)}
            tell(recipient=stay.student.user, kind="activity_moved_up", about=about, params=params)


def _check_edit(activity: GroupActivity, present: GroupActivity) -> None:
    if present.state not in (ActivityState.PLANNED, ActivityState.OPEN):
        raise DomainError(_("It was held or called off: it is no longer changed."), code="closed")
    highest = present.sign_ups.order_by("-seat").exclude(seat=None).values_list("seat", flat=True).first() or 0
    if activity.seats < highest:
        raise DomainError(_("%(number)d have signed up already.") % {"number": highest}, code="seats", field="seats")


def _where(activity: GroupActivity) -> tuple[Any, ...]:
    return activity.begins_at, activity.place


def _note(activity: GroupActivity, came: Collection[int]) -> None:
    """Tick off those who came among all who had a seat."""
    seated = activity.sign_ups.filter(state__in=SEATED)
    seated.filter(pk__in=came).update(state=SignUpState.ATTENDED)
    seated.exclude(pk__in=came).update(state=SignUpState.MISSED)


def _tell_goers(activity: GroupActivity, kind: str, about: str, **params: str) -> None:
    going = activity.sign_ups.filter(state__in=[SignUpState.SIGNED_UP, SignUpState.WAITING])
    for each in going.filter(placement__student__user__is_active=True).select_related("placement__student__user"):
        there = params | {"stay": str(each.placement_id)}
        tell(recipient=each.placement.student.user, kind=kind, about=about, params=there)
