"""Bases in the admin."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import AutocompleteSelectFilter
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from bases.admin.filters import BaseStateFilter, BaseWaitingFilter, KindFilter, LeadUnitFilter, YearFilter
from bases.admin.forms import BaseForm, DayForm, ReasonForm, UnveilForm
from bases.admin.parts import CandidateKindInline, UniversityInline
from bases.admin.record import RecordAdmin, choosable_bases
from bases.enums import BASE_TRANSITIONS, PUBLIC_BASE_STATES, BaseState
from bases.models import Base, BaseCandidateKind, BaseUniversity
from bases.selectors.waiting import gap_words, gaps_of
from bases.services.base import move_base, save_base
from wenxi_portal.core.admin.labels import badge, label
from wenxi_portal.core.admin.moves import Deed
from wenxi_portal.core.admin.saving import kept_rows

PLAQUE_FIELDS = ("plaque_on", "plaque_year", "plaque_note")
ENGLISH_FIELDS = ("name_en", "summary_en", "plaque_note_en", "source_en")
# The button that leads to each state; opening again is another button than unveiling.
BUTTONS = {
    BaseState.UNVEILED: "unveil",
    BaseState.SUSPENDED: "suspend",
    BaseState.CLOSED: "close_base",
}


@admin.register(Base)
class BaseAdmin(RecordAdmin):
    """Cooperation bases: entered as planned, then unveiled by a button."""

    form = BaseForm
    moves = BASE_TRANSITIONS
    parts_with_history = (BaseUniversity, BaseCandidateKind)
    inlines = (UniversityInline, CandidateKindInline)
    list_display = ("name", "shown_state", "shown_kind", "lead_unit", "local_partner", "place", "shown_plaque", "gaps")
    list_filter = (
        BaseStateFilter,
        KindFilter,
        LeadUnitFilter,
        ("universities", AutocompleteSelectFilter),
        YearFilter,
        BaseWaitingFilter,
    )
    list_select_related = ("kind", "lead_unit", "local_partner")
    search_fields = ("name",)
    search_help_text = _("Characters, pinyin or initials")
    autocomplete_fields = ("local_partner",)
    ordering = ("sort_key", "pk")
    actions_detail = ("unveil", "reopen", "suspend", "close_base")

    def get_fieldsets(self, request: HttpRequest, obj: Base | None = None) -> Any:
        """What a base is, who runs it, where it is, what is told about it."""
        plaque = PLAQUE_FIELDS if obj and obj.state != BaseState.PLANNED else ()
        dates = [(_("Plaque"), {"fields": [("plaque_on", "plaque_year"), "plaque_note"]})] if plaque else []
        return [
            (_("The base"), {"fields": ["name", ("kind", "kind_basis"), "expected_revision"]}),
            (_("Who runs it"), {"fields": [("lead_unit", "lead_unit_inferred"), "local_partner"]}),
            (_("Where it is"), {"fields": [("place", "address")]}),
            *dates,
            (_("What the public reads"), {"fields": ["summary", "story", ("contact_office", "contact_phone")]}),
            (pgettext_lazy("fieldset", "Source"), {"fields": ["source", "in_announced_count"]}),
            (_("In English"), {"classes": ["collapse"], "fields": list(ENGLISH_FIELDS)}),
        ]

    def get_choices(self, request: HttpRequest) -> QuerySet[Base]:
        """Bases whose page opens for the person."""
        return choosable_bases(request)

    def view_on_site(self, obj: Base) -> str | None:  # type: ignore[override]
        """The public page, once there is one."""
        return obj.get_absolute_url() if obj.state in PUBLIC_BASE_STATES else None

    def save_by_service(self, request: HttpRequest, form: BaseForm, formsets: Any) -> None:
        """Write the base with its universities and possible kinds."""
        rows = {formset.model: kept_rows(formset) for formset in formsets}
        save_base(
            base=form.instance,
            actor=request.user,  # type: ignore[arg-type]
            universities={row["university"]: row["note"] for row in rows[BaseUniversity]},
            candidate_kinds=[row["kind"] for row in rows[BaseCandidateKind]],
            expected_revision=form.cleaned_data["expected_revision"],
        )

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Only the moves that the table allows from the present state."""
        record = self.record_for_deed(request, str(object_id))
        if not request.user.has_perm("bases.move_base"):
            return []
        allowed = {BUTTONS[BaseState(state)] for state in self.moves.targets(record.state)}
        if record.state == BaseState.SUSPENDED:
            allowed = (allowed - {"unveil"}) | {"reopen"}
        ours = {f"bases_base_{name}" for name in allowed}
        return [button for button in super().get_actions_detail(request, object_id) if button.action_name in ours]

    @action(description=_("Unveil"), url_path="unveil", icon="verified", variant=ActionVariant.PRIMARY)
    def unveil(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the day of the plaque and publish the base."""
        return self._move(
            request,
            object_id,
            BaseState.UNVEILED,
            title=_("Unveil the base"),
            button=_("Unveil"),
            form=UnveilForm,
            only_from=BaseState.PLANNED,
            explanation=_("The base then stands on the public pages. Give the day, or the year, or a note."),
        )

    @action(description=_("Open again"), url_path="reopen", icon="play_circle", variant=ActionVariant.PRIMARY)
    def reopen(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask why a suspended base works again."""
        return self._move(
            request,
            object_id,
            BaseState.UNVEILED,
            only_from=BaseState.SUSPENDED,
            title=_("Open the base again"),
            button=_("Open again"),
        )

    @action(description=_("Suspend"), url_path="suspend", icon="pause_circle")
    def suspend(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask why the base rests."""
        return self._move(request, object_id, BaseState.SUSPENDED, title=_("Suspend the base"), button=_("Suspend"))

    @action(description=pgettext_lazy("verb", "Close"), url_path="close", icon="block")
    def close_base(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the day and the reason, and close the base for good."""
        return self._move(
            request,
            object_id,
            BaseState.CLOSED,
            title=_("Close the base"),
            button=_("Close for good"),
            form=DayForm,
            explanation=_("A closed base cannot be opened again. It stays on the public pages as closed."),
            danger=True,
        )

    @display(description=_("state"), ordering="state")
    def shown_state(self, base: Base) -> SafeString:
        """The state as colour, icon and word."""
        return badge(base.badge, base.get_state_display())

    @display(description=_("kind"), ordering="kind__number")
    def shown_kind(self, base: Base) -> str:
        """The kind, or that it is to be settled."""
        return str(base.kind or _("to be settled"))

    @display(description=_("unveiled on"), ordering="plaque_year", empty_value="—")
    def shown_plaque(self, base: Base) -> Any:
        """The day, or the year, or the note."""
        return base.plaque_on or base.plaque_year or base.plaque_note or None

    @display(description=_("gaps"), empty_value="")
    def gaps(self, base: Base) -> SafeString | None:
        """What is missing of a public base."""
        if base.state not in PUBLIC_BASE_STATES or not gaps_of(base):
            return None
        return label("warning portal-label--long", "edit_note", gap_words(base))

    def _move(
        self,
        request: HttpRequest,
        object_id: str,
        to_state: BaseState,
        *,
        form: Any = ReasonForm,
        only_from: BaseState | None = None,
        **words: Any,
    ) -> HttpResponse:
        record = self.record_for_deed(request, object_id)
        deed = Deed(
            barred=self.barred(record, to_state, only_from=only_from),
            form=form,
            perform=partial(move_base, base=record, to_state=to_state, actor=request.user, expected_state=only_from),
            done=_("“%(name)s” is now: %(state)s.") % {"name": record.name, "state": to_state.label},
            **words,
        )
        return self.deed_view(request, record, deed, permission="bases.move_base")
