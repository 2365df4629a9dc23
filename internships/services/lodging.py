"""The only writer of lodgings, beds and who sleeps in them."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.enums import STAYS_TO_COME
from internships.models import Bed, BedStay, Lodging, Placement
from internships.selectors.lodging import fits, free_beds
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError

MOST_BEDS_AT_ONCE = 200


@transaction.atomic
def save_lodging(*, lodging: Lodging, actor: User) -> Lodging:
    """Check and write a house."""
    is_new = lodging.pk is None
    lodging.full_clean()
    lodging.save()
    record(actor=actor, verb=Verb.CREATED if is_new else Verb.CHANGED, subject=lodging)
    return lodging


@transaction.atomic
def add_beds(*, lodging: Lodging, room: str, number: int, sex: str, actor: User) -> list[Bed]:
    """Add ``number`` beds to a room, labelled on from those that stand there.

    Raises ``DomainError`` for a senseless number and when the room is already for the other sex.
    """
    house = lock(lodging)
    if not 1 <= number <= MOST_BEDS_AT_ONCE:
        raise DomainError(_("Enter a number of beds between 1 and 200."), code="number", field="number")
    present = list(house.beds.filter(room=room.strip()))
    if present and present[0].sex != sex:
        raise DomainError(_("This room is for somebody else: all beds of a room are for the same sex."), code="sex")
    first = max((int(bed.label) for bed in present if bed.label.isdecimal()), default=0) + 1
    beds = [Bed(lodging=house, room=room.strip(), label=str(first + at), sex=sex) for at in range(number)]
    for bed in beds:
        bed.full_clean()
        bed.save()
    record(actor=actor, verb=Verb.CHANGED, subject=house, beds=number, room=room.strip())
    return beds


@transaction.atomic
def close_bed(*, bed: Bed, actor: User, is_usable: bool = False) -> Bed:
    """Take a bed out of use, or back into it. Raises ``DomainError`` while somebody has it from today on."""
    present = lock(bed)
    taken = present.stays.filter(is_cancelled=False, ends_on__gte=timezone.localdate()).exists()
    if not is_usable and taken:
        raise DomainError(_("Somebody has this bed from today on: move the person first."), code="taken")
    present.is_usable = is_usable
    present.save(update_fields=["is_usable"])
    record(actor=actor, verb=Verb.CHANGED, subject=present, is_usable=is_usable)
    return present


@transaction.atomic
def give_bed(
    *, placement: Placement, actor: User, bed: Bed | None = None, lodging: Lodging | None = None,
    starts_on: date | None = None, ends_on: date | None = None,
) -> BedStay:  # fmt: skip
    """Give a bed for some nights (default: the whole stay): the named one, or the first free one of ``lodging``.

    Raises ``DomainError`` when the nights lie outside the stay, the room is for the other sex, no bed is free, or
    somebody else was given the bed at this moment: no bed is ever given twice, the database sees to that.
    """
    stay = lock(placement)
    first, last = starts_on or stay.starts_on, ends_on or stay.ends_on
    if stay.state not in STAYS_TO_COME:
        raise DomainError(_("This stay is over or was cancelled."), code="over")
    if first < stay.starts_on or last > stay.ends_on or last < first:
        raise DomainError(_("The nights lie outside the stay."), code="outside", field="ends_on")
    bed = lock(bed) if bed is not None else _first_free(first, last, lodging, stay.student.sex)
    if not bed.is_usable or not bed.lodging.is_open or not fits(bed, stay.student.sex):
        raise DomainError(_("This bed is not for this student."), code="sex", field="bed")
    given = BedStay(bed=bed, placement=stay, starts_on=first, ends_on=last, given_by=actor)
    given.full_clean()
    try:
        with transaction.atomic():
            given.save()
    except IntegrityError as error:
        raise DomainError(_("The bed was given away at this very moment. Choose another."), code="taken") from error
    record(actor=actor, verb=Verb.CREATED, subject=given)
    return given


@transaction.atomic
def give_back(*, bed_stay: BedStay, actor: User, last_night: date | None = None) -> BedStay:
    """Give a bed back: wholly when the nights have not begun, otherwise after ``last_night`` (default: last night)."""
    present = lock(bed_stay)
    if present.is_cancelled:
        return present
    today = timezone.localdate()
    until = last_night or today - timedelta(days=1)
    if until < present.starts_on:
        present.is_cancelled = True
    elif until < present.ends_on:
        present.ends_on = until
    else:
        raise DomainError(_("The nights are over by then."), code="over", field="last_night")
    present.save(update_fields=["is_cancelled", "ends_on", "updated_at"])
    record(actor=actor, verb=Verb.CHANGED, subject=present, until=until.isoformat())
    return present


def _first_free(first: date, last: date, lodging: Lodging | None, sex: str) -> Bed:
    """Return the first free bed, locked: who comes while it is being given looks again and gets the next one."""
    while (found := free_beds(first, last, lodging=lodging, sex=sex).first()) is not None:
        bed = lock(found)
        if free_beds(first, last, sex=sex).filter(pk=bed.pk).exists():
            return bed
    raise DomainError(_("No bed is free in that time."), code="full")
