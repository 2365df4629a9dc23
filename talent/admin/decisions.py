"""What an officer decides about people beside the record itself: the next database, answers to the yearly question."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from talent.admin.forms import DecideForm
from talent.models import MembershipProposal, SelfCheck
from talent.services.membership import decide_proposal
from talent.services.self_check import handle_answer
from wenxi_portal.core.admin.links import change_link
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed, NothingAsked
from wenxi_portal.core.wording import labelled
from wenxi_portal.reminders.admin.why import TellsWhyReminded


class _Decided(AsksBeforeDeed, PortalModelAdmin):
    """Rows that the portal or the person made, and that an officer only decides on."""

    list_select_related = ("person",)
    search_fields = ("person__name",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever sees people."""
        return request.user.has_perm("talent.view_person")

    has_module_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """By buttons only."""
        return False

    def has_decide_permission(self, request: HttpRequest, *args: Any) -> bool:
        """Whoever keeps people; auditors read."""
        return request.user.has_perm("talent.change_person")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by name."""
        return super(PortalModelAdmin, self).get_search_results(request, queryset, search_term)

    @display(description=gettext_lazy("person"), ordering="person__sort_key")
    def shown_person(self, row: Any) -> SafeString:
        """The person, as a link."""
        return change_link(row.person)


@admin.register(MembershipProposal)
class MembershipProposalAdmin(_Decided):
    """The next database after graduation or a change of job."""

    list_display = ("because_of", "shown_person", "cause", "database", "on", "state", "decided_by")
    list_filter = ("state", "database")
    fields = (
        "shown_person",
        ("cause", "because_of", "on"),
        ("database", "state"),
        ("decided_by", "decided_at"),
        "decision_reason",
    )
    actions_detail = ("decide",)

    @action(
        description=gettext_lazy("Decide"), url_path="decide", icon="gavel", variant=ActionVariant.PRIMARY,
        permissions=["decide"],
    )  # fmt: skip
    def decide(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Accept or decline."""
        proposal = self.visible_or_404(request, unquote(object_id))
        deed = Deed(
            title=_("Decide on the next database"),
            button=_("Decide"),
            form=DecideForm,
            perform=partial(decide_proposal, proposal=proposal, actor=request.user),
            done=_("It is decided."),
            explanation=labelled(
                proposal.get_cause_display(), f"{proposal.because_of} → {proposal.get_database_display()}"
            ),
        )
        return self.deed_view(request, proposal, deed, permission="talent.change_person", initial={"accept": "1"})


@admin.register(SelfCheck)
class SelfCheckAdmin(TellsWhyReminded, _Decided):
    """Answers to the yearly question."""

    list_display = ("asked_at", "shown_person", "answer", "message", "answered_at", "handled_at")
    list_filter = ("answer",)
    fields = ("shown_person", ("asked_at", "sent_at", "expires_at"), ("answer", "answered_at"), "message", "handled_at")
    actions_detail = ("handle", "why_reminded")

    @action(
        description=gettext_lazy("Done"), url_path="handle", icon="task_alt", variant=ActionVariant.PRIMARY,
        permissions=["decide"],
    )  # fmt: skip
    def handle(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Tick the answer off."""
        check = self.visible_or_404(request, unquote(object_id))
        deed = Deed(
            title=_("The record says what the person wrote"),
            button=_("Done"),
            form=NothingAsked,
            perform=partial(handle_answer, check=check, actor=request.user),
            done=_("The answer is ticked off."),
            explanation=check.message,
        )
        return self.deed_view(request, check, deed, permission="talent.change_person")
