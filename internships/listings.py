"""The public list of positions as a list of which searches can be kept, and whose new rows are told."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships.filters import LEGENDS, chosen_words
from internships.selectors.position_facets import CLOSED, FACETS
from internships.selectors.positions import ORDERS, selected_positions
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.list_filters import address
from wenxi_portal.core.selection import Reading, Selection, read_selection
from wenxi_portal.core.wording import labelled
from wenxi_portal.saved_views import listings

FAMILY = "positions"
# The name of the one list of the family.
POSITIONS = f"{FAMILY}:public"
Params = Mapping[str, Sequence[str]]


class PositionListing:
    """The positions one can apply for. Whoever may sign in keeps searches of it; nothing in it is anybody's own."""

    label: str | Promise = gettext_lazy("Internship positions")

    def clean(self, user: AbstractBaseUser, params: Params) -> dict[str, list[str]]:
        """Return the keyword, the order and the filters of the list; closed positions are no news."""
        _must_be_active(user)
        return params_of(_read(params).selection)

    def rows(self, user: AbstractBaseUser, params: Params) -> QuerySet[Any]:
        """Return the open positions that fit."""
        _must_be_active(user)
        reading = _read(params)
        if reading.ignored or set(params) - {*(facet.name for facet in FACETS), "q", "sort"}:
            raise DomainError(_("This list no longer knows all filters of the view. Keep it anew."), code="changed")
        return selected_positions(reading.selection)

    def words(self, user: AbstractBaseUser, params: Params) -> list[str]:  # noqa: ARG002 - every list is told who asks
        """Return the keyword and the chosen filters, each in words."""
        selection = _read(params).selection
        searched = [_("Search: %(words)s") % {"words": selection.keyword}] if selection.keyword else []
        return [*searched, *(labelled(LEGENDS[name], word) for name, word in chosen_words(selection))]

    def url(self, params: Params, *, new_in: str = "") -> str:
        """Return the public list, or the page of one's own with what one look found."""
        if new_in:
            return reverse("my_internships:new_positions", args=[new_in])
        return address(reverse("internships:position_list"), _read(params).selection)


def params_of(selection: Selection) -> dict[str, list[str]]:
    """Return a selection as a saved view keeps it, without the wish to see closed positions."""
    found = {name: list(values) for name, values in selection.without(CLOSED.name).chosen.items()}
    for name, value in (("q", selection.keyword), ("sort", selection.order)):
        if value:
            found[name] = [value]
    return found


def _read(params: Params) -> Reading:
    return read_selection(MultiValueDict({name: list(values) for name, values in params.items()}), FACETS, ORDERS)


def _must_be_active(user: AbstractBaseUser) -> None:
    if not user.is_active:
        raise DomainError(_("You may no longer see this list."), code="forbidden")


listings.declare(FAMILY, lambda name: PositionListing() if name == "public" else None)
