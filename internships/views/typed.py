"""What somebody had typed when the sign-in had run out: kept for the time of signing in, then shown again."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponse]
_KEY = "internships_typed"
# Field of the form that tells whose page it was, so that nobody else who signs in sees the words.
WHOSE = "whose"
_MOST = 5000


def signed_in(view: View) -> View:
    """Ask for the sign-in; words that were sent without it come back with the form as ``request.typed``."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            if request.method == "POST":
                words = {name: request.POST[name][:_MOST] for name in request.POST if name != "csrfmiddlewaretoken"}
                request.session[_KEY] = {request.path: words}
            return redirect_to_login(request.path)
        request.typed = _back(request)  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return never_cache(guarded)


def _back(request: HttpRequest) -> dict[str, str]:
    """Take the words kept for this page out of the session; none unless they are this person's."""
    if request.method != "GET" or request.path not in request.session.get(_KEY, {}):
        return {}
    words: dict[str, str] = request.session.pop(_KEY)[request.path]
    return words if words.pop(WHOSE, "") == str(request.user.pk) else {}
