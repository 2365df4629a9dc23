"""A host's own positions: what waits, one tap to confirm, a form that keeps drafts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from internships.enums import PositionState
from internships.forms.position import PositionForm
from internships.models import Position
from internships.selectors.host_positions import own_position, own_positions
from internships.services.position import (
    close_position,
    position_like,
    reconfirm_position,
    save_position,
    send_to_review,
)
from internships.views.crumbs import Crumb, position_crumbs
from internships.views.host_position_words import host_card
from internships.views.kept_writing import deed, signed_in, written
from internships.views.own import host_user_or_404
from internships.views.refusals import tell_refusal
from wenxi_portal.accounts.models import User
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError

Verb = Callable[..., Position]


@require_safe
@signed_in
def positions(request: HttpRequest) -> HttpResponse:
    """List the host's positions, those that wait for the host first."""
    user = host_user_or_404(request)
    cards = sorted((host_card(position) for position in own_positions(user)), key=lambda card: not card.waits)
    return render(request, "internships/host_position/list.html", {"cards": cards, "crumbs": position_crumbs()})


@require_safe
@signed_in
def position(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one of them with its way and what can be done. Staff whom a message leads here find it on their desk."""
    found = own_position(request.user, pk)
    if found is None and _is_on_desk(request, pk):
        return redirect("admin:internships_position_change", pk)
    if found is None:
        raise Http404
    context = {
        "position": found,
        "card": host_card(found),
        "crumbs": position_crumbs((found.display_title, "")),
        "moves": [
            {"title": PositionState(move.to_state).label, "at": move.at, "text": move.reason}
            for move in reversed(found.state_changes.all())
        ],
    }
    if context["moves"]:
        context["moves"][-1]["phase"] = "now"  # type: ignore[index]
    return render(request, "internships/host_position/detail.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Enter a position. What is saved is a draft until it is sent to review."""
    user = host_user_or_404(request)
    return _form(request, user, Position())


@require_http_methods(["GET", "POST"])
@signed_in
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a position that is not closed."""
    found = _own_or_404(request, pk)
    if found.state == PositionState.CLOSED:
        messages.info(request, _("This position is closed. Open it again first."))
        return redirect("host_desk:position", pk=pk)
    return _form(request, host_user_or_404(request), found)


@deed
def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Send to review, confirm or close; a refusal is said on the position's page."""
    found = _own_or_404(request, pk)
    if verb not in _VERBS:
        raise Http404
    perform, done = _VERBS[verb]
    try:
        perform(position=found, actor=request.user)
    except (DomainError, ValidationError) as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, done())
    return redirect("host_desk:position", pk=pk)


_VERBS: dict[str, tuple[Verb, Callable[[], str]]] = {
    "submit": (send_to_review, lambda: _("The lead unit looks at it now.")),
    "confirm": (reconfirm_position, lambda: _("Thank you. It stands on the list for another while.")),
    "close": (close_position, lambda: _("The position is closed. Applications under way go on.")),
}


def _form(request: HttpRequest, user: User, position: Position) -> HttpResponse:
    """Show the form, or save it; a form sent twice leads to the position it made the first time."""
    form = PositionForm(written(request), instance=position, user=user)
    if request.method == "POST" and form.is_valid():
        saved = _saved(request, form, user)
        if saved is not None:
            return redirect("host_desk:position", pk=saved.pk)
    context = {
        "form": form,
        "position": position,
        "may_send": position.state == PositionState.DRAFT,
        "crumbs": position_crumbs(*_way_to_form(position)),
    }
    return render(request, "internships/host_position/form.html", context)


def _way_to_form(position: Position) -> list[Crumb]:
    if position.pk is None:
        return [(_("Enter a position"), "")]
    return [(position.display_title, reverse("host_desk:position", args=[position.pk])), (_("Edit"), "")]


def _saved(request: HttpRequest, form: PositionForm, user: User) -> Position | None:
    """Save, and send to review where that button was pressed; None where the service refused."""
    position = form.instance
    is_new, state = position.pk is None, position.state
    try:
        if is_new and (twin := _sent_before(position)) is not None:
            return twin
        save_position(position=position, actor=user, expected_revision=form.cleaned_data.get("expected_revision"))
    except (DomainError, ValidationError) as refusal:
        add_refusal(form, refusal)
        return None
    except IntegrityError:
        return position_like(position)
    if state == PositionState.PUBLISHED and position.state == PositionState.IN_REVIEW:
        messages.info(request, _("Saved. It is off the list until the lead unit has looked at the change."))
    elif "send" in request.POST:
        return _sent(request, position, user)
    else:
        messages.success(request, _("Saved."))
    return position


def _sent(request: HttpRequest, position: Position, user: User) -> Position:
    try:
        send_to_review(position=position, actor=user)
    except DomainError as refusal:
        messages.warning(request, _("Saved as a draft, not sent: %(why)s") % {"why": refusal.message})
    else:
        messages.success(request, _("The lead unit looks at it now."))
    return position


def _sent_before(position: Position) -> Position | None:
    """Return the position that this very form made a moment ago."""
    twin = position_like(position)
    same = twin is not None and all(
        getattr(twin, name) == getattr(position, name) for name in ("work", "seats", "ends_on", "place")
    )
    return twin if same else None


def _is_on_desk(request: HttpRequest, pk: int) -> bool:
    user: Any = request.user
    return user.has_perm("internships.view_position") and Position.objects.visible_to(user).filter(pk=pk).exists()


def _own_or_404(request: HttpRequest, pk: int) -> Position:
    found = own_position(request.user, pk)
    if found is None:
        raise Http404
    return found
