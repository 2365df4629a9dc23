"""The public list of bases."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bases import filters
from bases.selectors import public
from bases.selectors.facets import FACETS
from bases.views.cards import base_card
from bases.views.progress import progress
from wenxi_portal.core.list_filters import address, chips, loosened, remarks
from wenxi_portal.core.page_cache import public_page
from wenxi_portal.core.pagination import ROWS, page_links, page_of
from wenxi_portal.core.register_cache import remember
from wenxi_portal.core.selection import Selection, read_selection


@require_safe
@public_page
def base_list(request: HttpRequest) -> HttpResponse:
    """Show the public bases, narrowed and counted by what the address chooses."""
    reading = read_selection(request.GET, FACETS, public.ORDERS)
    selection, action = reading.selection, reverse("bases:list")
    announced = public.announced_bases()
    numbers = remember(
        "bases.list", _counted_by(selection), announced.registers, lambda: public.base_list_numbers(selection)
    )
    groups = filters.groups(selection, numbers)
    page = page_of(request, numbers.counts.total)
    rows = public.base_list_rows(selection, page.start_index() - 1, ROWS) if page.paginator.count else []
    context = {
        "action": action,
        "crumbs": [(_("Cooperation bases"), "")],
        "selection": selection,
        "groups": groups,
        "chips": chips(groups, selection, action),
        "clear_url": action,
        "orders": _orders(selection, action),
        "remarks": remarks(reading),
        "total": numbers.counts.total,
        "progress": progress(numbers.on_file, announced),
        "cards": [base_card(row) for row in rows],
        "links": page_links(page, QueryDict(selection.query)),
        "downloads": _downloads(selection),
    }
    if not rows:
        without = public.count_without_keyword(selection) if selection.keyword else 0
        context["loosen"] = loosened(groups, numbers.counts, selection, action, without)
    return render(request, "bases/base/list.html", context)


def _counted_by(selection: Selection) -> str:
    """Return what the counts depend on: everything but the order."""
    return Selection(selection.chosen, selection.keyword).query


def _orders(selection: Selection, action: str) -> list[dict[str, object]]:
    return [
        {
            "label": label,
            "url": address(action, Selection(selection.chosen, selection.keyword, order)),
            "current": order == selection.order,
        }
        for order, label in filters.ORDER_LABELS
    ]


def _downloads(selection: Selection) -> list[tuple[str, str]]:
    return [
        (label, address(reverse("bases:download", args=[ending]), selection))
        for label, ending in (("CSV", "csv"), ("JSON", "json"))
    ]
