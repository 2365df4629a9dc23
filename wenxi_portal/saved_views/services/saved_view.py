"""Keeping, renaming, sharing and deleting views."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from wenxi_portal.accounts.models import User
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.personal_numbers import find_kind
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.organisations.querysets import own_organisations
from wenxi_portal.saved_views import listings
from wenxi_portal.saved_views.listings import Params
from wenxi_portal.saved_views.models import SavedView
from wenxi_portal.saved_views.services.looking import begin

MOST_VIEWS = 30
MOST_PARAMS, MOST_VALUES, LONGEST_VALUE = 30, 30, 200


def save_view(
    *,
    owner: User,
    listing: str,
    name: str,
    params: Params,
    shared_with: Organisation | None = None,
    tells: bool = False,
) -> SavedView:
    """Keep a view of a list under a name.

    Raises ``DomainError`` for a list that ``owner`` may not see, a name taken, a unit that is not the own one, a search
    for somebody's number, and when there are too many views or rows.
    """
    view = SavedView(owner=owner, listing=listing, name=_clean_name(name), shared_with=_own(owner, shared_with))
    view.params = clean_params(owner, listing, params)
    if SavedView.objects.of(owner).filter(listing=listing).count() >= MOST_VIEWS:
        raise DomainError(
            _("You keep many views of this list. Delete one that you no longer use."), code="too_many_views"
        )
    try:
        with transaction.atomic():
            _check(view)
            view.save()
            if tells:
                _start_telling(view)
    except IntegrityError:
        raise DomainError(_name_taken(), code="name_taken", field="name") from None
    return view


def rename_view(*, view: SavedView, name: str, actor: User) -> SavedView:
    """Give a view another name. Raises ``DomainError`` for one that is taken."""
    try:
        with transaction.atomic():
            present = _own_view(view, actor)
            present.name = _clean_name(name)
            _check(present)
            present.save(update_fields=["name", "updated_at"])
    except IntegrityError:
        raise DomainError(_name_taken(), code="name_taken", field="name") from None
    return present


@transaction.atomic
def set_telling(*, view: SavedView, tells: bool, actor: User) -> SavedView:
    """Begin or end telling the owner of new rows. Beginning again forgets what was told before."""
    present = _own_view(view, actor)
    if tells and not present.tells:
        _start_telling(present)
    elif not tells and present.tells:
        present.tells = False
        present.save(update_fields=["tells", "updated_at"])
        present.seen_rows.all().delete()
    return present


@transaction.atomic
def share_view(*, view: SavedView, unit: Organisation | None, actor: User) -> SavedView:
    """Share a view with an own unit, or with nobody any more."""
    present = _own_view(view, actor)
    present.shared_with = _own(actor, unit)
    present.save(update_fields=["shared_with", "updated_at"])
    return present


@transaction.atomic
def hand_over_views(*, from_user: User, to_user: User) -> int:
    """Give the views that ``from_user`` shares to ``to_user``; return how many there were.

    Colleagues go on seeing those of a unit to which ``to_user`` belongs; the others are shared no more. A name that
    ``to_user`` uses already gets the giver's name behind it.
    """
    views = list(SavedView.objects.select_for_update(of=("self",), no_key=True).shared_by(from_user).order_by("pk"))
    units = set(Organisation.objects.filter(pk__in=own_organisations(to_user)).values_list("pk", flat=True))
    for view in views:
        if view.shared_with_id not in units:
            view.shared_with = None
        else:
            view.seen_rows.all().delete()
            view.owner, view.tells, view.name = to_user, False, _free_name(view, to_user)
        view.save(update_fields=["owner", "shared_with", "tells", "name", "updated_at"])
    return len(views)


def _free_name(view: SavedView, owner: User) -> str:
    """Return the name of ``view`` under which ``owner`` keeps none of this list."""
    taken = set(SavedView.objects.of(owner).filter(listing=view.listing).values_list("name", flat=True))
    names = (
        view.name,
        *(f"{view.name[:40]} · {str(view.owner)[:12]}{number or ''}" for number in range(MOST_VIEWS + 1)),
    )
    return next(name for name in names if name not in taken)


@transaction.atomic
def delete_view(*, view: SavedView, actor: User) -> None:
    """Delete a view; what it shows stays as it is."""
    present = _own_view(view, actor)
    present.seen_rows.all().delete()
    present.delete()


def clean_params(owner: User, listing: str, params: Params) -> dict[str, list[str]]:
    """Return what of ``params`` the list understands, in a fixed order; raises as ``save_view`` does."""
    declared = listings.find(listing)
    if declared is None:
        raise DomainError(_("This list is no longer there."), code="no_list")
    short = {name: list(values)[:MOST_VALUES] for name, values in list(params.items())[:MOST_PARAMS]}
    cleaned = declared.clean(owner, short)
    for value in (value for values in cleaned.values() for value in values):
        if len(value) > LONGEST_VALUE:
            raise DomainError(_("The search is too long to be kept."), code="too_long")
        if find_kind(value):
            raise DomainError(_("The search holds somebody's number: it is not kept."), code="personal_number")
    return dict(sorted(cleaned.items()))


def _start_telling(view: SavedView) -> None:
    view.tells = True
    begin(view)
    view.save(update_fields=["tells", "looked_at", "trouble", "updated_at"])


def _own_view(view: SavedView, actor: User) -> SavedView:
    present = lock(view)
    if present.owner_id != actor.pk:
        raise DomainError(_("Only who made a view changes it."), code="foreign")
    return present


def _own(owner: User, unit: Organisation | None) -> Organisation | None:
    if unit and not Organisation.objects.filter(pk=unit.pk, pk__in=own_organisations(owner)).exists():
        raise DomainError(_("Share a view with your own unit only."), code="foreign_unit", field="shared_with")
    return unit


def _clean_name(name: str) -> str:
    cleaned = " ".join(name.split())
    if not cleaned:
        raise DomainError(_("Give the view a name."), code="no_name", field="name")
    return cleaned


def _check(view: SavedView) -> None:
    try:
        view.full_clean()
    except ValidationError as error:
        raise DomainError(" ".join(error.messages), code="invalid", field="name") from None


def _name_taken() -> str:
    return _("You have a view of this list under that name already.")
