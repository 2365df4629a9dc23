"""Public pages kept until a public record changes.

A kept page is found under everything it depends on: address, language, display, theme, the day (what is in force
changes at midnight), the release, and the number of the latest public change. A change moves that number at its
commit, so that no page outlives the facts it shows and none has to be cleared away.

Only visitors without a session share pages: whoever is, or may be, signed in gets a page of their own.
"""

import hashlib
from collections.abc import Callable
from functools import cache as once
from functools import wraps
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags

from wenxi_portal.core import preferences
from wenxi_portal.core.content_version import current_content_version
from wenxi_portal.core.kept_pages import kept_pages

View = Callable[..., HttpResponse]
SOURCE_ENDINGS: Final = frozenset({".py", ".html", ".mo", ".json", ".svg"})
SOURCE_FOLDERS: Final = ("wenxi_portal", "talent", "bases", "internships", "templates", "locale", "static/dist")


def public_page(view: View) -> View:
    """Serve ``view`` from the cache to visitors without a session; build and keep the page when it is not there."""

    @wraps(view)
    def served(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _is_shareable(request):
            return _private(view(request, *args, **kwargs))
        key = page_key(request)
        etag = f'"{key}"'
        if _has(request, etag):
            return _shared(HttpResponseNotModified(), etag)
        kept = kept_pages.get(key)
        if kept is not None:
            return _shared(kept.response(request), etag)
        response = view(request, *args, **kwargs)
        if hasattr(response, "render") and callable(response.render):
            response = response.render()
        if not _is_keepable(request, response):
            return response
        kept_pages.put(key, response)
        return _shared(response, etag)

    return served


def page_key(request: HttpRequest) -> str:
    """Return the fingerprint of everything a public page depends on."""
    parts = (
        release(),
        str(current_content_version()),
        timezone.localdate().isoformat(),
        preferences.read(request).key,
        request.headers.get("HX-Request", ""),
        request.headers.get("HX-Target", ""),
        request.build_absolute_uri(),
    )
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:40]


@once
def release() -> str:
    """Return the fingerprint of the code, templates and settings that this process was started with."""
    digest = hashlib.sha256()
    for folder in SOURCE_FOLDERS:
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*")):
            if path.suffix in SOURCE_ENDINGS:
                digest.update(f"{path}{path.stat().st_mtime_ns}".encode())
    shown = {name: getattr(settings, name) for name in dir(settings) if name.startswith("PORTAL_")}
    digest.update(repr(sorted((name, str(value)) for name, value in shown.items())).encode())
    return digest.hexdigest()[:16]


def _is_shareable(request: HttpRequest) -> bool:
    return (
        settings.PAGE_CACHE_ENABLED
        and request.method in {"GET", "HEAD"}
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "messages" not in request.COOKIES
    )


def _is_keepable(request: HttpRequest, response: HttpResponse) -> bool:
    # A page that asked for a CSRF token carries something of its reader.
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and request.method == "GET"
    )


def _has(request: HttpRequest, etag: str) -> bool:
    # Compression on the way turns a strong tag into a weak one; the page is the same.
    return etag in [tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))]


def _shared(response: HttpResponse, etag: str) -> HttpResponse:
    """Let the browser keep the page but ask each time whether it still holds."""
    response.headers["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _private(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, private=True, no_cache=True)
    return response
