"""Budget lines: what was allotted, and how much of it is free, reserved and paid."""

from functools import partial
from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from internships.admin.parts import ShowsPages
from internships.subsidies.admin.parts import ReadsOnly, bar, yuan
from internships.subsidies.enums import Account
from internships.subsidies.forms.payments import AllotForm, BudgetLineForm
from internships.subsidies.models import BudgetLine, Journal, PaymentBatch
from internships.subsidies.selectors.balances import balance_of, with_balances
from internships.subsidies.services.budget import allot, cut, open_budget_line
from wenxi_portal.accounts.models import User
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed
from wenxi_portal.reminders.admin.why import TellsWhyReminded

ALLOT, OPEN = "subsidies.allot_budgetline", "subsidies.add_budgetline"


@admin.register(BudgetLine)
class BudgetLineAdmin(TellsWhyReminded, ShowsPages, AsksBeforeDeed, ReadsOnly):
    """Lines of a year. Their balances are sums of the ledger."""

    list_display = ("code", "name", "year", "shown_allotted", "shown_free", "shown_reserved", "shown_paid", "shown_bar")
    list_filter = ("year",)
    search_fields = ("code", "name")
    fields = ("year", "code", "name", "shown_allotted", "shown_free", "shown_reserved", "shown_paid", "shown_returned",
              "shown_recovered", "shown_bar")  # fmt: skip
    readonly_fields = fields
    actions_list = ("open_line",)
    actions_detail = ("allot", "cut_back", "why_reminded")
    change_form_outer_after_template = "admin/subsidies/budget_parts.html"

    def has_open_permission(self, request: HttpRequest) -> bool:
        """Whether the person opens lines."""
        return request.user.has_perm(OPEN)

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Allot for those who may."""
        names = {"why_reminded"} | ({"allot", "cut_back"} if request.user.has_perm(ALLOT) else set())
        return self.only_buttons(request, object_id, names)

    @action(description=gettext_lazy("Open a budget line"), url_path="open", icon="add", permissions=["open"])
    def open_line(self, request: HttpRequest) -> HttpResponse:
        """Open a line without money."""
        deed = Deed(
            title=_("Open a budget line"), button=_("Open"), form=BudgetLineForm,
            perform=partial(open_budget_line, actor=cast(User, request.user)),
            done=_("The line is open. Enter what is allotted."),
            back=reverse("admin:subsidies_budgetline_changelist"),
        )  # fmt: skip
        return self.deed_view(request, BudgetLine(year=0, name=""), deed, permission=OPEN)

    @action(description=gettext_lazy("Enter an allotment"), url_path="allot", icon="add_card",
            variant=ActionVariant.PRIMARY)  # fmt: skip
    def allot(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Enter what the county allots."""
        line = self.record(request, object_id)
        deed = Deed(
            title=_("Enter an allotment"), button=_("Enter"), form=AllotForm,
            perform=partial(allot, budget_line=line, actor=cast(User, request.user)),
            done=_("The money is in the ledger."),
            explanation=_("What is entered stays: a mistake is put right by a decision of its own."),
        )  # fmt: skip
        return self.deed_view(request, line, deed, permission=ALLOT)

    @action(description=gettext_lazy("Cut the budget"), url_path="cut", icon="content_cut")
    def cut_back(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Enter what the county takes back, or what was entered too much."""
        line = self.record(request, object_id)
        deed = Deed(
            title=_("Cut the budget"), button=_("Enter the cut"), form=AllotForm,
            perform=partial(cut, budget_line=line, actor=cast(User, request.user)),
            done=_("The cut is in the ledger."),
            explanation=_("For what the county takes back, and for an allotment that was entered too high. Money that"
                          " is reserved or paid cannot be cut."),
        )  # fmt: skip
        return self.deed_view(request, line, deed, permission=ALLOT)

    def get_queryset(self, request: HttpRequest) -> QuerySet[BudgetLine]:
        """Lines with their balances, in one query however many."""
        return with_balances(super().get_queryset(request))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add movements and batches."""
        line = kwargs.get("obj")
        if line is not None:
            allotted = Journal.objects.filter(entries__budget_line=line, kind="allotted").distinct()
            context |= {
                "allotments": [
                    (journal, sum(one.amount for one in journal.entries.all() if one.account == Account.BUDGET))
                    for journal in allotted.select_related("actor").prefetch_related("entries")
                ],
                "batches": PaymentBatch.objects.visible_to(request.user).filter(budget_line=line).order_by("-pk")[:50],
            }
        return super().render_change_form(request, context, *args, **kwargs)

    @display(description=gettext_lazy("allotted"))
    def shown_allotted(self, line: BudgetLine) -> str:
        """Yuan."""
        return yuan(balance_of(line).allotted)

    @display(description=pgettext_lazy("of money", "free"), ordering="free")
    def shown_free(self, line: BudgetLine) -> str:
        """Yuan."""
        return yuan(balance_of(line).free)

    @display(description=gettext_lazy("reserved"))
    def shown_reserved(self, line: BudgetLine) -> str:
        """Yuan."""
        return yuan(balance_of(line).payable)

    @display(description=gettext_lazy("paid"))
    def shown_paid(self, line: BudgetLine) -> str:
        """Yuan."""
        return yuan(balance_of(line).paid)

    @display(description=gettext_lazy("returned, waiting"))
    def shown_returned(self, line: BudgetLine) -> str:
        """Yuan."""
        return yuan(balance_of(line).returned)

    @display(description=gettext_lazy("recovered"))
    def shown_recovered(self, line: BudgetLine) -> str:
        """Yuan."""
        return yuan(balance_of(line).recovered)

    @display(description=gettext_lazy("used"))
    def shown_bar(self, line: BudgetLine) -> SafeString:
        """A bar with its percent."""
        found = balance_of(line)
        words = _("%(percent)d %% used") % {"percent": found.used_percent}
        return bar(found.paid + found.recovered, found.payable + found.returned, found.allotted, words)
