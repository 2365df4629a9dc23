"""The register of payments, line by line."""

from functools import partial
from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display

from internships.admin.parts import ShowsPages
from internships.subsidies.admin.parts import ReadsOnly, yuan
from internships.subsidies.enums import ClaimState, LineResult
from internships.subsidies.forms.payments import WhyForm
from internships.subsidies.models import PaymentLine
from internships.subsidies.services.giving_up import give_up_returned
from wenxi_portal.accounts.models import User
from wenxi_portal.core.admin.exports import ExportsWhatItShows
from wenxi_portal.core.admin.filters import ChoiceFilter
from wenxi_portal.core.admin.labels import label
from wenxi_portal.core.admin.links import change_link
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed

RELEASE = "subsidies.release_paymentbatch"
TONES = {
    LineResult.PENDING: ("info", "schedule"),
    LineResult.PAID: ("success", "check_circle"),
    LineResult.RETURNED: ("danger", "undo"),
    LineResult.CANCELLED: ("muted", "block"),
}


class LineResultFilter(ChoiceFilter):
    """What the bank reported."""

    title = gettext_lazy("result")
    parameter_name = "result"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Every result."""
        return list(LineResult.choices)

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """One result."""
        return queryset.filter(result=value)


@admin.register(PaymentLine)
class PaymentLineAdmin(ShowsPages, AsksBeforeDeed, ExportsWhatItShows, ReadsOnly):  # type: ignore[misc]
    """Payments as they were made; card numbers masked."""

    list_display = (
        "reference",
        "shown_batch",
        "shown_student",
        "shown_account",
        "shown_amount",
        "shown_result",
        "paid_on",
    )
    list_filter = (LineResultFilter, "claim__scheme", "paid_on")
    list_select_related = ("batch", "account", "claim__student")
    search_fields = ("reference", "claim__number", "claim__student__name")
    ordering = ("-pk",)
    fields = ("reference", "shown_batch", "claim", "shown_student", "shown_account", "shown_amount", "shown_result",
              "paid_on", "bank_reference", "return_reason")  # fmt: skip
    readonly_fields = fields
    actions_detail = ("give_up",)

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """What the bank has returned can be given up by finance."""
        line = self.record(request, object_id)
        may = _is_returned(line) and request.user.has_perm(RELEASE)
        return self.only_buttons(request, object_id, {"give_up"} if may else set())

    @action(description=gettext_lazy("Give the payment up"), url_path="give-up", icon="money_off")
    def give_up(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """End the claim without pay; its money is free."""
        line, user = self.record(request, object_id), cast(User, request.user)
        deed = Deed(
            title=_("Give the payment up"), button=_("Give up"), form=WhyForm, danger=True,
            perform=partial(give_up_returned, claim=line.claim, actor=user),
            done=_("The claim has ended without pay, and its money is free."),
            barred="" if _is_returned(line) else _("Only a payment that the bank has returned is given up."),
        )  # fmt: skip
        return self.deed_view(request, line, deed, permission=RELEASE)

    @display(description=gettext_lazy("payment batch"), ordering="batch")
    def shown_batch(self, line: PaymentLine) -> SafeString:
        """Leads to the batch."""
        return change_link(line.batch)

    @display(description=gettext_lazy("student"), ordering="claim__student__name")
    def shown_student(self, line: PaymentLine) -> str:
        """Whose."""
        return line.claim.student.name

    @display(description=gettext_lazy("bank account"))
    def shown_account(self, line: PaymentLine) -> str:
        """Masked."""
        return str(line.account)

    @display(description=gettext_lazy("amount in yuan"), ordering="amount")
    def shown_amount(self, line: PaymentLine) -> str:
        """Yuan."""
        return yuan(line.amount)

    @display(description=gettext_lazy("result"), ordering="result")
    def shown_result(self, line: PaymentLine) -> SafeString:
        """Colour, icon and word."""
        tone, symbol = TONES[LineResult(line.result)]
        return label(tone, symbol, line.get_result_display())


def _is_returned(line: PaymentLine) -> bool:
    return bool(line.result == LineResult.RETURNED and line.claim.state == ClaimState.RETURNED)
