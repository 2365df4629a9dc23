"""What both public lists, of bases and of universities, have in common."""

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wenxi_portal.core.selection import LONGEST_KEYWORD, Reading, Selection

ROWS = 20


def page_of(request: HttpRequest, total: int) -> Page:
    """Return the page asked for: the first one for what is not a number, the last one for too large a number."""
    return Paginator(range(total), ROWS).get_page(request.GET.get("page"))


def query_of(selection: Selection) -> QueryDict:
    """Return the selection as the query that page links keep."""
    return QueryDict(selection.query)


def remarks(reading: Reading) -> list[str]:
    """Return a sentence about each part of the address that could not be used."""
    found = []
    if reading.keyword_was_cut:
        found.append(
            ngettext(
                "A keyword may have %(number)d character; only the first was looked for.",
                "A keyword may have %(number)d characters; only the first %(number)d were looked for.",
                LONGEST_KEYWORD,
            )
            % {"number": LONGEST_KEYWORD}
        )
    if reading.ignored:
        values = _("”, “").join(reading.ignored)
        found.append(_("The list has no filter “%(values)s”; it was left out.") % {"values": values})
    return found
