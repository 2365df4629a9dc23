"""The list page's query, patient with addresses typed by hand."""

from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.functional import cached_property
from unfold.views import ChangeList


class CappedPaginator(Paginator):
    """Pages of a list too long to count: counting stops at ``cap`` rows, and so do the pages."""

    cap = 10_000

    @cached_property
    def count(self) -> int:
        """The number of rows, at most ``cap``."""
        rows: Any = self.object_list
        return rows.order_by()[: self.cap].count()


class PortalChangeList(ChangeList):
    """A list on which page 99999 is the last page."""

    page_num: int

    def get_results(self, request: HttpRequest) -> None:
        """Fetch the page asked for, or the last one when there is no such page."""
        try:
            super().get_results(request)
        except IncorrectLookupParameters:
            paginator = self.model_admin.get_paginator(request, self.queryset, self.list_per_page)
            self.page_num = paginator.num_pages if self.page_num > 1 else 1
            super().get_results(request)
        if not (self.has_active_filters or self.query):
            # Without a count of its own the heading would offer to show all of what it shows.
            self.full_result_count = self.result_count
