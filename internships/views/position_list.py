"""The public list of positions."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from internships import filters
from internships.selectors import positions
from internships.selectors.host_record import host_records
from internships.selectors.position_facets import CLOSED, FACETS
from internships.views.position_cards import position_card
from wenxi_portal.core.content_version import Scope, current_content_version
from wenxi_portal.core.list_filters import Group, Loosened, address, chips, loosened, remarks
from wenxi_portal.core.page_cache import public_page
from wenxi_portal.core.pagination import ROWS, page_links, page_of
from wenxi_portal.core.register_cache import remember
from wenxi_portal.core.selection import Selection, read_selection


@require_safe
@public_page
def position_list(request: HttpRequest) -> HttpResponse:
    """Show the positions, narrowed and counted by what the address chooses."""
    reading = read_selection(request.GET, FACETS, positions.ORDERS)
    selection, action = reading.selection, reverse("internships:position_list")
    numbers = remember(
        "positions.list",
        _counted_by(selection),
        current_content_version(Scope.REGISTERS),
        lambda: positions.position_list_numbers(selection),
    )
    groups, total = filters.groups(selection, numbers), numbers.counts.total
    page = page_of(request, total)
    rows = positions.position_list_rows(selection, page.start_index() - 1, ROWS) if total else []
    records = host_records({row["host_id"] for row in rows})
    context = {
        "action": action,
        "crumbs": [(_("Positions"), "")],
        "selection": selection,
        "groups": groups,
        "chips": chips(groups, selection, action),
        "clear_url": action,
        "orders": _orders(selection, action),
        "remarks": remarks(reading),
        "total": total,
        "cards": [position_card(row, records) for row in rows],
        "links": page_links(page, QueryDict(selection.query)),
        "downloads": _downloads(selection),
    }
    if not rows:
        context["loosen"] = _loosened(groups, numbers, selection, action)
    return render(request, "internships/position/list.html", context)


def _counted_by(selection: Selection) -> str:
    """Return what the counts depend on: everything but the order, and the day, which closes positions."""
    return f"{timezone.localdate()} {Selection(selection.chosen, selection.keyword).query}"


def _loosened(
    groups: list[Group], numbers: positions.PositionListNumbers, selection: Selection, action: str
) -> list[Loosened]:
    """Return what one might drop, and the wider list with closed positions where that would bring some."""
    without = positions.count_selected(selection.without_keyword()) if selection.keyword else 0
    narrowing = [group for group in groups if group.name != CLOSED.name]
    found = loosened(narrowing, numbers.counts, selection, action, without)
    if CLOSED.name not in selection.chosen:
        wider = replace(selection, chosen={**selection.chosen, CLOSED.name: ("too",)})
        if number := positions.count_selected(wider):
            found.append(Loosened(filters.LEGENDS[CLOSED.name], address(action, wider), number))
    return found


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
        (label, address(reverse("internships:position_data", args=[ending]), selection))
        for label, ending in (("CSV", "csv"), ("JSON", "json"))
    ]
