"""Public notices in the admin: put together from reviewed claims, published behind the guard, taken down."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from internships.services.paper_templates import DOCX
from internships.subsidies.admin.notice_forms import DraftForm, ReasonForm
from internships.subsidies.enums import NoticeState
from internships.subsidies.models import Claim, NoticeLine, NoticeObjection, PublicNotice
from internships.subsidies.selectors.notices import calendar_words, claims_for_a_draft
from internships.subsidies.services.notice import (
    cancel_notice,
    draft_notice,
    guarded_file,
    publish_notice,
    refresh_draft,
)
from wenxi_portal.audit.enums import Verb
from wenxi_portal.core.admin.filters import ChoiceFilter
from wenxi_portal.core.admin.labels import badge, days_words
from wenxi_portal.core.admin.links import change_url
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed, NothingAsked
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.money import money
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW
from wenxi_portal.reminders.admin.why import TellsWhyReminded

PUBLISH, ADD = "subsidies.publish_publicnotice", "subsidies.add_publicnotice"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_CHOSEN = 2000


class NoticeStateFilter(ChoiceFilter):
    """States."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Every state."""
        return list(NoticeState.choices)

    def apply(self, queryset: QuerySet[Any], value: str) -> QuerySet[Any]:
        """One state."""
        return queryset.filter(state=value)


@admin.register(PublicNotice)
class PublicNoticeAdmin(TellsWhyReminded, AsksBeforeDeed, PortalModelAdmin):  # type: ignore[misc]
    """Notices of all times. What a line shows is fixed when it is written."""

    list_display = ("shown_number", "title", "shown_state", "starts_on", "shown_end", "shown_lines", "shown_total")
    list_filter = (NoticeStateFilter,)
    search_fields = ("number", "title")
    fields = (
        ("shown_number", "shown_state"), "title", "shown_introduction", "contact",
        ("working_days", "starts_on", "shown_end"), "shown_calendar", ("shown_drafter", "shown_publisher"),
    )  # fmt: skip
    readonly_fields = (
        "shown_number", "shown_state", "title", "shown_introduction", "contact", "working_days", "starts_on",
        "shown_end", "shown_calendar", "shown_drafter", "shown_publisher",
    )  # fmt: skip
    actions_list = ("new_draft",)
    actions_detail = ("publish", "refresh", "sheet", "paper", "cancel", "why_reminded")
    change_form_outer_after_template = "admin/subsidies/notice_lines.html"

    def get_urls(self) -> list[URLPattern]:
        """Add the page of a new draft."""
        page = self.admin_site.admin_view(self.draft_view)
        return [path("draft/", page, name="subsidies_publicnotice_draft"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[PublicNotice]:
        """With count and sum of the lines. What is being put together is the department's alone."""
        rows = super().get_queryset(request)
        if not request.user.has_perm(SEE_EVERY_ROW):
            rows = rows.exclude(state=NoticeState.DRAFT)
        return rows.annotate(line_count=Count("lines"), line_total=Sum("lines__amount"))

    def view_on_site(self, obj: PublicNotice) -> str | None:  # type: ignore[override]
        """The public page, while it is up."""
        return obj.get_absolute_url() if PublicNotice.objects.public_on(timezone.localdate()).contains(obj) else None

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A notice begins with its claims: see ``new_draft``."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is typed over: see the buttons."""
        return False

    def has_draft_permission(self, request: HttpRequest, *args: Any) -> bool:
        """The department."""
        return request.user.has_perm(ADD)

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """What the state allows."""
        notice = self.visible_or_404(request, unquote(str(object_id)))
        names = {"why_reminded", "sheet", "paper"}
        may = request.user.has_perm(PUBLISH)
        if notice.state == NoticeState.DRAFT and may:
            names |= {"publish", "refresh", "cancel"}
        if notice.state == NoticeState.PUBLISHED:
            names |= {"cancel"} if may else set()
        ours = {f"subsidies_publicnotice_{name}" for name in names}
        return [one for one in super().get_actions_detail(request, object_id) if one.action_name in ours]

    @action(
        description=gettext_lazy("Put a notice together"), url_path="to-draft", icon="post_add",
        permissions=["draft"], variant=ActionVariant.PRIMARY,
    )  # fmt: skip
    def new_draft(self, request: HttpRequest) -> HttpResponse:
        """Lead to the page of a new draft."""
        return HttpResponseRedirect(reverse("admin:subsidies_publicnotice_draft"))

    def draft_view(self, request: HttpRequest) -> HttpResponse:
        """Choose claims and write title and text."""
        if not request.user.has_perm(ADD):
            raise PermissionDenied
        claims = claims_for_a_draft()[:MOST_CHOSEN]
        form = DraftForm(request.POST or None)
        ticked = {int(key) for key in request.POST.getlist("claims") if key.isdecimal()}
        if request.method == "POST" and form.is_valid():
            chosen = Claim.objects.filter(pk__in=ticked)
            try:
                notice = draft_notice(claims=chosen, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
            except (DomainError, ValidationError) as refusal:
                add_refusal(form, refusal)
            else:
                return HttpResponseRedirect(change_url(notice))
        request.current_app = self.admin_site.name
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "title": _("Put a notice together"),
            "form": form, "claims": claims, "ticked": ticked, "is_new": request.method != "POST",
        }  # fmt: skip
        return TemplateResponse(request, "admin/subsidies/notice_draft.html", context)

    @action(description=gettext_lazy("Publish"), url_path="publish", icon="campaign", variant=ActionVariant.PRIMARY)
    def publish(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Publish after one more look."""
        notice = self.visible_or_404(request, unquote(object_id))
        deed = Deed(
            title=_("Publish the notice"),
            button=_("Publish"),
            form=NothingAsked,
            perform=partial(publish_notice, notice=notice, actor=request.user),  # type: ignore[arg-type]
            done=_("The notice is up. It comes down by itself."),
            explanation=_(
                "Everybody can read it at once. The guard looks through every line, the sheet and the paper."
            ),
        )
        return self.deed_view(request, notice, deed, permission=PUBLISH)

    @action(description=gettext_lazy("Write the lines anew"), url_path="refresh", icon="refresh")
    def refresh(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Write the lines of a draft anew."""
        notice = self.visible_or_404(request, unquote(object_id))
        deed = Deed(
            title=_("Write the lines anew"),
            button=_("Write the lines anew"),
            form=NothingAsked,
            perform=partial(refresh_draft, notice=notice, actor=request.user),  # type: ignore[arg-type]
            done=_("The lines stand as the claims are now."),
            explanation=_("Claims that may not be published any more are left out."),
        )
        return self.deed_view(request, notice, deed, permission=PUBLISH)

    @action(description=gettext_lazy("Cancel the notice"), url_path="cancel", icon="cancel")
    def cancel(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Take it down before its time."""
        notice = self.visible_or_404(request, unquote(object_id))
        deed = Deed(
            title=_("Cancel the notice"),
            button=_("Cancel the notice"),
            form=ReasonForm,
            perform=partial(cancel_notice, notice=notice, actor=request.user),  # type: ignore[arg-type]
            done=_("The notice is down. Its claims wait for another one."),
            danger=True,
        )
        return self.deed_view(request, notice, deed, permission=PUBLISH)

    @action(description=gettext_lazy("Download as Excel"), url_path="sheet", icon="download")
    def sheet(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Hand out the sheet."""
        return self._file(request, object_id, "xlsx", XLSX)

    @action(description=gettext_lazy("Notice for the board"), url_path="paper", icon="description")
    def paper(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Hand out the Word paper for the board in the hall."""
        return self._file(request, object_id, "docx", DOCX)

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add the lines and what happened."""
        notice = kwargs.get("obj")
        if notice is not None:
            seen = self._seen(request, notice)
            context |= {
                "seen_claims": seen["claims"],
                "seen_objections": seen["objections"],
                "lines": notice.lines.select_related("claim").prefetch_related("objections")[:MOST_CHOSEN],
                "moves": [
                    (move, NoticeState(move.to_state).label) for move in notice.state_changes.select_related("actor")
                ],
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def _seen(self, request: HttpRequest, notice: PublicNotice) -> dict[str, set[int]]:
        """Return which claims and objections of the lines open for the person: a lead unit has those it leads."""
        user: Any = request.user
        claims = Claim.objects.visible_to(user).filter(notice_lines__notice=notice)
        seen = set(claims.values_list("pk", flat=True)) if user.has_perm("subsidies.view_claim") else set()
        objections = NoticeObjection.objects.filter(line__notice=notice, line__claim__in=seen)
        may = user.has_perm("subsidies.view_noticeobjection")
        return {"claims": seen, "objections": set(objections.values_list("pk", flat=True)) if may else set()}

    @display(description=pgettext_lazy("of a notice", "number"), ordering="number")
    def shown_number(self, notice: PublicNotice) -> str:
        """Its number."""
        return notice.number

    @display(description=pgettext_lazy("of a notice", "text above the list"))
    def shown_introduction(self, notice: PublicNotice) -> str:
        """What stands above the list."""
        return notice.introduction or "—"

    @display(description=gettext_lazy("put together by"))
    def shown_drafter(self, notice: PublicNotice) -> str:
        """Who put it together."""
        return str(notice.drafted_by or "—")

    @display(description=gettext_lazy("published by"))
    def shown_publisher(self, notice: PublicNotice) -> str:
        """Who published it."""
        return str(notice.published_by or "—")

    @display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, notice: PublicNotice) -> SafeString:
        """The state as colour, icon and word."""
        return badge(notice.badge, notice.get_state_display())

    @display(description=gettext_lazy("last day"), ordering="ends_on")
    def shown_end(self, notice: PublicNotice) -> str | None:
        """The last day, and how far it is while the notice is up."""
        if notice.ends_on is None:
            return None
        day = date_format(notice.ends_on, "DATE_FORMAT")
        return f"{day} · {days_words(notice.ends_on)}" if notice.state == NoticeState.PUBLISHED else day

    @display(description=gettext_lazy("working days counted"))
    def shown_calendar(self, notice: PublicNotice) -> str:
        """Whether holidays were known."""
        return calendar_words(notice) or _("Holidays were on file.")

    @display(description=gettext_lazy("lines"))
    def shown_lines(self, notice: Any) -> int:
        """How many lines."""
        return int(notice.line_count)

    @display(description=gettext_lazy("total in yuan"))
    def shown_total(self, notice: Any) -> str:
        """Their sum."""
        return money(notice.line_total or "0")

    def _file(self, request: HttpRequest, object_id: str, ending: str, media_type: str) -> HttpResponse:
        notice = self.visible_or_404(request, unquote(object_id))
        try:
            content = guarded_file(notice, list(NoticeLine.objects.filter(notice=notice).order_by("order")), ending)
        except DomainError as refusal:
            self.message_user(request, refusal.message, level="ERROR")
            return HttpResponseRedirect(change_url(notice))
        self.admin_site.record_deed(request, Verb.EXPORTED, notice, ending=ending)  # type: ignore[attr-defined]
        headers = {"Content-Disposition": f'attachment; filename="{notice.number}.{ending}"'}
        return HttpResponse(content, content_type=media_type, headers=headers)
