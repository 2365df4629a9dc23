"""The bar of saved views above a list, and the deed that keeps one."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from wenxi_portal.admin_site.listings import AdminListing, name_of
from wenxi_portal.core.admin.saved_views import Bar, Tab
from wenxi_portal.core.errors import DomainError
from wenxi_portal.saved_views.forms import KeepForm
from wenxi_portal.saved_views.selectors.views import new_in, units_of, views_for
from wenxi_portal.saved_views.services.saved_view import save_view


def bar_of(request: HttpRequest, model_admin: Any, shown: dict[str, list[str]]) -> Bar:
    """Return the views that the person can open on this list; the one on screen is marked."""
    listing = AdminListing(model_admin)
    user: Any = request.user
    tabs = [
        Tab(view.name, listing.url(view.params), view.params == shown, view.owner_id != user.pk, view.tells)
        for view in views_for(user, name_of(model_admin.model))
    ]
    return Bar(listing.url({}).removesuffix("?"), tabs, not shown, [(unit.pk, unit.name) for unit in units_of(user)])


def keep(request: HttpRequest, model_admin: Any) -> HttpResponse:
    """Keep the list on screen under a name, and lead back to it."""
    user: Any = request.user
    listing = AdminListing(model_admin)
    params = {name: request.GET.getlist(name) for name in request.GET}
    form = KeepForm(request.POST, user=user)
    back = f"{listing.url({}).removesuffix('?')}?{request.GET.urlencode()}"
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return HttpResponseRedirect(back)
    try:
        view = save_view(owner=user, listing=name_of(model_admin.model), params=params, **form.cleaned_data)
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return HttpResponseRedirect(back)
    messages.success(request, _("The view “%(name)s” is kept.") % {"name": view.name})
    return HttpResponseRedirect(listing.url(view.params))


def new_rows(request: HttpRequest, mark: str) -> QuerySet[Any] | None:
    """Return the keys of the records that a look found, None for a mark of nobody or of somebody else."""
    return new_in(request.user, mark)
