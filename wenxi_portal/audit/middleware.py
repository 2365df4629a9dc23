"""Puts the acting account's number beside every row of field history that a request leaves."""

from collections.abc import Callable

import pghistory
from django.http import HttpRequest, HttpResponse

WRITING_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class HistoryContextMiddleware:
    """Opens a history context for writing requests. It holds the account's number only, never an address or a name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in WRITING_METHODS or not request.user.is_authenticated:
            return self.get_response(request)
        with pghistory.context(user=request.user.pk):
            return self.get_response(request)
