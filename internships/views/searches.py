"""Being told of new positions: keeping the filters of the public list, and what a look found."""

from html import unescape

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from internships import filters
from internships.forms.searches import KeepSearchForm
from internships.listings import POSITIONS, params_of
from internships.models import Position
from internships.selectors.host_record import host_records
from internships.selectors.position_facets import CLOSED, FACETS
from internships.selectors.positions import ORDERS, card_rows, position_list_numbers
from internships.views.crumbs import account_crumb, home_crumb
from internships.views.kept_writing import signed_in, written
from internships.views.position_cards import position_card
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.list_filters import Label, address, chips
from wenxi_portal.core.selection import Selection, read_selection
from wenxi_portal.core.wording import word_list
from wenxi_portal.saved_views.models import SavedView
from wenxi_portal.saved_views.selectors.views import new_in
from wenxi_portal.saved_views.services.saved_view import save_view

LONGEST_NAME = 60


@require_http_methods(["GET", "POST"])
@signed_in
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the address under a name, and have oneself told of new positions once a day."""
    selection = read_selection(request.GET, FACETS, ORDERS).selection.without(CLOSED.name)
    back = address(reverse("internships:position_list"), selection)
    chosen = _words(selection, back)
    form = KeepSearchForm(written(request), initial={"name": _name(chosen)})
    if request.method == "POST" and form.is_valid() and _kept(request, form, selection):
        messages.success(request, _("You are told of new positions once a day. Rename or delete the search here."))
        return redirect("saved_views:list")
    crumbs = [(_("Positions"), back), (_("Tell me of new ones"), "")]
    context = {"form": form, "chosen": chosen, "back": back, "crumbs": crumbs}
    return render(request, "internships/position/keep.html", context)


@require_safe
@signed_in
def new_positions(request: HttpRequest, mark: str) -> HttpResponse:
    """Show the positions that a look found, the closed ones among them too; another's look is as good as absent."""
    found = new_in(request.user, mark)
    if found is None:
        raise Http404
    rows = Position.objects.public().filter(pk__in=found).with_openness().order_by(*ORDERS[""])
    shown = list(card_rows(rows)[:100])
    records = host_records({row["host_id"] for row in shown})
    context = {
        "cards": [position_card(row, records) for row in shown],
        "crumbs": [account_crumb(), home_crumb(), (_("New positions"), "")],
    }
    return render(request, "internships/position/new.html", context)


def _kept(request: HttpRequest, form: KeepSearchForm, selection: Selection) -> bool:
    """Keep the search; one that is kept already under that name, by a second click, is as good."""
    name, params = form.cleaned_data["name"], params_of(selection)
    try:
        save_view(owner=request.user, listing=POSITIONS, name=name, params=params, tells=True)  # type: ignore[arg-type]
    except DomainError as refusal:
        own = SavedView.objects.of(request.user).filter(listing=POSITIONS, name=name, params=params, tells=True)
        if refusal.code in {"name_taken", "invalid"} and own.exists():
            return True
        add_refusal(form, refusal)
        return False
    return True


def _words(selection: Selection, action: str) -> list[Label]:
    groups = filters.groups(selection, position_list_numbers(selection))
    return [label for label, _url in chips(groups, selection, action)]


def _name(chosen: list[Label]) -> str:
    """Propose a name: the filters in words."""
    plain = [unescape(strip_tags(str(label))) for label in chosen]
    return word_list(plain)[:LONGEST_NAME] or _("All positions")
