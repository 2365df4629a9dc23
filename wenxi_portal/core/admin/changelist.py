"""The list page's query: patient with addresses typed by hand, and quick on tables of a million rows."""

from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from unfold.views import ChangeList

from wenxi_portal.core.admin.found_first import found_first

# Names in an address what one look of a saved view found.
NEW_VAR = "new_in"


class CappedPaginator(Paginator):
    """Pages of a list too long to count: counting stops at ``cap`` rows, and so do the pages."""

    cap = 10_000

    @cached_property
    def count(self) -> int:
        """The number of rows, at most ``cap``."""
        rows: Any = self.object_list
        return rows.order_by()[: self.cap].count()


class PortalChangeList(ChangeList):
    """A list on which page 99999 is the last page.

    Where the admin class says how many rows are put in order at most (``most_sorted``, and ``most_found`` of those
    found by words), a narrowed list is found
    first and sorted afterwards. Left to itself the database walks along the order until it has met enough rows that
    match, and meets those with the surname 李 after half a million others. Found in full, the rows stand in ``found``
    as keys in their order. Of more the first found are shown when somebody searched for words (``is_cut``); without
    words the list is walked: filters let rows through evenly.
    """

    page_num: int
    result_list: Any
    # Whether the list shows only what a look of a saved view found new.
    is_new_only = False
    found: list[Any] | None = None
    is_cut = False

    def get_filters_params(self, params: dict[str, Any] | None = None) -> dict[str, Any]:
        """Filters in the address, without the mark of what is new: no filter of the list is called so."""
        return {name: values for name, values in super().get_filters_params(params).items() if name != NEW_VAR}

    def get_queryset(self, request: HttpRequest, exclude_parameters: list[str | None] | None = None) -> QuerySet[Any]:
        """Rows under filters and words; of these what is new in a saved view, where the address asks for it."""
        rows = super().get_queryset(request, exclude_parameters)
        mark = request.GET.get(NEW_VAR, "")
        new = self.model_admin.admin_site.new_rows(request, mark) if mark else None
        if new is not None:
            self.is_new_only = self.has_active_filters = True
            rows = rows.filter(pk__in=new)
        return rows

    def get_results(self, request: HttpRequest) -> None:
        """Fetch the page asked for, or the last one when there is no such page; nothing for ``only_the_question``."""
        if getattr(request, "only_the_question", False):
            self.result_list, self.result_count = [], 0
            return
        most = self.model_admin.most_sorted
        if most and (self.has_active_filters or self.query) and self._find(request, most):
            return
        try:
            super().get_results(request)
        except IncorrectLookupParameters:
            paginator = self.model_admin.get_paginator(request, self.queryset, self.list_per_page)
            self.page_num = paginator.num_pages if self.page_num > 1 else 1
            super().get_results(request)
        if not (self.has_active_filters or self.query):
            # Without a count of its own the heading would offer to show all of what it shows.
            self.full_result_count = self.result_count

    def _find(self, request: HttpRequest, most: int) -> bool:
        """Find and sort at most ``most`` rows and fetch the page; tell whether that was the way to go."""
        if self.query:
            most = self.model_admin.most_found
        found = found_first(self.queryset, self.get_ordering(request, self.queryset), most + 1)
        self.is_cut = len(found) > most
        if self.is_cut and not self.query:
            self.is_cut = False
            return False
        self.found = found[:most]
        self.paginator = Paginator(self.found, self.list_per_page)
        self.page_num = max(1, min(self.page_num, self.paginator.num_pages))
        keys = self.paginator.page(self.page_num).object_list
        records = {record.pk: record for record in self.root_queryset.filter(pk__in=list(keys))}
        self.result_list = [records[key] for key in keys if key in records]
        self.result_count = self.full_result_count = len(self.found)
        self.show_full_result_count = False
        self.show_admin_actions = True
        self.can_show_all = False
        self.multi_page = self.result_count > self.list_per_page
        return True
