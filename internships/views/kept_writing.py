"""What somebody wrote into a form while the session ended is kept until they have signed in again."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

_KEY = "kept_writing"
LONGEST = 60_000

View = Callable[..., HttpResponse]


def keeps_writing(view: View) -> View:
    """Let only those in who are signed in; what others post is kept in their session and waits on the same address.

    For forms without personal data: the words lie in the session for as long as it lives.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            written = request.POST.copy()
            written.pop("csrfmiddlewaretoken", None)
            query = written.urlencode()
            if len(query) <= LONGEST:
                request.session[_KEY] = {"path": request.path, "query": query}
        return redirect_to_login(request.path)

    return guarded


def kept_writing(request: HttpRequest) -> QueryDict | None:
    """Return, once, what was written on this page before the session ended, and say so."""
    kept = request.session.get(_KEY)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[_KEY]
    messages.info(request, _("You had been signed out. What you wrote is still here: look it over and save it."))
    return QueryDict(kept["query"])
