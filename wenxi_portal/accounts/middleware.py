"""Guards at every door: who asks too often waits, idle staff leave, staff prove a second factor, demo accounts stay."""

import time
from collections.abc import Callable
from typing import Any

from allauth.core.ratelimit import RateLimited, respond_429
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from wenxi_portal.accounts.permissions import has_second_factor, must_have_second_factor

Handler = Callable[[HttpRequest], HttpResponse]

LAST_SEEN = "accounts_last_seen"
# Writing the session at every request would cost more than it tells.
WRITE_EVERY_SECONDS = 60

# What staff without a second factor may do: set one up, prove who they are, leave, and read in their way.
OPEN_NAMES = frozenset({"account_logout", "account_reauthenticate", "pages:display", "pages:language"})

# What nobody changes for the next visitor of the demonstration.
FIXED_IN_DEMO = frozenset(
    {"account_email", "account_change_phone", "account_verify_phone", "account_set_password", "account_change_password"}
)


def _is_signed_in_staff(request: HttpRequest) -> bool:
    """Tell so without opening a session for visitors, whose pages are kept and shared."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return request.user.is_authenticated and request.user.is_staff


def _go(request: HttpRequest, url: str) -> HttpResponse:
    """Send the browser to ``url``, when htmx asked for a part of a page too."""
    is_part = getattr(request, "htmx", False) and not request.htmx.boosted  # type: ignore[attr-defined]
    return HttpResponseClientRedirect(url) if is_part else redirect(url)


class TooOftenMiddleware:
    """Tells whoever asks for codes too often to wait: the sign-in library raises from within and answers nothing."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer 429 with what to do."""
        return respond_429(request) if isinstance(error, RateLimited) else None


class StaffIdleMiddleware:
    """Signs staff out who asked for nothing during STAFF_IDLE_SECONDS."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _is_signed_in_staff(request):
            now = int(time.time())
            seen = request.session.get(LAST_SEEN, now)
            if now - seen > settings.STAFF_IDLE_SECONDS:
                return self._sign_out(request)
            if LAST_SEEN not in request.session or now - seen >= WRITE_EVERY_SECONDS:
                request.session[LAST_SEEN] = now
        return self.get_response(request)

    def _sign_out(self, request: HttpRequest) -> HttpResponse:
        logout(request)
        minutes = settings.STAFF_IDLE_SECONDS // 60
        text = _("You did nothing for %(minutes)s minutes, so you were signed out. Sign in again to go on.")
        messages.info(request, text % {"minutes": minutes})
        query = f"?{urlencode({'next': request.get_full_path()})}" if request.method == "GET" else ""
        return _go(request, resolve_url(settings.LOGIN_URL) + query)


class SecondFactorMiddleware:
    """Leads staff without a second factor to set one up before anything else, the admin included."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Let the view run, or send to the set-up."""
        match = request.resolver_match
        name = match.view_name if match else ""
        if name in OPEN_NAMES or name.startswith("mfa_") or not _is_signed_in_staff(request):
            return None
        if not must_have_second_factor(request.user) or has_second_factor(request.user):  # type: ignore[arg-type]
            return None
        return _go(request, resolve_url("mfa_index"))


class DemoAccountMiddleware:
    """Keeps the accounts of the demonstration as they are: the next visitor uses them too."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Let the view run, or lead back to the account."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name not in FIXED_IN_DEMO and not name.startswith("mfa_"):
            return None
        if not (request.user.is_authenticated and request.user.is_demo):
            return None
        messages.info(request, _("Accounts of the demonstration cannot be changed."))
        return redirect("accounts:me")
