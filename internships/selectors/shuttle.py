"""Reads about shuttles: which ones a stay can use, and who sits in them."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, F, QuerySet
from django.utils import timezone

from internships.enums import STAYS_TO_COME
from internships.models import Placement, ShuttleRun, ShuttleSeat
from wenxi_portal.accounts.models import User

# Somebody arrives up to so many days before the stay and leaves up to as many after it.
AROUND = timedelta(days=3)


def drives_around(run: ShuttleRun, stay: Placement) -> bool:
    """Tell whether the shuttle drives on a day of the stay, or shortly before or after it."""
    day = timezone.localdate(run.leaves_at)
    return stay.starts_on - AROUND <= day <= stay.ends_on + AROUND


def shuttles_for(stay: Placement) -> list[Any]:
    """Return the shuttles to come around a stay, earliest first.

    Each knows ``free`` (seats nobody has) and ``mine`` (the seat of this stay, None without one). None while the stay
    is over or cancelled, apart from those it has a seat in.
    """
    runs = ShuttleRun.objects.filter(leaves_at__gt=timezone.now()).annotate(free=F("seats") - Count("taken_seats"))
    seats = {seat.run_id: seat for seat in stay.shuttle_seats.filter(run__leaves_at__gt=timezone.now())}
    is_open = stay.state in STAYS_TO_COME
    found: list[Any] = []
    run: Any
    for run in runs.order_by("leaves_at", "pk"):
        run.mine = seats.get(run.pk)
        if run.mine or (is_open and not run.is_cancelled and drives_around(run, stay)):
            found.append(run)
    return found


def passengers(run: ShuttleRun) -> QuerySet[Any]:
    """Return the taken seats of a shuttle by number, with student, school and host."""
    seats = ShuttleSeat.objects.filter(run=run).order_by("number")
    return seats.select_related("placement__student__university", "placement__host", "run")


def own_runs(driver: User) -> QuerySet[Any]:
    """Return the shuttles of a driver from today on, earliest first."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return driver.shuttle_runs.filter(leaves_at__gte=midnight).order_by("leaves_at", "pk")
