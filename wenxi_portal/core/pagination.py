"""Pages of a list and the links between them."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict

ROWS = 20


@dataclass(frozen=True, slots=True)
class PageLink:
    """One entry of the row of page links; ``rel`` is ``prev`` or ``next`` for the arrows, ``gap`` stands for “…”."""

    number: int
    url: str = ""
    rel: str = ""
    current: bool = False
    gap: bool = False


def page_of(request: HttpRequest, total: int) -> Page:
    """Return the page asked for: the first one for what is not a number, the last one for too large a number."""
    return Paginator(range(total), ROWS).get_page(request.GET.get("page"))


def page_links(page: Page, query: QueryDict) -> list[PageLink]:
    """Return the links of a list that keep its other filters; empty when everything fits on one page."""
    last = page.paginator.num_pages
    if last < 2:
        return []
    links = [
        PageLink(number, _url(query, number), current=number == page.number) for number in _near(page.number, last)
    ]
    spaced = _with_gaps(links)
    if page.has_previous():
        spaced.insert(0, PageLink(page.number - 1, _url(query, page.number - 1), rel="prev"))
    if page.has_next():
        spaced.append(PageLink(page.number + 1, _url(query, page.number + 1), rel="next"))
    return spaced


def _near(number: int, last: int) -> list[int]:
    return sorted({1, last, *range(max(1, number - 1), min(last, number + 1) + 1)})


def _with_gaps(links: list[PageLink]) -> list[PageLink]:
    spaced: list[PageLink] = []
    for link in links:
        if spaced and link.number > spaced[-1].number + 1:
            spaced.append(PageLink(0, gap=True))
        spaced.append(link)
    return spaced


def _url(query: QueryDict, number: int) -> str:
    changed = query.copy()
    changed.pop("page", None)
    if number > 1:
        changed["page"] = str(number)
    return f"?{changed.urlencode()}"
