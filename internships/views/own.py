"""What the pages of one's own stay share: the stay, the way back, and saying what a service refused."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from internships.models import Placement
from wenxi_portal.core.errors import DomainError

Crumbs = list[tuple[Any, str]]


def own_stay_or_404(request: HttpRequest, pk: int) -> Placement:
    """Return a stay of the person who is signed in; absent and somebody else's look alike."""
    stays = Placement.objects.filter(student__user=request.user)  # type: ignore[misc]
    stay = stays.select_related("student__user", "host", "lead_unit").filter(pk=pk).first()
    if stay is None:
        raise Http404
    return stay


def crumbs_of(stay: Placement, title: str = "") -> Crumbs:
    """Return the way to the page ``title`` below a stay; without ``title`` to the page of its bed and shuttles."""
    return [
        (_("My account"), reverse("accounts:me")),
        (_("My stays"), reverse("my_internships:stays")),
        (stay.host.name, reverse("my_internships:stay", args=[stay.pk])),
        (title or _("Bed and shuttle"), ""),
    ]


def tell_refusal(request: HttpRequest, refusal: DomainError | ValidationError) -> None:
    """Say on the next page what was refused."""
    sentences = [refusal.message] if isinstance(refusal, DomainError) else refusal.messages
    for sentence in sentences:
        messages.error(request, sentence)
