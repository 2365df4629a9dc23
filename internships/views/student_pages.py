"""What the student's pages share: whose they are, and nothing lost when the session was."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from internships.models import Student
from wenxi_portal.core.errors import DomainError

View = Callable[..., HttpResponseBase]
Crumbs = list[tuple[Any, str]]
# Where a form waits in the (sealed) session while its writer signs in again.
_UNSAVED = "internships_unsaved"
_SALT = "internships.writer"
LONGEST_UNSAVED = 20_000


def own_page(view: View) -> View:
    """Only for who is signed in; never kept. What was posted without a session waits for its writer."""
    guarded = login_required(view)

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated:
            _keep_unsaved(request)
            request.method = "GET"
        return guarded(request, *args, **kwargs)

    return never_cache(checked)


def student_of(request: HttpRequest) -> Student | None:
    """Return the profile of the account; None when there is none yet."""
    return Student.objects.select_related("user", "university").filter(user=request.user).first()  # type: ignore[misc]


def writer_token(request: HttpRequest) -> str:
    """Return what tells later, after a lost session, who was writing this form."""
    return signing.dumps(request.user.pk, salt=_SALT)


def unsaved_of(request: HttpRequest) -> QueryDict | None:
    """Return what this account had posted to this address when its session was gone, once."""
    kept = request.session.get(_UNSAVED)
    if not kept or kept["path"] != request.path:
        return None
    del request.session[_UNSAVED]
    try:
        writer = signing.loads(kept["writer"], salt=_SALT, max_age=24 * 3600)
    except signing.BadSignature:
        return None
    return QueryDict(kept["body"]) if writer == request.user.pk else None


def _keep_unsaved(request: HttpRequest) -> None:
    values = request.POST.copy()
    writer = values.pop("writer", [""])[-1]
    values.pop("csrfmiddlewaretoken", None)
    body = values.urlencode()
    if writer and len(body) <= LONGEST_UNSAVED:
        request.session[_UNSAVED] = {"path": request.path, "writer": writer, "body": body}


def home_crumb() -> tuple[Any, str]:
    """Return the way back to one's own internships."""
    return _("My internships"), reverse("my_internships:home")


def account_crumb() -> tuple[Any, str]:
    """Return the way back to one's own account."""
    return _("My account"), reverse("accounts:me")


def add_refusal(form: BaseForm, refusal: DomainError | ValidationError) -> None:
    """Put what a service refused beside its field, or above the form."""
    if isinstance(refusal, DomainError):
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
    elif hasattr(refusal, "error_dict"):
        for name, errors in refusal.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
    else:
        form.add_error("upload" if "upload" in form.fields else None, refusal)
