"""Milestones in the admin: what can be reached by now first, confirmed from a proof."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from internships.admin.parts import ShowsPages
from internships.subsidies.admin.claim_forms import MilestoneForm, MissedForm
from internships.subsidies.models import Milestone
from internships.subsidies.services.bonus import confirm_and_prepare
from internships.subsidies.services.milestone import miss_milestone
from wenxi_portal.core.admin.filters import ChoiceFilter
from wenxi_portal.core.admin.labels import label
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed
from wenxi_portal.reminders.admin.why import TellsWhyReminded

PERMISSION = "subsidies.change_milestone"


class MilestoneFilter(ChoiceFilter):
    """By how it stands."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Due, to come, reached, missed."""
        return [("due", _("can be reached by now")), ("later", _("to come")), ("reached", _("reached")),
                ("missed", _("not reached"))]  # fmt: skip

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Milestones that stand so."""
        today = timezone.localdate()
        waiting = queryset.filter(reached_on__isnull=True, missed_reason="")
        narrowed = {
            "due": waiting.filter(due_on__lte=today),
            "later": waiting.filter(due_on__gt=today),
            "reached": queryset.filter(reached_on__isnull=False),
            "missed": queryset.exclude(missed_reason=""),
        }
        return narrowed[value]


@admin.register(Milestone)
class MilestoneAdmin(TellsWhyReminded, ShowsPages, AsksBeforeDeed, PortalModelAdmin):
    """Milestones of whoever was hired after a stay."""

    list_display = ("shown_student", "shown_employer", "shown_kind", "due_on", "shown_state")
    list_filter = (MilestoneFilter,)
    list_select_related = ("placement__student", "placement__employer")
    search_fields = ("placement__student__name", "placement__employer__name")
    ordering = ("due_on", "pk")
    fields = (
        ("shown_student", "shown_employer"),
        ("shown_kind", "due_on"),
        ("shown_state", "reached_on"),
        ("proof", "shown_confirmer"),
        "missed_reason",
    )
    readonly_fields = ("shown_student", "shown_employer", "shown_kind", "due_on", "shown_state", "reached_on",
                       "proof", "shown_confirmer", "missed_reason")  # fmt: skip
    actions_detail = ("confirm", "miss", "why_reminded")  # type: ignore[assignment]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The portal opens them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Confirmed by a button, never typed over."""
        return False

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """What can be done now."""
        milestone = self.record(request, object_id)
        is_open = milestone.reached_on is None and request.user.has_perm(PERMISSION)
        return self.only_buttons(request, object_id, {"why_reminded", *({"confirm", "miss"} if is_open else ())})

    @action(description=gettext_lazy("Confirm from a proof"), url_path="confirm", icon="task_alt",
            variant=ActionVariant.PRIMARY)  # fmt: skip
    def confirm(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Confirm that it was reached; the claim of the bonus is prepared in the same moment."""
        milestone = self.visible_or_404(request, unquote(object_id))
        deed = Deed(
            title=_("Confirm the milestone"),
            button=_("Confirm from a proof"),
            form=MilestoneForm,
            perform=partial(confirm_and_prepare, milestone=milestone, actor=request.user),  # type: ignore[arg-type]
            done=_("The milestone is confirmed. Where a bonus is due, its claim waits for the student."),
            barred=self._barred(milestone),
        )
        return self.deed_view(request, milestone, deed, permission=PERMISSION, milestone=milestone)

    @action(description=gettext_lazy("Not reached"), url_path="miss", icon="block")
    def miss(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Write down why it was not reached."""
        milestone = self.visible_or_404(request, unquote(object_id))
        deed = Deed(
            title=_("The milestone was not reached"),
            button=_("Not reached"),
            form=MissedForm,
            perform=partial(miss_milestone, milestone=milestone, actor=request.user),  # type: ignore[arg-type]
            done=_("It is noted."),
            danger=True,
            barred=self._barred(milestone),
        )
        return self.deed_view(request, milestone, deed, permission=PERMISSION)

    @display(description=gettext_lazy("student"), ordering="placement__student__name")
    def shown_student(self, milestone: Milestone) -> str:
        """Who."""
        return str(milestone.placement.student)

    @display(description=gettext_lazy("employer"), ordering="placement__employer__name")
    def shown_employer(self, milestone: Milestone) -> str:
        """Where."""
        return str(milestone.placement.employer or "—")

    @display(description=gettext_lazy("kind"), ordering="kind")
    def shown_kind(self, milestone: Milestone) -> str:
        """The contract, or so many months of social insurance."""
        if not milestone.months:
            return str(milestone.get_kind_display())
        return _("%(months)s months of social insurance") % {"months": milestone.months}

    @display(description=gettext_lazy("confirmed by"), empty_value="—")
    def shown_confirmer(self, milestone: Milestone) -> str | None:
        """Who has seen the proof."""
        return str(milestone.confirmed_by) if milestone.confirmed_by else None

    @display(description=gettext_lazy("state"))
    def shown_state(self, milestone: Milestone) -> SafeString:
        """How it stands, in colour and words."""
        if milestone.reached_on:
            return label("success", "task_alt", _("reached"))
        if milestone.missed_reason:
            return label("muted", "block", _("not reached"))
        if milestone.due_on <= timezone.localdate():
            return label("warning", "schedule", _("can be reached by now"))
        return label("info", "schedule", _("to come"))

    def _barred(self, milestone: Milestone) -> str:
        return "" if milestone.reached_on is None else _("This milestone is confirmed already.")
