"""Which views somebody can use, and what is new in one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from wenxi_portal.organisations.models import Organisation
from wenxi_portal.organisations.querysets import own_organisations
from wenxi_portal.saved_views import listings
from wenxi_portal.saved_views.models import SavedView, SeenRow


@dataclass(frozen=True, slots=True)
class Entry:
    """A view in the list of one's own: where it opens, what narrows it in words, and where the new rows are shown."""

    view: SavedView
    label: str
    url: str
    new_url: str = ""
    new_count: int = 0
    words: Sequence[str] = ()


def views_for(user: AbstractBaseUser | AnonymousUser, listing: str) -> QuerySet[SavedView]:
    """Return the views of a list that ``user`` can open: own ones, then those of colleagues."""
    return SavedView.objects.usable_by(user).filter(listing=listing).order_by("name", "pk")


def own_views(user: AbstractBaseUser) -> list[Entry]:
    """Return the views that ``user`` made, by list and name, with what the last look found."""
    last = SeenRow.objects.filter(view=OuterRef("pk"), look=OuterRef("looks"), look__gt=0).order_by().values("view")
    counted = last.annotate(number=Count("pk")).values("number")
    views = SavedView.objects.of(user).select_related("shared_with").annotate(new=Coalesce(Subquery(counted), 0))
    return [_entry(view, user) for view in views]


def new_in(user: AbstractBaseUser | AnonymousUser, mark: str) -> QuerySet[Any, Any] | None:
    """Return the records that a look found, of a ``mark`` as ``mark_of`` writes it; None for none of ``user``'s own."""
    view, _dash, look = mark.partition("-")
    if not (view.isdecimal() and look.isdecimal() and len(mark) < 30):
        return None
    if not SavedView.objects.of(user).filter(pk=int(view)).exists():
        return None
    return SeenRow.objects.filter(view=int(view), look=int(look), look__gt=0).values("record")


def mark_of(view: SavedView, look: int) -> str:
    """Return how an address names what one look of a view found."""
    return f"{view.pk}-{look}"


def units_of(user: AbstractBaseUser) -> QuerySet[Organisation]:
    """Return the units with which ``user`` may share a view."""
    return Organisation.objects.filter(pk__in=own_organisations(user)).in_name_order()


def _entry(view: SavedView, user: AbstractBaseUser) -> Entry:
    listing = listings.find(view.listing)
    if listing is None:
        return Entry(view, view.listing, "")
    new = view.new  # type: ignore[attr-defined]
    new_url = listing.url(view.params, new_in=mark_of(view, view.looks)) if new else ""
    return Entry(view, str(listing.label), listing.url(view.params), new_url, new, listing.words(user, view.params))
