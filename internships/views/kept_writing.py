"""Pages for whoever is signed in. What somebody wrote while the sign-in ran out waits for them, and for nobody else.

A form carries a signed word for who opened it (``request.writer``). Posted without a session, it is kept in the sealed
session of the browser until that account signs in there: once, for its own address, for a day, up to a length. Files
are not kept; tokens and passwords are never part of these forms.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

View = Callable[..., HttpResponseBase]
# Longest writing that is kept, in characters of its encoded form.
LONGEST = 60_000
# How long it waits for the next sign-in.
WAITS = timedelta(days=1)
_KEY = "internships_writing"
_SALT = "internships.writer"
_FIELD = "writer"


def signed_in(view: View) -> View:
    """Open a page to whoever is signed in, never kept by a browser; what others post waits for its writer."""
    return signed_in_without()(view)


def signed_in_without(*names: str) -> Callable[[View], View]:
    """Open a page like ``signed_in``; the fields of these names (card numbers) are never kept, and that is said."""

    def guarding(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.user.is_authenticated:
                key = request.user.pk
                request.writer = SimpleLazyObject(lambda: signing.dumps(key, salt=_SALT))  # type: ignore[attr-defined]
                return view(request, *args, **kwargs)
            if request.method == "POST":
                _keep(request, names)
            return redirect_to_login(request.get_full_path())

        return never_cache(guarded)

    return guarding


def deed(view: View) -> View:
    """Take a button pressed by whoever is signed in; others sign in and find themselves where the button stands."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        return redirect_to_login(_page_before(request))

    return never_cache(require_POST(guarded))


def written(request: HttpRequest) -> QueryDict | None:
    """Return what a form is to be filled with: what is posted, or what its writer had posted without a session.

    The latter once, with a sentence that says so; None when there is neither.
    """
    if request.method == "POST":
        return request.POST
    kept = request.session.get(_KEY)
    if request.method != "GET" or not kept or kept["path"] != request.get_full_path():
        return None
    del request.session[_KEY]
    if kept["writer"] != str(request.user.pk) or kept["until"] < timezone.now().timestamp():
        return None
    messages.info(
        request,
        _("You had been signed out. What you wrote is still here, but was not sent. Files have to be chosen again."),
    )
    if kept.get("left_out"):
        messages.warning(request, _("The card number was not kept, for your safety: type it again."))
    return QueryDict(kept["body"])


def _keep(request: HttpRequest, left_out: tuple[str, ...] = ()) -> None:
    """Keep the posted words, when they carry the mark of an account; a later form takes the place of an earlier."""
    values = request.POST.copy()
    values.pop("csrfmiddlewaretoken", None)
    secret = [name for name in left_out if any(values.pop(name, None) or [])]
    token = (values.pop(_FIELD, None) or [""])[-1]
    try:
        writer = signing.loads(str(token), salt=_SALT, max_age=settings.SESSION_COOKIE_AGE)
    except signing.BadSignature:
        return
    body = values.urlencode()
    if len(body) <= LONGEST:
        until = (timezone.now() + WAITS).timestamp()
        request.session[_KEY] = {
            "path": request.get_full_path(), "writer": str(writer), "body": body, "until": until,
            "left_out": bool(secret),
        }  # fmt: skip


def _page_before(request: HttpRequest) -> str:
    """Return the page of ours from which a form was sent; the own account when the browser does not tell."""
    before = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure()):
        return before
    return reverse("accounts:me")
