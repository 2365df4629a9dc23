"""Agreements in the admin."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from bases.admin.filters import (
    AgreementKindFilter,
    AgreementStateFilter,
    AgreementWaitingFilter,
    ExpiryFilter,
    LeadUnitFilter,
)
from bases.admin.forms import AgreementForm, DayForm, ReasonForm, SignForm, SuccessorForm
from bases.admin.parts import AgreementBaseInline, PartyInline
from bases.admin.record import RecordAdmin
from bases.enums import AGREEMENT_TRANSITIONS, AgreementState, PartySide
from bases.models import Agreement, AgreementBase, AgreementParty
from bases.services.agreement import (
    Party,
    expire_agreement,
    save_agreement,
    sign_agreement,
    succeed_agreement,
    terminate_agreement,
)
from wenxi_portal.core.admin.labels import badge, expiry
from wenxi_portal.core.admin.links import change_link
from wenxi_portal.core.admin.moves import Deed
from wenxi_portal.core.admin.saving import kept_rows
from wenxi_portal.reminders.admin.why import TellsWhyReminded

BUTTONS = {
    AgreementState.SIGNED: "sign",
    AgreementState.EXPIRED: "expire",
    AgreementState.TERMINATED: "terminate",
}


@admin.register(Agreement)
class AgreementAdmin(TellsWhyReminded, RecordAdmin):
    """Agreements: entered as intents, then signed by a button; renewed and amended by new rows."""

    form = AgreementForm
    moves = AGREEMENT_TRANSITIONS
    parts_with_history = (AgreementParty, AgreementBase)
    inlines = (PartyInline, AgreementBaseInline)
    list_display = ("title", "shown_state", "kind", "lead_unit", "shown_signed", "shown_expiry")
    list_filter = (
        AgreementStateFilter,
        ExpiryFilter,
        AgreementKindFilter,
        LeadUnitFilter,
        AgreementWaitingFilter,
    )
    list_select_related = ("lead_unit",)
    search_fields = ("title",)
    search_help_text = _("Characters, pinyin or initials")
    readonly_fields = ("succeeds", "successors")
    actions_detail = ("sign", "renew", "amend", "expire", "terminate", "why_reminded")

    def get_fieldsets(self, request: HttpRequest, obj: Agreement | None = None) -> Any:
        """What the paper is, when it holds, what it says."""
        signed = obj is not None and obj.state != AgreementState.INTENT
        days = [("signed_on", "signed_year"), "date_note"] if signed else []
        correction = [(_("Correction of a signed paper"), {"fields": ["correction_reason"]})] if signed else []
        chain = [(_("Before and after"), {"fields": [("succeeds", "successors")]})] if obj else []
        return [
            (_("The agreement"), {"fields": ["title", ("kind", "lead_unit"), "expected_revision"]}),
            (_("When it holds"), {"fields": [*days, ("valid_from", "valid_until")]}),
            (_("What it says"), {"fields": ["summary", ("papers", "source"), "is_public"]}),
            *correction,
            *chain,
            (_("In English"), {"classes": ["collapse"], "fields": ["title_en", "summary_en", "date_note_en"]}),
        ]

    def save_by_service(self, request: HttpRequest, form: AgreementForm, formsets: Any) -> None:
        """Write the agreement with its parties and bases."""
        rows = {formset.model: kept_rows(formset) for formset in formsets}
        save_agreement(
            agreement=form.instance,
            actor=request.user,  # type: ignore[arg-type]
            parties=[Party(row["name"], PartySide(row["side"]), row["organisation"]) for row in rows[AgreementParty]],
            bases=[row["base"] for row in rows[AgreementBase]],
            expected_revision=form.cleaned_data["expected_revision"],
            correction_reason=form.cleaned_data.get("correction_reason", ""),
        )

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Only the moves that the table allows from the present state, and what may follow a signed paper."""
        record = self.record_for_deed(request, str(object_id))
        ours = {f"bases_agreement_{name}" for name in self._buttons(request, record)}
        return [button for button in super().get_actions_detail(request, object_id) if button.action_name in ours]

    @action(description=_("Sign"), url_path="sign", icon="signature", variant=ActionVariant.PRIMARY)
    def sign(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the day of signing."""
        return self._move(
            request,
            object_id,
            AgreementState.SIGNED,
            sign_agreement,
            title=_("Enter the signing"),
            button=_("It is signed"),
            form=SignForm,
            explanation=_("Give the day of signing, or the year, or a note why neither is known."),
            done=_("The agreement is signed. Add the signed scan below."),
        )

    @action(description=_("Close as expired"), url_path="expire", icon="event_busy")
    def expire(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Close an agreement whose last day has passed."""
        return self._move(
            request,
            object_id,
            AgreementState.EXPIRED,
            expire_agreement,
            title=_("Close as expired"),
            button=_("Close as expired"),
            form=ReasonForm,
            done=_("The agreement is closed as expired."),
        )

    @action(description=_("Terminate"), url_path="terminate", icon="block")
    def terminate(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """End an intent or an agreement before its time."""
        return self._move(
            request,
            object_id,
            AgreementState.TERMINATED,
            terminate_agreement,
            title=_("Terminate the agreement"),
            button=_("Terminate for good"),
            form=DayForm,
            explanation=_("This cannot be undone. The agreement and its papers stay on file."),
            done=_("The agreement is terminated."),
            danger=True,
        )

    @action(description=_("Renew"), url_path="renew", icon="autorenew")
    def renew(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Enter the renewal as a new agreement that points back."""
        return self._succeed(request, object_id, amends=False)

    @action(description=_("Amend"), url_path="amend", icon="edit_document")
    def amend(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Enter an amendment as a new agreement that points back."""
        return self._succeed(request, object_id, amends=True)

    @display(description=_("state"), ordering="state")
    def shown_state(self, agreement: Agreement) -> SafeString:
        """The state as colour, icon and word."""
        return badge(agreement.badge, agreement.get_state_display())

    @display(description=_("signed on"), ordering="signed_year", empty_value="—")
    def shown_signed(self, agreement: Agreement) -> Any:
        """The day, or the year, or the note."""
        return agreement.signed_on or agreement.signed_year or agreement.date_note or None

    @display(description=_("expiry"), ordering="valid_until", empty_value="—")
    def shown_expiry(self, agreement: Agreement) -> Any:
        """How long a signed agreement still holds; the last day of any other."""
        if agreement.state == AgreementState.SIGNED:
            return expiry(agreement.valid_until)
        return agreement.valid_until

    @display(description=_("follows"), empty_value="—")
    def succeeds(self, agreement: Agreement) -> SafeString | None:
        """The agreement that this one renews or amends."""
        if agreement.renews:
            return format_html("{}: {}", _("renews"), change_link(agreement.renews))
        return format_html("{}: {}", _("amends"), change_link(agreement.amends)) if agreement.amends else None

    @display(description=_("followed by"), empty_value="—")
    def successors(self, agreement: Agreement) -> SafeString | None:
        """The renewals and amendments of this one."""
        found = [*agreement.renewals.all(), *agreement.amendments.all()] if agreement.pk else []
        return SafeString("<br>".join(change_link(each) for each in found)) or None

    def _buttons(self, request: HttpRequest, record: Agreement) -> set[str]:
        found: set[str] = {"why_reminded"}
        if request.user.has_perm("bases.move_agreement"):
            found |= {BUTTONS[AgreementState(state)] for state in self.moves.targets(record.state)}
        if _runs(record):
            found.discard("expire")
        if request.user.has_perm("bases.add_agreement"):
            ways = {"amend": True, "renew": False}
            found |= {name for name, amends in ways.items() if not self._unfollowed(record, amends)}
        return found

    def _move(
        self, request: HttpRequest, object_id: str, to_state: AgreementState, service: Any, **words: Any
    ) -> HttpResponse:
        record = self.record_for_deed(request, object_id)
        barred = self.barred(record, to_state)
        if not barred and to_state == AgreementState.EXPIRED and _runs(record):
            barred = str(_("The last day of this agreement has not passed."))
        deed = Deed(perform=partial(service, agreement=record, actor=request.user), barred=barred, **words)
        return self.deed_view(request, record, deed, permission="bases.move_agreement")

    def _unfollowed(self, record: Agreement, amends: bool) -> Any:
        """Return why nothing may follow ``record`` now, empty when it may."""
        if record.state == AgreementState.INTENT:
            return self.barred_by_state(record)
        renewed = not amends and record.renewals.exclude(state=AgreementState.TERMINATED).exists()
        return _("This agreement already has a renewal.") if renewed else ""

    def _succeed(self, request: HttpRequest, object_id: str, *, amends: bool) -> HttpResponse:
        record = self.record_for_deed(request, object_id)

        def enter(**values: Any) -> Agreement:
            successor = Agreement(lead_unit=record.lead_unit, **values)
            return succeed_agreement(agreement=record, successor=successor, amends=amends, actor=request.user)  # type: ignore[arg-type]

        suffix = _(" (amendment)") if amends else _(" (renewal)")
        initial = {
            "title": f"{record.title}{suffix}"[:160],
            "kind": record.kind,
            "valid_from": None if amends else _day_after(record),
            "valid_until": record.valid_until if amends else None,
            "summary": record.summary,
        }
        deed = Deed(
            title=_("Amend the agreement") if amends else _("Renew the agreement"),
            button=_("Enter the amendment") if amends else _("Enter the renewal"),
            form=SuccessorForm,
            perform=enter,
            done=_("Entered as an intent. Sign it when it is signed."),
            barred=self._unfollowed(record, amends),
            explanation=_("The signed paper stays as it is. A new agreement points back to it, with its parties."),
        )
        return self.deed_view(request, record, deed, permission="bases.add_agreement", initial=initial)


def _runs(agreement: Agreement) -> bool:
    return agreement.valid_until is None or agreement.valid_until >= timezone.localdate()


def _day_after(agreement: Agreement) -> Any:
    return agreement.valid_until + timedelta(days=1) if agreement.valid_until else None
