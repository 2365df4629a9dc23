"""What is to be followed up, by whom and when."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from talent.enums import FlexibleState, PersonState, StepState
from talent.models import CalendarFeed, Contact, FlexibleAgreement, Person, TownshipCollector
from talent.querysets import Visitor, token_index
from wenxi_portal.accounts.models import User
from wenxi_portal.saved_views.models import SavedView

MOST_STEPS = 200
FEED_DAYS = 90
MOST_YEARS = 100


@dataclass(frozen=True, slots=True)
class Week:
    """Open steps by urgency; ``days`` are the seven days from Monday on with what is due on each."""

    overdue: list[Contact]
    today: list[Contact]
    later: list[Contact]
    days: list[tuple[date, list[Contact]]]
    first: date
    last: date
    is_cut: bool = False


def week_of(steps: QuerySet[Contact], day: date | None = None) -> Week:
    """Return the week around ``day`` (default today, China Standard Time) of these steps, overdue ones in front.

    A day on which no office will look at its week, like the last of the year 9999, counts as today.
    """
    today = timezone.localdate()
    if day is None or abs(day.year - today.year) > MOST_YEARS:
        day = today
    first = day - timedelta(days=day.weekday())
    last = first + timedelta(days=6)
    rows = list(
        steps.filter(Q(next_due__lt=today) | Q(next_due__range=(first, last)))
        .select_related("person", "next_owner")
        .order_by("next_due", "pk")[:MOST_STEPS]
    )
    by_day: dict[date, list[Contact]] = defaultdict(list)
    for row in rows:
        if row.next_due:
            by_day[row.next_due].append(row)
    days = [first + timedelta(days=at) for at in range(7)]
    return Week(
        overdue=[row for row in rows if row.next_due and row.next_due < today],
        today=by_day.get(today, []),
        later=[row for row in rows if row.next_due and row.next_due > today],
        days=[(each, by_day.get(each, [])) for each in days],
        first=first,
        last=last,
        is_cut=len(rows) == MOST_STEPS,
    )


def steps_for(user: Visitor, *, officer: int | None = None, unit: int | None = None) -> QuerySet[Contact]:
    """Return the open steps ``user`` may see, narrowed to one officer or to people of one unit."""
    steps = Contact.objects.visible_to(user).open_steps()
    if officer:
        steps = steps.filter(next_owner=officer)
    return steps.filter(person__owner_unit=unit) if unit else steps


def own_steps(user: AbstractBaseUser) -> QuerySet[Contact]:
    """Return the open steps of one officer."""
    return Contact.objects.open_steps().filter(next_owner=user)


def owner_of_feed(token: str) -> User | None:
    """Return whose calendar address this is; None for a void one and for a closed account."""
    feed = CalendarFeed.objects.select_related("user").filter(token_index=token_index(token)).first()
    return feed.user if feed and feed.user.is_active and feed.user.is_staff else None


def feed_steps(user: User) -> QuerySet[Contact]:
    """Return the steps of a feed: overdue ones and those of the next FEED_DAYS days."""
    until = timezone.localdate() + timedelta(days=FEED_DAYS)
    return own_steps(user).filter(next_due__lte=until).select_related("person")[:MOST_STEPS]


def with_something_open() -> QuerySet[User]:
    """Return the accounts in whose name something is open, closed accounts among them."""
    steps = Contact.objects.filter(next_owner=OuterRef("pk"), step_state=StepState.OPEN)
    agreements = FlexibleAgreement.objects.filter(owner=OuterRef("pk"), state=FlexibleState.SIGNED)
    townships = TownshipCollector.objects.filter(user=OuterRef("pk"))
    people = Person.objects.filter(officer=OuterRef("pk"), state=PersonState.ACTIVE)
    views = SavedView.objects.filter(owner=OuterRef("pk"), shared_with__isnull=False)
    found = User.objects.filter(Exists(steps) | Exists(agreements) | Exists(people) | Exists(townships) | Exists(views))
    return found.order_by("name", "pk")


def officers() -> QuerySet[User]:
    """Return the accounts that may own a next step."""
    return User.objects.filter(is_active=True, is_staff=True).order_by("name", "pk")
