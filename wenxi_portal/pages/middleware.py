"""The portal's own error pages in the demonstration, where Django would show the insides of the program."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest, MiddlewareNotUsed, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse

from wenxi_portal.pages.views import errors

logger = logging.getLogger("django.request")


class OwnErrorPagesMiddleware:
    """Answers missing pages and failures in the demonstration as on a server; the traceback goes to the log.

    Without PORTAL_DEMO it takes itself out: a developer wants to see the traceback, a server shows none anyway.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.PORTAL_DEMO:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn what a view raised, and no other middleware knew an answer to, into the page a server would show."""
        if isinstance(exception, PermissionDenied):
            return None  # Django shows the portal's own page for it anyway.
        if isinstance(exception, Http404):
            return errors.not_found(request)
        if isinstance(exception, (SuspiciousOperation, BadRequest)):
            return errors.bad_request(request)
        logger.error("%s failed", request.path, exc_info=exception)
        return errors.server_error(request)
