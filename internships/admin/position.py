"""Positions in the admin: the lead unit enters them for a host, reviews, publishes and closes them."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from bases.models import Base
from internships.admin.position_filters import (
    PositionStateFilter,
    PositionUnitFilter,
    PositionWaitingFilter,
    SectorFilter,
)
from internships.admin.position_forms import PositionAdminForm, ReasonForm, RemarkForm
from internships.enums import POSITION_TRANSITIONS, PositionState
from internships.models import Position
from internships.querysets import PUBLIC_POSITION_STATES
from internships.services.position import (
    close_position,
    hand_back,
    publish_position,
    save_position,
    send_to_review,
)
from wenxi_portal.core.admin.exports import ExportsWhatItShows
from wenxi_portal.core.admin.labels import badge, expiry
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed, NothingAsked
from wenxi_portal.core.admin.saving import SavesThroughService
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.wording import labelled, part_list
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.organisations.selectors import has_unit, units_of
from wenxi_portal.reminders.admin.why import TellsWhyReminded

MOVE = "internships.move_position"
# The button that leads to each state.
BUTTONS = {
    PositionState.IN_REVIEW: "review",
    PositionState.PUBLISHED: "publish",
    PositionState.DRAFT: "give_back",
    PositionState.CLOSED: "close_position",
}


@admin.register(Position)
class PositionAdmin(TellsWhyReminded, SavesThroughService, AsksBeforeDeed, ExportsWhatItShows, PortalModelAdmin):
    """Positions of the own unit's hosts."""

    form = PositionAdminForm
    change_form_outer_before_template = "admin/bases/record_head.html"
    change_form_outer_after_template = "admin/internships/position_parts.html"
    list_display = (
        "title", "shown_state", "host", "shown_sector", "shown_seats", "starts_on", "shown_until", "reconfirmed_on",
        "lead_unit",
    )  # fmt: skip
    list_filter = (PositionStateFilter, PositionWaitingFilter, SectorFilter, PositionUnitFilter)
    list_select_related = ("host", "lead_unit")
    search_fields = ("title",)
    search_help_text = gettext_lazy("Characters, pinyin or initials")
    autocomplete_fields = ("host", "base")
    ordering = ("-pk",)
    actions = ("publish_selected",)
    actions_list = ("export_office", "export_protected")
    actions_detail = ("publish", "give_back", "review", "close_position", "why_reminded")
    fieldsets = (
        (gettext_lazy("The work"), {"fields": ["title", ("sector", "seats"), "work", "expected_revision"]}),
        (gettext_lazy("Whom you look for"), {"fields": ["levels", "disciplines", "majors", "wanted"]}),
        (
            gettext_lazy("When"),
            {"fields": [("starts_on", "ends_on"), "apply_until", ("hours_a_day", "days_a_week")]},
        ),
        (gettext_lazy("Where"), {"fields": ["place", "address", ("latitude", "longitude")]}),
        (
            gettext_lazy("What you offer"),
            {"fields": [("lodging_offered", "meals_offered", "transport_offered"), "benefits"]},
        ),
        (
            gettext_lazy("Who answers for it"),
            {"fields": ["host", ("base", "lead_unit"), ("contact_office", "contact_phone")]},
        ),
        (gettext_lazy("In English"), {"classes": ["collapse"], "fields": ["title_en", "work_en"]}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A lead unit officer without a unit has nowhere to put a position."""
        return super().has_add_permission(request) and has_unit(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A closed position is opened again first."""
        return super().has_change_permission(request, obj) and (obj is None or obj.state != PositionState.CLOSED)

    def has_move_permission(self, request: HttpRequest) -> bool:
        """Whoever decides on positions."""
        return request.user.has_perm(MOVE)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> ModelChoiceField | None:
        """Offer the own units, and hosts and bases that anybody may know of."""
        if db_field.name == "lead_unit":
            kwargs["queryset"] = units_of(request.user)
        elif db_field.name == "host":
            kwargs["queryset"] = Organisation.objects.hosts().public().in_name_order()
        elif db_field.name == "base":
            kwargs["queryset"] = Base.objects.readable_by(request.user)
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field and db_field.name == "lead_unit":
            units = list(field.queryset[:2])
            field.initial = units[0].pk if len(units) == 1 else None
        return field

    def save_by_service(self, request: HttpRequest, form: Any, formsets: Any) -> None:
        """Write the position."""
        save_position(
            position=form.instance,
            actor=request.user,  # type: ignore[arg-type]
            expected_revision=form.cleaned_data["expected_revision"],
        )

    def view_on_site(self, obj: Position) -> str | None:  # type: ignore[override]
        """The public page, once there is one."""
        return obj.get_absolute_url() if obj.state in PUBLIC_POSITION_STATES else None

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add the state above the form and the way below it."""
        position = kwargs.get("obj")
        if position is not None:
            changes = position.state_changes.select_related("actor")
            context |= {
                "record_state": self.shown_state(position),
                "timeline": [(change, PositionState(change.to_state).label) for change in changes],
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Only the moves that the table allows from the present state; the reminders always."""
        position = self.visible_or_404(request, unquote(str(object_id)))
        allowed = {"why_reminded"}
        if request.user.has_perm(MOVE):
            allowed |= {BUTTONS[PositionState(state)] for state in POSITION_TRANSITIONS.targets(position.state)}
        if position.state == PositionState.PUBLISHED:
            # The way back to review is the host's own edit.
            allowed -= {"review"}
        ours = {f"internships_position_{name}" for name in allowed}
        return [button for button in super().get_actions_detail(request, object_id) if button.action_name in ours]

    @action(description=gettext_lazy("Publish"), url_path="publish", icon="publish", variant=ActionVariant.PRIMARY)
    def publish(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Put it on the list."""
        return self._move(
            request, object_id, PositionState.PUBLISHED, publish_position, RemarkForm,
            title=_("Publish the position"), button=_("Publish"),
            explanation=_("Everybody can read it from now on, and students can apply."),
        )  # fmt: skip

    @action(description=gettext_lazy("Hand back"), url_path="hand-back", icon="undo")
    def give_back(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Give it back to the host with a reason."""
        return self._move(
            request, object_id, PositionState.DRAFT, hand_back, ReasonForm,
            title=_("Hand the position back"), button=_("Hand back"),
            explanation=_("It becomes a draft of the host again; a published one leaves the list."),
        )  # fmt: skip

    @action(description=gettext_lazy("Send to review"), url_path="review", icon="rate_review")
    def review(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Send it to review for the host, or open a closed one again."""
        return self._move(
            request, object_id, PositionState.IN_REVIEW, send_to_review, NothingAsked,
            title=_("Send the position to review"), button=_("Send to review"),
        )  # fmt: skip

    @action(description=pgettext_lazy("verb", "Close"), url_path="close", icon="block")
    def close_position(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Close it with a reason."""
        return self._move(
            request, object_id, PositionState.CLOSED, close_position, ReasonForm,
            title=_("Close the position"), button=pgettext_lazy("verb", "Close"), danger=True,
            explanation=_("Nobody can apply any more; applications under way go on."),
        )  # fmt: skip

    @admin.action(description=gettext_lazy("Publish the selected ones"), permissions=["move"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet[Position]) -> None:
        """Publish each on its own; those that cannot be published are named with the reason."""
        done = 0
        for position in queryset:
            try:
                publish_position(position=position, actor=request.user)  # type: ignore[arg-type]
            except (DomainError, ValidationError) as refusal:
                why = getattr(refusal, "message", None) or part_list(getattr(refusal, "messages", []))
                messages.warning(request, labelled(position.title, why))
            else:
                done += 1
        if done:
            messages.success(
                request,
                ngettext("%(done)d position is published.", "%(done)d positions are published.", done) % {"done": done},
            )

    @display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, position: Position) -> SafeString:
        """The state as colour, icon and word."""
        return badge(position.badge, position.get_state_display())

    @display(description=pgettext_lazy("of a position", "kind"), ordering="sector")
    def shown_sector(self, position: Position) -> str:
        """The kind of work."""
        return position.get_sector_display()

    @display(description=gettext_lazy("seats"), ordering="seats")
    def shown_seats(self, position: Position) -> str:
        """Taken of all."""
        return f"{position.seats_taken} / {position.seats}"

    @display(description=gettext_lazy("apply until"), ordering="apply_until")
    def shown_until(self, position: Position) -> Any:
        """How long one can still apply for a published position."""
        return expiry(position.apply_until) if position.state == PositionState.PUBLISHED else position.apply_until

    def _move(
        self, request: HttpRequest, object_id: str, to_state: PositionState, perform: Callable[..., Any], form: Any,
        **words: Any,
    ) -> HttpResponse:  # fmt: skip
        position = self.visible_or_404(request, unquote(object_id))
        barred = ""
        if not POSITION_TRANSITIONS.allows(position.state, to_state):
            barred = _("The state is now “%(state)s”, and this cannot be done in it.") % {
                "state": position.get_state_display()
            }
        deed = Deed(
            barred=barred,
            form=form,
            perform=partial(perform, position=position, actor=request.user),
            done=_("“%(name)s” is now: %(state)s.") % {"name": position.title, "state": to_state.label},
            **words,
        )
        return self.deed_view(request, position, deed, permission=MOVE)
