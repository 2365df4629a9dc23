"""The lists of the admin as lists of which views can be kept."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.contrib.admin import site
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR, SEARCH_VAR
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model, QuerySet
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import gettext as _

from wenxi_portal.core.admin.changelist import NEW_VAR, PortalChangeList
from wenxi_portal.core.errors import DomainError
from wenxi_portal.saved_views import listings

FAMILY = "admin"
Params = Mapping[str, Sequence[str]]


def name_of(model: type[Model]) -> str:
    """Return how the views of the list of ``model`` name it."""
    return f"{FAMILY}:{model._meta.label_lower}"


class AdminListing:
    """The list of one model on the staff's desk."""

    def __init__(self, model_admin: Any) -> None:
        self.model_admin = model_admin
        self.label = model_admin.opts.verbose_name_plural

    def clean(self, user: AbstractBaseUser, params: Params) -> dict[str, list[str]]:
        """Return the words, the order and the filters that the list knows, without empty ones."""
        known = _known(self._changelist(user, {}))
        chosen = {name: [value for value in values if value] for name, values in params.items() if name in known}
        cleaned = {name: values for name, values in chosen.items() if values}
        self._changelist(user, cleaned)
        return cleaned

    def rows(self, user: AbstractBaseUser, params: Params) -> QuerySet[Any]:
        """Return the rows as the list shows them to ``user``."""
        shown = self._changelist(user, params)
        if set(params) - _known(shown):
            raise DomainError(_("This list no longer knows all filters of the view. Keep it anew."), code="changed")
        return shown.queryset

    def words(self, user: AbstractBaseUser, params: Params) -> list[str]:
        """Return the search words and the chosen values of the filters, each under its title."""
        searched = [_("Search: %(words)s") % {"words": words} for words in params.get(SEARCH_VAR, ())]
        if not set(params) - {SEARCH_VAR, ORDER_VAR}:
            return searched
        try:
            shown = self._changelist(user, params)
        except DomainError:
            # The view opens with the reason; here it stands without the words of its filters.
            return searched
        return [*searched, *(words for spec in shown.filter_specs for words in _chosen(spec, params))]

    def url(self, params: Params, *, new_in: str = "") -> str:
        """Return where the list is shown under ``params``."""
        opts = self.model_admin.opts
        query = urlencode({**params, **({NEW_VAR: new_in} if new_in else {})}, doseq=True)
        return f"{reverse(f'admin:{opts.app_label}_{opts.model_name}_changelist')}?{query}"

    def _changelist(self, user: AbstractBaseUser, params: Params) -> PortalChangeList:
        request = RequestFactory().get("/", dict(params))
        request.user = user  # type: ignore[assignment]
        # The question alone: whoever asks for it does not want the first page fetched.
        request.only_the_question = True  # type: ignore[attr-defined]
        if not (user.is_active and getattr(user, "is_staff", False) and self.model_admin.has_view_permission(request)):
            raise DomainError(_("You may no longer see this list."), code="forbidden")
        try:
            return self.model_admin.get_changelist_instance(request)
        except IncorrectLookupParameters:
            raise DomainError(_("The list does not understand the filters of this view."), code="changed") from None


def _known(shown: PortalChangeList) -> set[str]:
    filters = {name for spec in shown.filter_specs for name in spec.expected_parameters()}
    return {SEARCH_VAR, ORDER_VAR, *(str(name) for name in filters)}


def _chosen(spec: Any, params: Params) -> list[str]:
    """Return what ``params`` choose in one filter, the title in front."""
    if not set(params) & {str(name) for name in spec.expected_parameters()}:
        return []
    named = {str(key): str(label) for key, label in getattr(spec, "lookup_choices", ())}
    values = [value for name in spec.expected_parameters() for value in params.get(str(name), ())]
    return [_("%(title)s: %(value)s") % {"title": spec.title, "value": named.get(value, value)} for value in values]


def _find(label: str) -> AdminListing | None:
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    return AdminListing(site.get_model_admin(model)) if site.is_registered(model) else None


listings.declare(FAMILY, _find)
