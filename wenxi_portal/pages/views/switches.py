"""Switches of language, layout and light, and where one lands after signing in.

Switches are plain links that set a harmless cookie, so that public pages need no token and can be shared.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from wenxi_portal.core import preferences


@never_cache
@require_safe
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language named by ``lang`` and go back to the page; the middleware sets the cookie."""
    return _back(request)


@never_cache
@require_safe
def display(request: HttpRequest) -> HttpResponse:
    """Remember the layout and the light that are named and known, and go back to the page."""
    response = _back(request)
    for parameter, cookie, known in (
        ("display", preferences.DISPLAY_COOKIE, preferences.DISPLAYS),
        ("theme", preferences.THEME_COOKIE, preferences.THEMES),
    ):
        value = request.GET.get(parameter, "")
        if value in known:
            preferences.keep(response, cookie, value)
    return response


@never_cache
def after_sign_in(request: HttpRequest) -> HttpResponse:
    """Send staff to their desk, other people to their account, and strangers home."""
    if not request.user.is_authenticated:
        return redirect(settings.LOGOUT_REDIRECT_URL)
    return redirect("admin:index" if request.user.is_staff else "accounts:me")


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """Redirect to ``next`` when it is a path of this very site, else home."""
    target = request.GET.get("next", "")
    is_own = target.startswith("/") and url_has_allowed_host_and_scheme(target, allowed_hosts=None)
    return HttpResponseRedirect(target if is_own else reverse("pages:home"))
