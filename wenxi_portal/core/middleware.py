"""The gate: refuses requests that are too large or broken; lets a page that only reads remember what it read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from wenxi_portal.core.once import memory

Handler = Callable[[HttpRequest], HttpResponse]
READING = frozenset({"GET", "HEAD"})


class RequestGuardMiddleware:
    """Answers 413 to an over-long body or query string and 400 to text that is not UTF-8 or holds a null byte.

    The body is judged by its declared length, so that a 2 GB upload is refused unread. The limits are
    REQUEST_MAX_BYTES and QUERY_STRING_MAX_BYTES.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.refuse = import_string(settings.REFUSAL_VIEW)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _declared_length(request) > settings.REQUEST_MAX_BYTES:
            return self.refuse(request, 413)
        query_string = request.META.get("QUERY_STRING", "")
        if len(query_string) > settings.QUERY_STRING_MAX_BYTES:
            return self.refuse(request, 413)
        if _is_broken(request, query_string):
            return self.refuse(request, 400)
        return self.get_response(request)


class PageMemoryMiddleware:
    """Opens the memory of ``core.once`` for requests that only read: what writes shall see its own writing."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in READING:
            return self.get_response(request)
        with memory():
            return self.get_response(request)


def _declared_length(request: HttpRequest) -> int:
    declared = request.META.get("CONTENT_LENGTH") or "0"
    return int(declared) if declared.isdigit() else 0


def _is_broken(request: HttpRequest, query_string: str) -> bool:
    if "\x00" in request.path or "%00" in query_string:
        return True
    # Django replaces undecodable bytes with U+FFFD, which no honest address contains.
    return "\ufffd" in request.path or any("\ufffd" in value for values in request.GET.lists() for value in values[1])
