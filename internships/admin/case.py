"""The queues of requests: for support on a stay, and at the one window."""

from functools import partial
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from internships.admin.care_forms import AnswerForm, HandOnForm, WhyForm
from internships.admin.case_filters import WAITING, CaseStateFilter, ClockFilter, OwnerFilter
from internships.admin.handing_over import Many, hand_over_view, lead_to_page
from internships.enums import CaseState
from internships.models import ServiceRequest, SupportRequest
from internships.permissions import MOVE_SERVICE, MOVE_SUPPORT
from internships.selectors.cases import possible_holders
from internships.selectors.holders import holders_of
from internships.services.case_hand_over import hand_on_requests
from internships.services.cases import answer, take_up
from internships.services.reveal import reveal_mobile
from wenxi_portal.core.admin.labels import badge, days_words, label
from wenxi_portal.core.admin.links import change_url
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed, NothingAsked
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.masking import mask_mobile
from wenxi_portal.reminders.admin.why import TellsWhyReminded


class CaseAdmin(TellsWhyReminded, AsksBeforeDeed, PortalModelAdmin):
    """Requests of one sort: taken up, handed on, answered; never edited."""

    move: ClassVar[str]
    list_display = ("shown_kind", "shown_asker", "shown_state", "shown_due", "shown_owner", "unit", "created_at")
    list_filter = (CaseStateFilter, OwnerFilter, ClockFilter)
    actions = ("hand_on_selected",)
    actions_detail: tuple[str, ...] = ("take", "answer_it", "hand_on", "why_reminded")
    change_form_outer_after_template = "admin/internships/case_parts.html"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Requests come from those who ask."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What somebody asked stays as it was written."""
        return False

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """What can be done in the present state."""
        case = self.visible_or_404(request, unquote(str(object_id)))
        names = {"why_reminded", *self.further_deeds(case)}
        if request.user.has_perm(self.move) and case.state in WAITING:
            names |= {"answer_it", "hand_on"} | ({"take"} if case.owner_id != request.user.pk else set())
        ours = {f"internships_{self.opts.model_name}_{name}" for name in names}
        return [button for button in super().get_actions_detail(request, object_id) if button.action_name in ours]

    def get_urls(self) -> list[Any]:
        """Add the page for many."""
        page = self.admin_site.admin_view(self.hand_on_many)
        return [path("hand-on/", page, name=f"internships_{self.opts.model_name}_hand_on_many"), *super().get_urls()]

    def has_hand_on_permission(self, request: HttpRequest) -> bool:
        """Whether the person may put requests into other hands."""
        return request.user.has_perm(self.move)

    @action(description=gettext_lazy("Hand on"), permissions=["hand_on"])
    def hand_on_selected(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        """Ask into whose hands the chosen requests go."""
        return lead_to_page(request, queryset, f"admin:internships_{self.opts.model_name}_hand_on_many")

    def hand_on_many(self, request: HttpRequest) -> HttpResponse:
        """Put the chosen requests that wait into somebody else's hands."""
        many = Many(
            rows=self.get_queryset(request).filter(state__in=WAITING),
            holders=lambda cases: holders_of(case.unit_id for case in cases),
            perform=partial(hand_on_requests, model=self.model),
            permission=self.move,
            list_name=f"admin:internships_{self.opts.model_name}_changelist",
        )
        return hand_over_view(self, request, many)

    def further_deeds(self, case: Any) -> set[str]:
        """Return the buttons that only one sort of request has."""
        return set()

    @action(description=gettext_lazy("Take it up"), url_path="take", icon="front_hand", variant=ActionVariant.PRIMARY)
    def take(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Take it into one's own hands."""
        case = self.visible_or_404(request, unquote(object_id))
        explanation = _("It is in the hands of %(name)s now.") % {"name": case.owner} if case.owner else ""
        deed = Deed(
            title=_("Take the request up"),
            button=_("Take it up"),
            form=NothingAsked,
            perform=partial(take_up, request=case, actor=request.user),
            done=_("The request is in your hands."),
            explanation=explanation,
            barred=self._barred(case),
        )
        return self.deed_view(request, case, deed, permission=self.move)

    @action(description=gettext_lazy("Hand on"), url_path="hand-on", icon="swap_horiz")
    def hand_on(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Put it into somebody else's hands."""
        case = self.visible_or_404(request, unquote(object_id))
        deed = Deed(
            title=_("Hand the request on"),
            button=_("Hand on"),
            form=HandOnForm,
            perform=partial(take_up, request=case, actor=request.user),
            done=_("The request has changed hands."),
            barred=self._barred(case),
        )
        holders = possible_holders(case)
        return self.deed_view(
            request, case, deed, permission=self.move, holders=holders, initial={"owner": case.owner_id}
        )

    @action(description=gettext_lazy("Answer"), url_path="answer", icon="reply", variant=ActionVariant.PRIMARY)
    def answer_it(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Answer; the asker is told."""
        case = self.visible_or_404(request, unquote(object_id))
        deed = Deed(
            title=_("Answer the request"),
            button=_("Send the answer"),
            form=AnswerForm,
            perform=partial(answer, request=case, actor=request.user),
            done=_("The answer is sent."),
            explanation=case.text,
            barred=self._barred(case),
        )
        return self.deed_view(request, case, deed, permission=self.move)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add papers, answer and way."""
        case = kwargs.get("obj")
        if case is not None:
            moves = case.state_changes.select_related("actor")
            context |= {
                "moves": [(move, CaseState(move.to_state).label) for move in moves],
                "papers": case.papers.order_by("pk") if isinstance(case, ServiceRequest) else None,
            }
        return super().render_change_form(request, context, *args, **kwargs)

    @display(description=gettext_lazy("kind"), ordering="kind")
    def shown_kind(self, case: Any) -> SafeString | str:
        """The kind, and whether it is urgent."""
        words = case.get_kind_display()
        if not getattr(case, "is_urgent", False):
            return str(words)
        return format_html("{} {}", words, label("danger", "priority_high", _("urgent")))

    @display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, case: Any) -> SafeString:
        """The state as colour, icon and word."""
        return badge(case.badge, case.get_state_display())

    @display(description=gettext_lazy("answer due"), ordering="due_on")
    def shown_due(self, case: Any) -> SafeString | str:
        """The day and how far it is, overdue in words."""
        if case.state not in WAITING:
            return date_format(case.due_on, "DATE_FORMAT")
        words = f"{date_format(case.due_on, 'SHORT_DATE_FORMAT')} · {days_words(case.due_on)}"
        is_late = case.due_on < timezone.localdate()
        return label("danger", "alarm", words) if is_late else label("info", "schedule", words)

    @display(description=gettext_lazy("in the hands of"), ordering="owner__name")
    def shown_owner(self, case: Any) -> SafeString | str:
        """Who has it; a closed account stands out."""
        if case.owner is None:
            return label("warning", "person_off", _("nobody yet")) if case.state in WAITING else "—"
        if not case.owner.is_active:
            return label("danger", "person_off", _("%(name)s (account closed)") % {"name": case.owner})
        return str(case.owner)

    def _barred(self, case: Any) -> str:
        return "" if case.state in WAITING else _("This request is answered or over. Reload its page.")


@admin.register(SupportRequest)
class SupportRequestAdmin(CaseAdmin):
    """Requests of students on a stay."""

    move = MOVE_SUPPORT
    search_fields = ("placement__student__name", "placement__host__name")
    list_select_related = ("placement__student", "placement__host", "owner", "unit")
    ordering = ("-is_urgent", "due_on", "pk")
    fields = (
        ("shown_kind", "shown_state"), ("shown_asker", "shown_host"), "text",
        ("unit", "shown_owner"), "shown_due", "answer", ("satisfaction", "satisfaction_note"),
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[SupportRequest]:
        """With student and host."""
        return super().get_queryset(request).select_related(*self.list_select_related)

    @display(description=gettext_lazy("student"), ordering="placement__student__name")
    def shown_asker(self, case: SupportRequest) -> str:
        """Who asks."""
        return str(case.placement.student)

    @display(description=gettext_lazy("host"))
    def shown_host(self, case: SupportRequest) -> str:
        """Where the student is."""
        return str(case.placement.host)


@admin.register(ServiceRequest)
class ServiceRequestAdmin(CaseAdmin):
    """Requests at the one window."""

    move = MOVE_SERVICE
    search_fields = ("name",)
    list_select_related = ("user", "owner", "unit")
    ordering = ("due_on", "pk")
    actions_detail = (*CaseAdmin.actions_detail, "reveal")
    fields = (
        ("shown_kind", "shown_state"), ("shown_asker", "shown_mobile"), "text",
        ("unit", "shown_owner"), "shown_due", "answer", ("satisfaction", "satisfaction_note"),
    )  # fmt: skip

    def get_urls(self) -> list[Any]:
        """Add the papers."""
        page = self.admin_site.admin_view(self.paper_view)
        name = "internships_servicerequest_paper"
        return [path("<int:pk>/papers/<uuid:identifier>/", page, name=name), *super().get_urls()]

    def further_deeds(self, case: ServiceRequest) -> set[str]:
        """A number that was given can be looked at."""
        return {"reveal"} if case.mobile else set()

    @action(description=gettext_lazy("Show the mobile number"), url_path="reveal", icon="visibility")
    def reveal(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show the number once, for a reason that stays on record."""
        case = self.visible_or_404(request, unquote(object_id))
        if not request.user.has_perm("internships.reveal_student"):
            raise PermissionDenied
        form, shown = WhyForm(request.POST or None), None
        if request.method == "POST" and form.is_valid():
            try:
                number = reveal_mobile(request=case, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
            except DomainError as refusal:
                add_refusal(form, refusal)
            else:
                shown = [(_("mobile"), number)]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Show the mobile number"), "record": case, "record_url": change_url(case),
            "form": form, "shown": shown, "opts": self.opts,
        }  # fmt: skip
        response = TemplateResponse(request, "admin/internships/reveal.html", context)
        response.headers["Cache-Control"] = "no-store"
        return response

    def paper_view(self, request: HttpRequest, pk: int, identifier: Any) -> HttpResponseBase:
        """Hand out a paper to whoever sees the request."""
        case = self.visible_or_404(request, str(pk))
        paper = case.papers.filter(identifier=identifier).first()
        if paper is None:
            raise Http404
        name = f"{paper.title}.{paper.ending}"
        return FileResponse(paper.file.open(), as_attachment=True, filename=name, content_type=paper.media_type)

    @display(description=gettext_lazy("who asks"), ordering="name")
    def shown_asker(self, case: ServiceRequest) -> str:
        """Who asks."""
        return case.name

    @display(description=gettext_lazy("mobile"), empty_value="—")
    def shown_mobile(self, case: ServiceRequest) -> str | None:
        """The number, masked."""
        return mask_mobile(case.mobile) if case.mobile else None
