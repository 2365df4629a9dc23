"""What the rooms' admin pages may ask of the site: it stands above them all and knows the audit and the sheets."""

from typing import Any, Protocol

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase

from wenxi_portal.core.admin.history import Change, Reason
from wenxi_portal.core.admin.saved_views import Bar


class PortalSite(Protocol):
    """The part of the admin site that the rooms use."""

    def record_deed(self, request: HttpRequest, verb: str, subject: Model, **details: Any) -> None:
        """Write an audit entry for what the signed-in person did."""

    def deeds_on(self, subject: Model) -> list[Change]:
        """Return what the audit tells of ``subject``, newest first."""

    def reasons_on(self, subject: Model) -> list[Reason]:
        """Return why ``subject`` was corrected, oldest first."""

    def unit_choices(self) -> list[tuple[str, str]]:
        """Return the organisations that somebody who is invited may act for: key and name."""

    def invite(self, request: HttpRequest, **values: Any) -> Any:
        """Invite somebody (``email``, ``name``, ``role``, ``unit``), record it and return the account."""

    def views_of(self, request: HttpRequest, model_admin: Any, shown: dict[str, list[str]]) -> Bar:
        """Return the saved views of a list; ``shown`` are the parameters on screen."""

    def keep_view(self, request: HttpRequest, model_admin: Any) -> HttpResponseBase:
        """Keep the list on screen as a view and lead back to it."""

    def new_rows(self, request: HttpRequest, mark: str) -> QuerySet[Any] | None:
        """Return the keys of the records that one look of an own view found new; None for any other mark."""

    def may_import(self, request: HttpRequest, model: type[Model]) -> bool:
        """Tell whether the person may bring in rows of ``model``."""

    def export(
        self,
        request: HttpRequest,
        model: type[Model],
        queryset: QuerySet[Any],
        shown: dict[str, Any],
        *,
        ask: bool = False,
    ) -> HttpResponseBase:
        """Answer with the records as a sheet in office layout, or with the page that first asks why.

        ``shown`` tells filters, search and order; ``ask`` shows that page for a short list too.
        """
