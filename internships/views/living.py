"""A student's bed, shuttles and activities."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from internships.models import GroupActivity, Placement, ShuttleRun
from internships.selectors.activity import activities_for
from internships.selectors.lodging import beds_of
from internships.selectors.shuttle import shuttles_for
from internships.services import activity as activities
from internships.services import shuttle as shuttles
from internships.views.crumbs import living_crumbs
from internships.views.kept_writing import deed, signed_in
from internships.views.own import own_stay_or_404
from internships.views.refusals import tell_refusal
from wenxi_portal.core.errors import DomainError


@require_safe
@signed_in
def living(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where one sleeps and which shuttles one can take."""
    stay = own_stay_or_404(request, pk)
    context = {"stay": stay, "beds": beds_of(stay), "shuttles": shuttles_for(stay), "crumbs": living_crumbs(stay)}
    return render(request, "internships/living/living.html", context)


@require_safe
@signed_in
def activity_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what one can join, and what one took part in."""
    stay = own_stay_or_404(request, pk)
    found = activities_for(stay)
    context = {"stay": stay, "coming": found.coming, "past": found.past, "crumbs": living_crumbs(stay, _("Activities"))}
    return render(request, "internships/living/activities.html", context)


@deed
def take_seat(request: HttpRequest, pk: int, run: int) -> HttpResponse:
    """Take a seat in a shuttle."""
    stay, row = own_stay_or_404(request, pk), get_object_or_404(ShuttleRun, pk=run)
    _try(request, lambda: shuttles.take_seat(run=row, placement=stay, actor=_me(request)), _("You have a seat."))
    return redirect("my_internships:living", stay.pk)


@deed
def free_seat(request: HttpRequest, pk: int, run: int) -> HttpResponse:
    """Give the seat back; without one there is nothing to do."""
    stay = own_stay_or_404(request, pk)
    seat = stay.shuttle_seats.filter(run=run).first()
    if seat is not None:
        _try(request, lambda: shuttles.free_seat(seat=seat, actor=_me(request)), _("The seat is given back."))
    return redirect("my_internships:living", stay.pk)


@deed
def sign_up(request: HttpRequest, pk: int, activity: int) -> HttpResponse:
    """Sign up for an activity, or for its waiting list."""
    stay, row = own_stay_or_404(request, pk), _activity_or_404(activity)

    def words(mine: Any) -> str:
        return _("You are signed up.") if mine.seat else _("Every seat is taken: you are on the waiting list.")

    _try(request, lambda: activities.sign_up(activity=row, placement=stay, actor=_me(request)), words)
    return redirect("my_internships:activities", stay.pk)


@deed
def sign_off(request: HttpRequest, pk: int, activity: int) -> HttpResponse:
    """Take the sign-up back; without one there is nothing to do."""
    stay: Placement = own_stay_or_404(request, pk)
    mine = stay.activity_sign_ups.filter(activity=activity).first()
    if mine is not None:
        _try(request, lambda: activities.sign_off(sign_up=mine, actor=_me(request)), _("You are signed off."))
    return redirect("my_internships:activities", stay.pk)


def _activity_or_404(pk: int) -> GroupActivity:
    row = GroupActivity.objects.exclude(state="planned").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _try(request: HttpRequest, deed: Callable[[], Any], done: str | Callable[[Any], str]) -> None:
    try:
        result = deed()
    except (DomainError, ValidationError) as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, done if isinstance(done, str) else done(result))


def _me(request: HttpRequest) -> Any:
    return request.user
