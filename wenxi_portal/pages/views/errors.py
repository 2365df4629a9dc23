"""Pages for what went wrong: clear words and a way back."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wenxi_portal.core import preferences


@dataclass(frozen=True, slots=True)
class Words:
    """What a reader is told."""

    title: str | Promise
    text: str | Promise


BAD_REQUEST = Words(
    _("This address cannot be read"),
    _("Something in the address or in what was sent is damaged. Go back and try again, or start from the home page."),
)
FORBIDDEN = Words(
    _("This page is not open to you"),
    _("You may need to sign in with another account. If you think you should see it, ask your lead unit."),
)
NOT_FOUND = Words(
    _("This page does not exist"),
    _("It may have moved, or the address may be mistyped. Nothing else is wrong."),
)
TOO_LARGE = Words(
    _("This is too large"),
    _("What was sent is larger than the portal accepts, and none of it was stored. Send a smaller file."),
)
CSRF = Words(
    _("Please send the form once more"),
    _(
        "The page had been open too long, or cookies are switched off, so we could not be sure that it was you. "
        "Nothing is lost: go back, reload the page, and send it again."
    ),
)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Answer 400. The request may be broken or name a foreign host, so the page is built from nothing of it."""
    return _bare(request, 400, BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Answer 403."""
    return _page(request, 403, FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Answer 404."""
    return _page(request, 404, NOT_FOUND)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer 403 to a form without a valid token, and say what to do."""
    return _page(request, 403, CSRF)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without the database, the session or the context processors."""
    return _bare(request, 500)


def refused(request: HttpRequest, status: int) -> HttpResponse:
    """Answer 400 or 413 to what the request guard refuses; nothing of the request but its cookies is read."""
    return _bare(request, status, TOO_LARGE if status == 413 else BAD_REQUEST)


def _page(request: HttpRequest, status: int, words: Words) -> HttpResponse:
    return render(request, "errors/page.html", {"status": status, "words": words}, status=status)


def _bare(request: HttpRequest, status: int, words: Words | None = None) -> HttpResponse:
    cookie = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    language = cookie if cookie in preferences.languages() else settings.LANGUAGE_CODE
    with translation.override(language):
        is_english = language == "en"
        context = {
            "status": status,
            "words": words,
            "was_sent": request.method == "POST",
            "lang": "en" if is_english else "zh-Hans",
            "site_name": settings.PORTAL_SITE_NAME_EN if is_english else settings.PORTAL_SITE_NAME,
        }
        return HttpResponse(render_to_string("errors/bare.html", context), status=status)
