"""Many stays or requests put into somebody else's hands from their lists."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from internships.admin.care_forms import HandOnForm
from wenxi_portal.accounts.models import User
from wenxi_portal.core.admin.moves import Deed
from wenxi_portal.core.wording import MORE, part_list

# As many as stand in an address.
MOST_AT_ONCE = 200
MOST_NAMES = 20


@dataclass(frozen=True, slots=True)
class Many:
    """What changes hands: the rows the person sees and that can be handed on, who may have them all, and the verb.

    ``perform`` takes the numbers, the ``owner`` and the ``actor``; ``list_name`` is the address of the list.
    """

    rows: QuerySet[Any]
    holders: Callable[[list[Any]], QuerySet[User]]
    perform: Callable[..., Any]
    permission: str
    list_name: str


def lead_to_page(request: HttpRequest, queryset: QuerySet[Any], page: str) -> HttpResponseRedirect:
    """Lead from the chosen rows of a list to the page ``page`` that asks into whose hands they go."""
    keys = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
    if len(keys) > MOST_AT_ONCE:
        told = _("At most %(most)d at once: the first are chosen. Repeat it for the others.")
        messages.warning(request, told % {"most": MOST_AT_ONCE})
    return HttpResponseRedirect(f"{reverse(page)}?rows={','.join(map(str, keys[:MOST_AT_ONCE]))}")


def hand_over_view(admin: Any, request: HttpRequest, many: Many) -> HttpResponse:
    """Ask into whose hands the rows go whose numbers stand in the address, and put them there."""
    keys = [key for key in request.GET.get("rows", "").split(",") if key.isdecimal() and len(key) < 19]
    rows = list(many.rows.filter(pk__in=keys[:MOST_AT_ONCE]).order_by("pk"))
    address, number = reverse(many.list_name), len(rows)
    if not rows:
        messages.warning(request, _("None of the chosen rows can be handed on: they are over."))
        return HttpResponseRedirect(address)

    def perform(owner: User) -> None:
        many.perform([row.pk for row in rows], owner=owner, actor=request.user)

    names = part_list(rows[:MOST_NAMES]) + (MORE if number > MOST_NAMES else "")
    deed = Deed(
        title=_("Hand on"),
        button=_("Hand on"),
        form=HandOnForm,
        perform=perform,
        done=ngettext("%(number)d matter changed hands.", "%(number)d matters changed hands.", number)
        % {"number": number},
        explanation=names,
        back=address,
        then=address,
    )
    page: HttpResponse = admin.deed_view(request, rows[0], deed, permission=many.permission, holders=many.holders(rows))
    return page
