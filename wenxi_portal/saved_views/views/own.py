"""My saved views: open, rename, share, be told of new rows, delete."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.facet_values import row_id
from wenxi_portal.saved_views import listings
from wenxi_portal.saved_views.models import SavedView
from wenxi_portal.saved_views.selectors.views import mark_of, own_views, units_of
from wenxi_portal.saved_views.services.saved_view import delete_view, rename_view, set_telling, share_view


@require_safe
@never_cache
@login_required
def own_list(request: HttpRequest) -> HttpResponse:
    """List the views one made."""
    crumbs = [(_("My account"), reverse("accounts:me")), (_("My saved views"), "")]
    user: Any = request.user
    context = {"entries": own_views(user), "units": units_of(user) if user.is_staff else [], "crumbs": crumbs}
    return render(request, "saved_views/list.html", context)


@require_POST
@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Do with an own view what the button says; another's view is as good as absent."""
    user: Any = request.user
    view = get_object_or_404(SavedView.objects.of(user), pk=pk)
    try:
        messages.success(request, _perform(request.POST, view, user))
    except DomainError as refusal:
        messages.error(request, refusal.message)
    return HttpResponseRedirect(reverse("saved_views:list"))


@require_safe
@never_cache
@login_required
def new(request: HttpRequest, pk: int, look: int) -> HttpResponse:
    """Lead to what one look found."""
    view = get_object_or_404(SavedView.objects.of(request.user), pk=pk)  # type: ignore[arg-type]
    listing = listings.find(view.listing)
    if listing is None:
        raise Http404
    return HttpResponseRedirect(listing.url(view.params, new_in=mark_of(view, look)))


def _perform(asked: QueryDict, view: SavedView, user: Any) -> str:
    match deed := asked.get("deed", ""):
        case "rename":
            rename_view(view=view, name=asked.get("name", ""), actor=user)
            return _("The view has its new name.")
        case "share" if user.is_staff:
            unit = get_object_or_404(units_of(user), pk=row_id(asked.get("unit", "")) or 0)
            share_view(view=view, unit=unit, actor=user)
            return _("Colleagues of %(unit)s find the view above the list.") % {"unit": unit}
        case "unshare":
            share_view(view=view, unit=None, actor=user)
            return _("The view is yours alone.")
        case "tell" | "hush":
            set_telling(view=view, tells=deed == "tell", actor=user)
            return _("You are told of new rows once a day.") if deed == "tell" else _("You are told no more.")
        case "delete":
            delete_view(view=view, actor=user)
            return _("The view is deleted.")
    raise Http404
