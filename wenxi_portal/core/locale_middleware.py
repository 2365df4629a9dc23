"""Speaks the reader's language."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from wenxi_portal.core import preferences

Handler = Callable[[HttpRequest], HttpResponse]


class PortalLocaleMiddleware:
    """Sets ``request.preferences`` and the language of the answer; ``?lang=`` is remembered for the next pages."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wanted = preferences.read(request)
        request.preferences = wanted  # type: ignore[attr-defined]
        request.LANGUAGE_CODE = wanted.language  # type: ignore[attr-defined]
        with translation.override(wanted.language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", wanted.language)
        patch_vary_headers(response, ("Cookie",))
        asked = preferences.asked_language(request)
        if asked and asked != request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME):
            preferences.keep(response, settings.LANGUAGE_COOKIE_NAME, asked)
        return response
