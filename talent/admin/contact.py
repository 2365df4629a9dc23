"""Contacts, the follow-up board, my week and the hand-over."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.dateparse import parse_date
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display

from talent.admin.anywhere import LogsFromAnywhere
from talent.admin.filters import StepFilter
from talent.admin.forms import HandOverForm, RescheduleForm, SettleForm
from talent.enums import StepState
from talent.models import CalendarFeed, Contact, FlexibleAgreement, HandOver, Person
from talent.selectors.board import LATER, MOST_COUNTED, MOST_SHOWN, OVERDUE, TODAY, board_for, left_behind
from talent.selectors.follow_up import own_steps, week_of
from talent.selectors.people import MOST_SORTED
from talent.services.calendar import renew_feed, revoke_feed
from talent.services.contact import hand_over, reschedule_step, settle_step
from wenxi_portal.core.admin.changelist import CappedPaginator
from wenxi_portal.core.admin.exports import ExportsWhatItShows
from wenxi_portal.core.admin.labels import days_words
from wenxi_portal.core.admin.links import change_link
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.facet_values import row_id
from wenxi_portal.reminders.admin.why import TellsWhyReminded, only_why

COLUMNS = {
    OVERDUE: gettext_lazy("Overdue"),
    TODAY: gettext_lazy("Today"),
    LATER: gettext_lazy("Later this week"),
}


@admin.register(Contact)
class ContactAdmin(TellsWhyReminded, LogsFromAnywhere, AsksBeforeDeed, ExportsWhatItShows, PortalModelAdmin):
    """Contacts are logged on the person's page; here one looks, settles and moves steps."""

    paginator = CappedPaginator
    most_sorted = MOST_SORTED
    list_display = ("on", "shown_person", "kind", "by", "next_step", "shown_due", "next_owner", "step_state")
    list_display_links = ("on",)
    list_filter = (StepFilter,)
    list_select_related = ("person", "by", "next_owner")
    search_fields = ("person__name",)
    ordering = ("-on", "-pk")
    actions_list = ("to_board", "to_week", *ExportsWhatItShows.actions_list)
    actions_detail = ("settle", "reschedule", "why_reminded")
    fields = (
        "shown_person",
        ("kind", "on", "by"),
        "summary",
        ("next_step", "next_due", "next_owner"),
        "no_step_reason",
        ("step_state", "closed_at", "closed_by"),
        "close_note",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Contacts begin on the person's page."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was said stays as it was written."""
        return False

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by what the person is found by."""
        if not search_term:
            return queryset, False
        people = Contact.person.field.related_model.objects.matching(search_term)  # type: ignore[attr-defined]
        return queryset.filter(person__in=people), False

    def get_urls(self) -> list[Any]:
        """Add the pages."""
        page = self.admin_site.admin_view
        return [
            path("board/", page(self.board_view), name="talent_contact_board"),
            path("week/", page(self.week_view), name="talent_contact_week"),
            path("hand-over/", page(self.hand_over_view), name="talent_contact_hand_over"),
            path("briefing/<int:pk>/", page(self.briefing_view), name="talent_contact_briefing"),
            *super().get_urls(),
        ]

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Only open steps are settled or moved."""
        contact = self.visible_or_404(request, unquote(str(object_id)))
        buttons = super().get_actions_detail(request, object_id)
        if contact.step_state != StepState.OPEN or not request.user.has_perm("talent.change_contact"):
            return only_why(buttons)
        return buttons

    @action(description=gettext_lazy("Follow-up board"), url_path="to-board", icon="view_kanban")
    def to_board(self, request: HttpRequest) -> HttpResponse:
        """Lead to the board."""
        return HttpResponseRedirect(reverse("admin:talent_contact_board"))

    @action(description=gettext_lazy("My week"), url_path="to-week", icon="calendar_view_week")
    def to_week(self, request: HttpRequest) -> HttpResponse:
        """Lead to the own week."""
        return HttpResponseRedirect(reverse("admin:talent_contact_week"))

    @action(description=gettext_lazy("Settle the step"), url_path="settle", icon="task_alt")
    def settle(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Tick the step off, or say why it is not taken."""
        contact = self.visible_or_404(request, unquote(object_id))

        def do(to_state: str, note: str) -> Contact:
            return settle_step(contact=contact, to_state=StepState(to_state), note=note, actor=request.user)  # type: ignore[arg-type]

        deed = Deed(
            title=_("Settle the step"),
            button=_("Settle"),
            form=SettleForm,
            perform=do,
            done=_("The step is settled. Log the contact if there was one."),
            explanation=contact.next_step,
        )
        return self.deed_view(request, contact, deed, permission="talent.change_contact")

    @action(description=gettext_lazy("Another day or owner"), url_path="reschedule", icon="event_repeat")
    def reschedule(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Give the step another day or owner."""
        contact = self.visible_or_404(request, unquote(object_id))
        deed = Deed(
            title=_("Another day or owner"),
            button=_("Save"),
            form=RescheduleForm,
            perform=partial(reschedule_step, contact=contact, actor=request.user),
            done=_("The step has its new day and owner."),
        )
        initial = {"next_due": contact.next_due, "next_owner": contact.next_owner_id}
        return self.deed_view(request, contact, deed, permission="talent.change_contact", initial=initial)

    def board_view(self, request: HttpRequest) -> HttpResponse:
        """Show open steps by urgency, officer and unit."""
        self._may_view(request)
        officer, unit = (row_id(request.GET.get(name, "")) for name in ("officer", "unit"))
        board = board_for(request.user, officer=int(officer or 0) or None, unit=int(unit or 0) or None)
        context = {
            "title": _("Follow-up board"),
            "board": board,
            "columns": [(COLUMNS[column.key], column) for column in board.columns],
            "most_shown": MOST_SHOWN,
            "most_counted": MOST_COUNTED,
            "officer": officer,
            "unit": unit,
            "orphaned": left_behind(request.user),
        }
        return self._page(request, "admin/talent/board.html", context)

    def week_view(self, request: HttpRequest) -> HttpResponse:
        """Show the own week as list and calendar, and keep the calendar address."""
        self._may_view(request)
        user: Any = request.user
        secret = ""
        if request.method == "POST":
            if request.POST.get("feed") != "renew":
                revoke_feed(user=user)
                messages.success(request, _("The calendar address is void."))
                return HttpResponseRedirect(request.path)
            secret = request.build_absolute_uri(reverse("talent:calendar", args=[renew_feed(user=user)]))
        try:
            day = parse_date(request.GET.get("day", ""))
        except ValueError:
            day = None
        context = {
            "title": _("My week"),
            "week": week_of(own_steps(user), day),
            "secret": secret,
            "has_feed": CalendarFeed.objects.filter(user=user).exists(),
        }
        return self._page(request, "admin/talent/week.html", context)

    def hand_over_view(self, request: HttpRequest) -> HttpResponse:
        """Give everything an officer has open to another one."""
        if not request.user.has_perm("talent.hand_over"):
            raise PermissionDenied
        form = HandOverForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                given = hand_over(actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
            except DomainError as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, _("Everything open has a new owner."))
                return HttpResponseRedirect(reverse("admin:talent_contact_briefing", args=[given.pk]))
        past = HandOver.objects.select_related("from_user", "to_user", "by")[:20]
        return self._page(request, "admin/talent/hand_over.html", {"title": _("Hand over"), "form": form, "past": past})

    def briefing_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what was handed over, to be printed."""
        self._may_view(request)
        given = HandOver.objects.select_related("from_user", "to_user", "by").filter(pk=pk).first()
        may = given and (request.user.has_perm("talent.hand_over") or request.user.pk == given.to_user_id)
        if given is None or not may:
            raise Http404
        steps = Contact.objects.filter(pk__in=given.briefing.get("contacts", [])).order_by("next_due", "pk")
        people = Person.objects.visible_to(request.user).filter(pk__in=given.briefing.get("people", []))
        context = {
            "title": _("Briefing sheet"),
            "given": given,
            "people": people.defer("search_vector"),
            "steps": steps.select_related("person__owner_unit", "next_owner"),
            "agreements": FlexibleAgreement.objects.filter(pk__in=given.briefing.get("agreements", [])).select_related(
                "person", "host"
            ),
        }
        return self._page(request, "admin/talent/briefing.html", context)

    @display(description=gettext_lazy("person"), ordering="person__sort_key")
    def shown_person(self, contact: Contact) -> SafeString:
        """The person, as a link."""
        return change_link(contact.person)

    @display(description=gettext_lazy("due on"), ordering="next_due", empty_value="—")
    def shown_due(self, contact: Contact) -> Any:
        """The day and how far it is."""
        if contact.next_due is None or contact.step_state != StepState.OPEN:
            return contact.next_due
        return format_html("{} · {}", contact.next_due, days_words(contact.next_due))

    def _may_view(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        frame = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, frame | context)
