"""Money asked back: what finance enters when it comes, or when it is waived."""

from functools import partial
from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from internships.admin.parts import ShowsPages
from internships.subsidies.admin.parts import ReadsOnly, yuan
from internships.subsidies.enums import RecoveryState
from internships.subsidies.forms.payments import SettleRecoveryForm
from internships.subsidies.models import Recovery
from internships.subsidies.services.recovery import receive_recovery, waive_recovery
from wenxi_portal.accounts.models import User
from wenxi_portal.core.admin.filters import ChoiceFilter
from wenxi_portal.core.admin.labels import days_words, label
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed
from wenxi_portal.reminders.admin.why import TellsWhyReminded

SETTLE = "subsidies.change_recovery"


class RecoveryStateFilter(ChoiceFilter):
    """States, and what is overdue."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Every state."""
        return [*RecoveryState.choices, ("overdue", gettext_lazy("overdue"))]

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """One state."""
        if value == "overdue":
            return queryset.filter(state=RecoveryState.DEMANDED, due_on__lt=timezone.localdate())
        return queryset.filter(state=value)


@admin.register(Recovery)
class RecoveryAdmin(TellsWhyReminded, ShowsPages, AsksBeforeDeed, ReadsOnly):
    """Asked back by the department, entered by finance."""

    list_display = ("shown_claim", "shown_student", "shown_amount", "shown_state", "shown_due", "demanded_by")
    list_filter = (RecoveryStateFilter,)
    list_select_related = ("claim__student", "demanded_by")
    search_fields = ("claim__number", "claim__student__name")
    fields = ("claim", "shown_amount", "shown_state", "reason", "due_on", "demanded_by", "demanded_at", "settled_on",
              "settled_by", "settling_note")  # fmt: skip
    readonly_fields = fields
    actions_detail = ("receive", "waive", "why_reminded")

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """What is open can be settled by whoever may."""
        recovery = self.record(request, object_id)
        may = recovery.state == RecoveryState.DEMANDED and request.user.has_perm(SETTLE)
        return self.only_buttons(request, object_id, {"why_reminded"} | ({"receive", "waive"} if may else set()))

    @action(
        description=gettext_lazy("Enter that it came back"),
        url_path="receive",
        icon="savings",
        variant=ActionVariant.PRIMARY,
    )
    def receive(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Enter that the money came back."""
        recovery, user = self.record(request, object_id), cast(User, request.user)
        deed = Deed(
            title=_("The money came back"), button=_("Enter"), form=SettleRecoveryForm,
            perform=partial(receive_recovery, recovery=recovery, actor=user), done=_("It is in the ledger."),
        )  # fmt: skip
        return self.deed_view(request, recovery, deed, permission=SETTLE)

    @action(description=gettext_lazy("Waive"), url_path="waive", icon="money_off")
    def waive(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Enter the decision that nothing is paid back."""
        recovery, user = self.record(request, object_id), cast(User, request.user)
        deed = Deed(
            title=_("Nothing is paid back"), button=_("Waive"), form=SettleRecoveryForm, danger=True,
            perform=partial(waive_recovery, recovery=recovery, actor=user), done=_("Waived."),
            explanation=_("Name the decision in the note."),
        )  # fmt: skip
        return self.deed_view(request, recovery, deed, permission=SETTLE)

    @display(description=gettext_lazy("claim"), ordering="claim__number")
    def shown_claim(self, recovery: Recovery) -> str:
        """Its number."""
        return recovery.claim.number

    @display(description=gettext_lazy("student"), ordering="claim__student__name")
    def shown_student(self, recovery: Recovery) -> str:
        """Whose."""
        return recovery.claim.student.name

    @display(description=gettext_lazy("amount in yuan"), ordering="amount")
    def shown_amount(self, recovery: Recovery) -> str:
        """Yuan."""
        return yuan(recovery.amount)

    @display(description=gettext_lazy("to be paid back until"), ordering="due_on")
    def shown_due(self, recovery: Recovery) -> str:
        """The day, and how far it is."""
        return days_words(recovery.due_on) if recovery.state == RecoveryState.DEMANDED else str(recovery.due_on)

    @display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, recovery: Recovery) -> SafeString:
        """Colour, icon and word."""
        tones = {
            "demanded": ("warning", "hourglass_top"),
            "received": ("success", "savings"),
            "waived": ("muted", "money_off"),
        }
        return label(*tones[recovery.state], recovery.get_state_display())
