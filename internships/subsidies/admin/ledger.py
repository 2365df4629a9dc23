"""The ledger, to be read: journals with their entries."""

from typing import Any

from django.contrib import admin
from django.db.models import DecimalField, Q, QuerySet, Sum
from django.http import HttpRequest
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from internships.subsidies.admin.parts import ReadsOnly, yuan
from internships.subsidies.enums import Account, JournalKind
from internships.subsidies.models import Journal
from wenxi_portal.core.admin.filters import ChoiceFilter

SHOWN_ENTRIES = 200


class JournalKindFilter(ChoiceFilter):
    """Why money moved."""

    title = gettext_lazy("what happened")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Every kind."""
        return list(JournalKind.choices)

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """One kind."""
        return queryset.filter(kind=value)


@admin.register(Journal)
class JournalAdmin(ReadsOnly):
    """Every movement of money, newest first. Written once: nothing here can be changed by anybody."""

    list_display = ("at", "kind", "shown_sum", "batch", "document", "actor", "note")
    list_filter = (JournalKindFilter, "at")
    list_select_related = ("batch", "actor")
    search_fields = ("document", "note", "batch__number")
    fields = ("at", "kind", "shown_sum", "batch", "document", "note", "actor")
    readonly_fields = fields
    change_form_outer_after_template = "admin/subsidies/journal_entries.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Journal]:
        """With the sum that moved."""
        moved = Sum("entries__amount", filter=Q(entries__amount__gt=0), output_field=DecimalField())
        into = Sum("entries__amount", filter=Q(kind=JournalKind.ALLOTTED, entries__account=Account.BUDGET))
        return super().get_queryset(request).annotate(moved=moved, into_budget=into)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add the entries the person may see."""
        journal = kwargs.get("obj")
        if journal is not None:
            entries = journal.entries.visible_to(request.user).select_related("budget_line", "claim").order_by("pk")
            context |= {"entries": entries[:SHOWN_ENTRIES], "more": max(entries.count() - SHOWN_ENTRIES, 0)}
        return super().render_change_form(request, context, *args, **kwargs)

    @display(description=gettext_lazy("amount in yuan"))
    def shown_sum(self, journal: Any) -> str:
        """Yuan that moved; what was cut from a budget stands below zero."""
        return yuan(journal.moved if journal.into_budget is None else journal.into_budget)
