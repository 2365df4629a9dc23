"""Objections to notices in the admin: read, answered; who objects is shown on a reason alone."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from internships.subsidies.admin.notice_forms import AnswerObjectionForm, ReasonForm
from internships.subsidies.enums import NoticeObjectionState
from internships.subsidies.models import NoticeObjection
from internships.subsidies.services.objection import answer_objection, reveal_objector
from wenxi_portal.core.admin.filters import ChoiceFilter
from wenxi_portal.core.admin.labels import days_words, label
from wenxi_portal.core.admin.links import change_url
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError
from wenxi_portal.reminders.admin.why import TellsWhyReminded

CHANGE = "subsidies.change_noticeobjection"
_TONES = {
    NoticeObjectionState.WAITING: ("warning", "pending"),
    NoticeObjectionState.UPHELD: ("danger", "gavel"),
    NoticeObjectionState.REJECTED: ("success", "check_circle"),
}


class ObjectionStateFilter(ChoiceFilter):
    """States."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Every state."""
        return list(NoticeObjectionState.choices)

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """One state."""
        return queryset.filter(state=value)


@admin.register(NoticeObjection)
class NoticeObjectionAdmin(TellsWhyReminded, AsksBeforeDeed, PortalModelAdmin):  # type: ignore[misc]
    """Objections, the soonest due first."""

    list_display = ("reference", "shown_notice", "shown_line", "shown_state", "raised_at", "shown_due")
    list_filter = (ObjectionStateFilter,)
    list_select_related = ("line__notice", "line__claim")
    search_fields = ("reference", "line__name", "line__notice__number")
    ordering = ("due_on", "pk")
    fields = (
        ("reference", "shown_state"), ("shown_notice", "shown_line"), "text", "shown_who", ("raised_at", "shown_due"),
        "answer", ("answered_by", "answered_at"),
    )  # fmt: skip
    readonly_fields = (
        "reference", "shown_state", "shown_notice", "shown_line", "text", "shown_who", "raised_at", "shown_due",
        "answer", "answered_by", "answered_at",
    )  # fmt: skip
    actions_detail = ("answer_it", "reveal", "why_reminded")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Objections come from the public."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What somebody wrote stays as it is."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[NoticeObjection]:
        """With line and notice."""
        return super().get_queryset(request).select_related(*self.list_select_related)

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Answering while it waits; revealing where somebody left something."""
        objection = self.visible_or_404(request, unquote(str(object_id)))
        names = {"why_reminded"}
        if request.user.has_perm(CHANGE):
            names |= {"answer_it"} if objection.state == NoticeObjectionState.WAITING else set()
            names |= {"reveal"} if objection.name or objection.contact else set()
        ours = {f"subsidies_noticeobjection_{name}" for name in names}
        return [one for one in super().get_actions_detail(request, object_id) if one.action_name in ours]

    @action(description=gettext_lazy("Answer"), url_path="answer", icon="reply", variant=ActionVariant.PRIMARY)
    def answer_it(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Answer; the line goes on or back."""
        objection = self.visible_or_404(request, unquote(object_id))
        waits = objection.state == NoticeObjectionState.WAITING
        deed = Deed(
            title=_("Answer the objection"),
            button=_("Send the answer"),
            form=AnswerObjectionForm,
            perform=partial(answer_objection, objection=objection, actor=request.user),  # type: ignore[arg-type]
            done=_("The answer is on file; whoever has the reference can read it."),
            explanation=objection.text,
            barred="" if waits else _("This objection has been answered already. Reload the page."),
        )
        return self.deed_view(request, objection, deed, permission=CHANGE)

    @action(description=gettext_lazy("Show who objects"), url_path="reveal", icon="visibility")
    def reveal(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Show name and contact once, for a reason that stays on record."""
        objection = self.visible_or_404(request, unquote(object_id))
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        form, shown = ReasonForm(request.POST or None), None
        if request.method == "POST" and form.is_valid():
            try:
                found = reveal_objector(objection=objection, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
            except DomainError as refusal:
                add_refusal(form, refusal)
            else:
                shown = [(_("name"), found["name"] or "—"), (_("telephone or e-mail"), found["contact"] or "—")]
        request.current_app = self.admin_site.name
        context = {
            **self.admin_site.each_context(request), "title": _("Show who objects"), "record": objection,
            "record_url": change_url(objection), "form": form, "shown": shown, "opts": self.opts,
        }  # fmt: skip
        response = TemplateResponse(request, "admin/internships/reveal.html", context)
        response.headers["Cache-Control"] = "no-store"
        return response

    @display(description=gettext_lazy("notice"))
    def shown_notice(self, objection: NoticeObjection) -> str:
        """Which notice."""
        return f"{objection.line.notice.number} {objection.line.notice}"

    @display(description=gettext_lazy("line"))
    def shown_line(self, objection: NoticeObjection) -> str:
        """Which line, and its claim."""
        return f"{objection.line} · {objection.line.claim.number}"

    @display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, objection: NoticeObjection) -> SafeString:
        """The state as colour, icon and word."""
        tone, symbol = _TONES[NoticeObjectionState(objection.state)]
        return label(tone, symbol, str(objection.get_state_display()))

    @display(description=gettext_lazy("answer due"), ordering="due_on")
    def shown_due(self, objection: NoticeObjection) -> SafeString | str:
        """The day and how far it is, overdue in words."""
        day = date_format(objection.due_on, "DATE_FORMAT")
        if objection.state != NoticeObjectionState.WAITING:
            return day
        tone = "danger" if objection.due_on < timezone.localdate() else "info"
        return label(tone, "alarm", f"{day} · {days_words(objection.due_on)}")

    @display(description=gettext_lazy("who objects"))
    def shown_who(self, objection: NoticeObjection) -> str:
        """Whether somebody left name or contact; never what."""
        return _("left name or contact, sealed") if objection.name or objection.contact else _("nobody said")
