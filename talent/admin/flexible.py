"""Flexible introduction agreements in the admin."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from talent.admin.filters import FlexibleStateFilter
from talent.admin.forms import MoveForm, PaperForm
from talent.enums import FLEXIBLE_TRANSITIONS, FlexibleState
from talent.models import FlexibleAgreement
from talent.services.flexible import add_flexible_paper, move_flexible, save_flexible
from wenxi_portal.core.admin.labels import badge, expiry
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed
from wenxi_portal.core.admin.saving import SavesThroughService, ServiceForm
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.reminders.admin.why import TellsWhyReminded, only_why

BUTTONS = {
    FlexibleState.SIGNED: "sign",
    FlexibleState.ENDED: "end",
    FlexibleState.TERMINATED: "terminate",
}


class FlexibleForm(ServiceForm):
    """A draft."""

    class Meta:
        model = FlexibleAgreement
        fields = ("person", "host", "service", "valid_from", "valid_until")


@admin.register(FlexibleAgreement)
class FlexibleAgreementAdmin(TellsWhyReminded, SavesThroughService, AsksBeforeDeed, PortalModelAdmin):
    """A talent serves the county without moving: entered as a draft, then moved by buttons."""

    form = FlexibleForm
    list_display = ("person", "host", "shown_state", "valid_from", "shown_until")
    list_filter = (FlexibleStateFilter,)
    list_select_related = ("person", "host")
    search_fields = ("person__name", "host__name")
    autocomplete_fields = ("person", "host")
    fields = (("person", "host"), "service", ("valid_from", "valid_until"), "owner", "expected_revision")
    readonly_fields = ("owner",)
    actions_detail = ("sign", "end", "terminate", "add_paper", "why_reminded")
    change_form_outer_after_template = "admin/talent/flexible_parts.html"

    def get_urls(self) -> list[Any]:
        """Add the papers."""
        page = self.admin_site.admin_view(self.paper_view)
        return [
            path("<int:pk>/papers/<uuid:identifier>/", page, name="talent_flexibleagreement_paper"),
            *super().get_urls(),
        ]

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by person or host."""
        return super(PortalModelAdmin, self).get_search_results(request, queryset, search_term)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only drafts are edited."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.state == FlexibleState.DRAFT)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer organisations that everybody may know of, and own people."""
        if db_field.name == "host":
            kwargs["queryset"] = Organisation.objects.public().in_name_order()
        if db_field.name == "person":
            kwargs["queryset"] = db_field.related_model.objects.active().visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_by_service(self, request: HttpRequest, form: FlexibleForm, formsets: Any) -> None:
        """Write the draft."""
        save_flexible(
            agreement=form.instance,
            actor=request.user,  # type: ignore[arg-type]
            expected_revision=form.cleaned_data["expected_revision"],
        )

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """The moves that the table allows."""
        agreement = self.visible_or_404(request, unquote(str(object_id)))
        buttons = super().get_actions_detail(request, object_id)
        if not request.user.has_perm("talent.move_flexibleagreement"):
            return only_why(buttons)
        names = {BUTTONS[FlexibleState(state)] for state in FLEXIBLE_TRANSITIONS.targets(agreement.state)} | {
            "add_paper",
            "why_reminded",
        }
        ours = {f"talent_flexibleagreement_{name}" for name in names}
        return [button for button in buttons if button.action_name in ours]

    @action(description=gettext_lazy("Sign"), url_path="sign", icon="signature", variant=ActionVariant.PRIMARY)
    def sign(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Enter the signing."""
        return self._move(request, object_id, FlexibleState.SIGNED, _("Enter the signing"))

    @action(description=gettext_lazy("End"), url_path="end", icon="event_busy")
    def end(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Close an agreement whose last day has passed."""
        return self._move(request, object_id, FlexibleState.ENDED, _("End the agreement"))

    @action(description=gettext_lazy("Terminate"), url_path="terminate", icon="block")
    def terminate(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """End it before its time."""
        return self._move(request, object_id, FlexibleState.TERMINATED, _("Terminate the agreement"), danger=True)

    @action(description=gettext_lazy("Add a paper"), url_path="paper", icon="upload_file")
    def add_paper(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Keep a signed paper."""
        agreement = self.visible_or_404(request, unquote(object_id))
        deed = Deed(
            title=_("Add a paper"),
            button=_("Keep the paper"),
            form=PaperForm,
            perform=partial(add_flexible_paper, agreement=agreement, actor=request.user),
            done=_("The paper is on file."),
        )
        return self.deed_view(request, agreement, deed, permission="talent.move_flexibleagreement")

    def paper_view(self, request: HttpRequest, pk: int, identifier: Any) -> HttpResponseBase:
        """Hand out a paper to whoever sees the agreement."""
        agreement = self.visible_or_404(request, str(pk))
        paper = agreement.papers.filter(identifier=identifier).first()
        if paper is None:
            raise Http404
        name = f"{paper.title}.{paper.ending}"
        return FileResponse(paper.file.open(), as_attachment=True, filename=name, content_type=paper.media_type)

    @display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, agreement: FlexibleAgreement) -> SafeString:
        """The state as colour, icon and word."""
        return badge(agreement.badge, agreement.get_state_display())

    @display(description=gettext_lazy("expiry"), ordering="valid_until")
    def shown_until(self, agreement: FlexibleAgreement) -> Any:
        """How long a running agreement still holds."""
        return expiry(agreement.valid_until) if agreement.state == FlexibleState.SIGNED else agreement.valid_until

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add papers and way."""
        agreement = kwargs.get("obj")
        if agreement is not None:
            context |= {
                "record_state": self.shown_state(agreement),
                "papers": agreement.papers.all(),
                "moves": [
                    (move, FlexibleState(move.to_state).label)
                    for move in agreement.state_changes.select_related("actor")
                ],
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def _move(
        self, request: HttpRequest, object_id: str, to_state: FlexibleState, title: str, *, danger: bool = False
    ) -> HttpResponse:
        agreement = self.visible_or_404(request, unquote(object_id))
        deed = Deed(
            title=title,
            button=title,
            form=MoveForm,
            perform=partial(move_flexible, agreement=agreement, to_state=to_state, actor=request.user),
            done=_("The agreement is now: %(state)s.") % {"state": to_state.label},
            danger=danger,
        )
        return self.deed_view(request, agreement, deed, permission="talent.move_flexibleagreement")
