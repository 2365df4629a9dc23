"""Applications at the officers' desk: queues by stage, deciding in place of a host, one or many."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import action, display
from unfold.enums import ActionVariant

from internships.admin.applying_filters import HolderFilter, StageFilter
from internships.admin.applying_forms import OfficerDecisionForm, WhyForm
from internships.enums import ACTIVE_STATES, APPLICATION_TRANSITIONS, Holder
from internships.models import Application
from internships.selectors.applications import standing, timeline
from internships.services.application import withdraw
from internships.services.deciding import DECISIONS, decide_many
from wenxi_portal.core.admin.labels import badge, days_words
from wenxi_portal.core.admin.links import change_link
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.moves import AsksBeforeDeed, Deed
from wenxi_portal.core.wording import labelled, word_list
from wenxi_portal.reminders.admin.why import TellsWhyReminded

DECIDE = "internships.decide_application"
MOST_AT_ONCE = 200


@admin.register(Application)
class ApplicationAdmin(TellsWhyReminded, AsksBeforeDeed, PortalModelAdmin):
    """What students wrote stays as they wrote it; officers decide where a host does not."""

    # The page of the application is the student's own.
    view_on_site = False
    list_display = ("shown_student", "shown_state", "shown_position", "shown_host", "shown_holder", "shown_due")
    list_filter = (StageFilter, HolderFilter, "position__sector")
    search_fields = ("student__name", "position__title", "position__host__name")
    ordering = ("answer_due_on", "in_state_since")
    list_select_related = ("student", "position__host", "position__lead_unit")
    actions = ("decide_chosen",)  # type: ignore[assignment]
    actions_detail = ("decide", "take_back", "why_reminded")
    change_form_outer_after_template = "admin/internships/application_parts.html"
    fields = (
        ("shown_state", "shown_holder", "shown_due"),
        ("shown_student_link", "shown_school"),
        ("shown_position", "shown_host"),
        "letter",
        ("available_from", "available_until"),
        ("wants_lodging", "wants_transport"),
        "last_opinion",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Students apply themselves."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """By buttons only."""
        return False

    def has_decide_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may decide in place of a host."""
        return request.user.has_perm(DECIDE)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Application]:
        """What the person works with, without drafts of his or her own."""
        return super().get_queryset(request).filter(submitted_at__isnull=False)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by name, position and host."""
        return super(PortalModelAdmin, self).get_search_results(request, queryset, search_term)

    def get_urls(self) -> list[URLPattern]:
        """Add the page that decides on many."""
        page = self.admin_site.admin_view(self.decide_many_page)
        return [path("decide/", page, name="internships_application_decide_many"), *super().get_urls()]

    def get_actions_detail(self, request: HttpRequest, object_id: Any) -> list[Any]:
        """Only what can be done now."""
        application = self.visible_or_404(request, unquote(str(object_id)))
        found = super().get_actions_detail(request, object_id)
        may = self.has_decide_permission(request)
        barred = set()
        if not (may and self._choices(application)):
            barred.add("decide")
        if not (may and application.state in ACTIVE_STATES):
            barred.add("take_back")
        return [each for each in found if not any(each.action_name.endswith(f"_{name}") for name in barred)]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Add the way of the case and the papers."""
        application = kwargs.get("obj")
        if application is not None:
            context |= {"entries": timeline(application), "papers": list(application.papers.all())}
        return super().render_change_form(request, context, *args, **kwargs)

    @action(description=gettext_lazy("Decide"), url_path="decide", icon="gavel", variant=ActionVariant.PRIMARY)
    def decide(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Decide in place of the host."""
        application = self.visible_or_404(request, unquote(object_id))
        choices = self._choices(application)

        def perform(decision: str, **values: Any) -> Application:
            return DECISIONS[decision](application=application, actor=request.user, **values)

        deed = Deed(
            title=_("Decide in place of the host"),
            button=_("Decide"),
            form=OfficerDecisionForm,
            perform=perform,
            done=_("Decided. The student is told."),
            barred="" if choices else _("There is nothing to decide at this stage."),
        )
        return self.deed_view(request, application, deed, permission=DECIDE, choices=choices)

    @action(description=gettext_lazy("Withdraw for the student"), url_path="withdraw", icon="undo")
    def take_back(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Take the application back at the student's wish."""
        application = self.visible_or_404(request, unquote(object_id))
        deed = Deed(
            title=_("Withdraw the application for the student"),
            button=_("Withdraw"),
            form=WhyForm,
            perform=partial(withdraw, application=application, actor=request.user),  # type: ignore[arg-type]
            done=_("The application is withdrawn."),
            danger=True,
            barred="" if application.state in ACTIVE_STATES else _("This application is closed already."),
        )
        return self.deed_view(request, application, deed, permission=DECIDE)

    @admin.action(description=gettext_lazy("Decide on the chosen ones"), permissions=["decide"])
    def decide_chosen(self, request: HttpRequest, queryset: QuerySet[Application]) -> HttpResponse:
        """Lead to the page that asks what is decided."""
        keys = ",".join(str(pk) for pk in queryset.values_list("pk", flat=True)[:MOST_AT_ONCE])
        return HttpResponseRedirect(f"{reverse('admin:internships_application_decide_many')}?chosen={keys}")

    def decide_many_page(self, request: HttpRequest) -> HttpResponse:
        """Decide the same on many; each that cannot move stays and says why."""
        if not self.has_decide_permission(request):
            raise PermissionDenied
        keys = [int(key) for key in request.GET.get("chosen", "").split(",") if key.isdecimal() and len(key) < 12]
        rows = list(self.get_queryset(request).filter(pk__in=keys[:MOST_AT_ONCE]))
        form = OfficerDecisionForm(request.POST if request.method == "POST" else None, choices=list(DECISIONS))
        if request.method == "POST" and form.is_valid():
            values = dict(form.cleaned_data)
            user: Any = request.user
            outcome = decide_many(applications=rows, to_state=values.pop("decision"), actor=user, **values)
            if outcome.done:
                messages.success(request, _("Decided on %(number)d. The students are told.") % {
                    "number": len(outcome.done)})  # fmt: skip
            for application, why in outcome.refused:
                messages.warning(request, labelled(application, why))
            return HttpResponseRedirect(reverse("admin:internships_application_changelist"))
        deed = Deed(_("Decide in place of the hosts"), _("Decide"), OfficerDecisionForm, decide_many, "")
        context = {
            **self.admin_site.each_context(request),
            "title": deed.title,
            "deed": deed,
            "opts": self.opts,
            "record": word_list(rows) or _("Nothing is chosen."),
            "record_url": reverse("admin:internships_application_changelist"),
            "form": form,
            "media": self.media + form.media,
        }
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        return TemplateResponse(request, "admin/portal/deed.html", context)

    @display(description=gettext_lazy("student"), ordering="student__name")
    def shown_student(self, application: Application) -> str:
        """The student's name."""
        return application.student.name

    @display(description=gettext_lazy("student"))
    def shown_student_link(self, application: Application) -> SafeString:
        """The student, as a link."""
        return change_link(application.student)

    @display(description=gettext_lazy("university"))
    def shown_school(self, application: Application) -> str:
        """Where the student studies."""
        return application.student.school

    @display(description=gettext_lazy("state"), ordering="state")
    def shown_state(self, application: Application) -> SafeString:
        """The state as colour, icon and word."""
        return badge(application.badge, application.get_state_display())

    @display(description=gettext_lazy("position"), ordering="position__title")
    def shown_position(self, application: Application) -> str:
        """The position."""
        return application.position.title

    @display(description=gettext_lazy("host"), ordering="position__host__sort_key")
    def shown_host(self, application: Application) -> str:
        """The host."""
        return application.position.host.name

    @display(description=gettext_lazy("who has it"))
    def shown_holder(self, application: Application) -> str:
        """Who has the case now."""
        return standing(application).holder if application.holder != Holder.NOBODY else "—"

    @display(description=gettext_lazy("answer due on"), ordering="answer_due_on", empty_value="—")
    def shown_due(self, application: Application) -> str | None:
        """Until when an answer is due, in words."""
        return days_words(application.answer_due_on) if application.answer_due_on else None

    def _choices(self, application: Application) -> list[str]:
        return [state for state in APPLICATION_TRANSITIONS.targets(application.state) if state in DECISIONS]
