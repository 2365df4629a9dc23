"""Answers for machines: health, robots, the icon under its oldest address."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe
from django_vite.core.asset_loader import DjangoViteAssetLoader

from wenxi_portal.reminders.enums import Pulse
from wenxi_portal.reminders.selectors.watchdog import silent

A_DAY = 86_400  # seconds
OK, DOWN = "ok", "down"


@never_cache
@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """Tell whether database and cache answer, and clock and worker are at work: 200 when all do, else 503.

    Says nothing else. The watchdog's part is red after ten minutes of silence.
    """
    found = {"database": _database(), "redis": _redis()}
    found |= _background() if found["database"] == OK else {pulse.value: DOWN for pulse in Pulse}
    return JsonResponse(found, status=200 if set(found.values()) == {OK} else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return DOWN
    return OK


def _background() -> dict[str, str]:
    down = {silence.pulse for silence in silent()}
    return {pulse.value: DOWN if pulse in down else OK for pulse in Pulse}


def _redis() -> str:
    return OK if cache.answers() else DOWN


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Keep search engines out of the desk and the switches, and show them the site map."""
    closed = [reverse("admin:index"), reverse("pages:language"), reverse("pages:display")]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('pages:sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@cache_control(public=True, max_age=A_DAY)
@require_safe
def favicon(_request: HttpRequest) -> HttpResponse:
    """Lead programs that ask for the icon without reading a page to the seal."""
    return HttpResponseRedirect(DjangoViteAssetLoader.instance().generate_vite_asset_url("img/seal.svg"))
