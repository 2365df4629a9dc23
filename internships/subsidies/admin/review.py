"""The desk of reviews: queues, one screen for one claim, many at once where everything is green, the duty matrix."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.decorators import action, display

from internships.subsidies.admin.deciding import decide
from internships.subsidies.admin.review_forms import BulkForm, DecisionForm, MatrixForm, RecheckForm, decisions
from internships.subsidies.enums import Duty
from internships.subsidies.models import Claim, ClaimDuty
from internships.subsidies.selectors.checks import checks_of, hands_taken, unmet, with_what_is_checked
from internships.subsidies.selectors.duty_matrix import matrix, matrix_claims
from internships.subsidies.selectors.queues import QUEUES, ReviewQueue, counts, overdue_before, queue_rows
from internships.subsidies.selectors.review_page import history_of_claim, lines_in_words, proofs_of
from internships.subsidies.services.review import look_at, review_many
from internships.subsidies.sheets.duties import DUTY_MATRIX
from wenxi_portal.audit.enums import Verb
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.wording import labelled
from wenxi_portal.spreadsheets.office import office_workbook
from wenxi_portal.spreadsheets.services.exports import unit_of

ROWS, MATRIX_ROWS, MOST_IN_SHEET = 30, 300, 20_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@admin.register(ClaimDuty)
class ReviewDesk(PortalModelAdmin):
    """Every duty that was done, with its opinion; and the desk on which it is done."""

    list_display = ("claim", "shown_duty", "user", "round", "opinion", "at")
    list_select_related = ("claim__student", "user")
    search_fields = ("claim__number", "user__name")
    fields = ("claim", "shown_duty", "user", "round", "opinion", "at")
    readonly_fields = fields
    actions_list = ("open_desk", "open_matrix")

    def get_urls(self) -> list[URLPattern]:
        """Add the desk."""
        page = self.admin_site.admin_view
        return [
            path("desk/", page(self.desk_view), name="subsidies_review_desk"),
            path("desk/matrix/", page(self.matrix_view), name="subsidies_duty_matrix"),
            path("desk/matrix.xlsx", page(self.matrix_sheet), name="subsidies_duty_matrix_sheet"),
            path("desk/<slug:key>/", page(self.queue_view), name="subsidies_review_queue"),
            path("desk/<slug:key>/<int:pk>/", page(self.review_view), name="subsidies_review"),
            *super().get_urls(),
        ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Duties are left by deeds."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Written once."""
        return False

    @action(description=gettext_lazy("Desk of reviews"), url_path="to-desk", icon="fact_check")
    def open_desk(self, request: HttpRequest) -> HttpResponse:
        """Lead to the desk."""
        return HttpResponseRedirect(reverse("admin:subsidies_review_desk"))

    @action(description=gettext_lazy("Duty matrix"), url_path="to-matrix", icon="grid_on")
    def open_matrix(self, request: HttpRequest) -> HttpResponse:
        """Lead to the matrix."""
        return HttpResponseRedirect(reverse("admin:subsidies_duty_matrix"))

    @display(description=gettext_lazy("duty"), ordering="duty")
    def shown_duty(self, done: ClaimDuty) -> str:
        """Which duty."""
        return str(done.get_duty_display())

    def desk_view(self, request: HttpRequest) -> HttpResponse:
        """Lead to the first queue of one's own in which something waits."""
        self._must_view(request)
        user: Any = request.user
        found = counts(user)
        own = [key for key, queue in QUEUES.items() if user.has_perm(queue.permission) and found[key][0]]
        return HttpResponseRedirect(reverse("admin:subsidies_review_queue", args=[next(iter(own), "first")]))

    def queue_view(self, request: HttpRequest, key: str) -> HttpResponse:
        """Show a queue, the longest waiting first; do many at once where every check is green."""
        queue, user = self._queue(request, key), request.user
        may = user.has_perm(queue.permission) and queue.duty is not None  # type: ignore[union-attr]
        form = BulkForm(request.POST or None)
        if request.method == "POST":
            if not may:
                raise PermissionDenied
            if form.is_valid():
                self._many(request, queue, form.cleaned_data["opinion"])
                return HttpResponseRedirect(reverse("admin:subsidies_review_queue", args=[key]))
        limit = overdue_before()
        rows = with_what_is_checked(queue_rows(queue, user)[:ROWS])  # type: ignore[arg-type]
        shown = [
            (claim, unmet(_list_checks(claim, queue, user)), timezone.localdate(claim.waiting_since) < limit)
            for claim in rows
        ]
        context = {
            "queue": queue, "may": may, "form": form, "rows": shown, "queues": self._tabs(user), "most": ROWS,
            "any_green": any(not problems for _claim, problems, _late in shown),
        }  # fmt: skip
        return self._page(request, "admin/subsidies/review_queue.html", queue.title, context)

    def review_view(self, request: HttpRequest, key: str, pk: int) -> HttpResponse:
        """Show one claim on one screen; decide, and go to the next one that waits."""
        queue, user = self._queue(request, key), request.user
        rows = queue_rows(queue, user)  # type: ignore[arg-type]
        claim = with_what_is_checked(rows.filter(pk=pk)).first()
        if claim is None:
            if Claim.objects.visible_to(user).filter(pk=pk).exists():
                messages.info(request, _("This claim does not wait here any more."))
                return HttpResponseRedirect(reverse("admin:subsidies_review_queue", args=[key]))
            raise Http404
        may = user.has_perm(queue.permission)  # type: ignore[union-attr]
        initial = {"expected": claim.state}
        form_class = RecheckForm if queue.duty == Duty.RECHECK else DecisionForm
        form = form_class(request.POST or None, initial=initial)
        if request.method == "POST":
            if not may:
                raise PermissionDenied
            answer = self._decided(request, queue, claim, form)
            if answer is not None:
                return answer
        taken = hands_taken(claim, user, queue.duty) if queue.duty else ""  # type: ignore[arg-type]
        context = {
            "queue": queue, "claim": claim, "form": form, "may": may and not taken, "taken": taken,
            "decisions": decisions(queue) if may else [], "checks": look_at(claim, user=user, duty=queue.duty),  # type: ignore[arg-type]
            "lines": lines_in_words(claim), "proofs": proofs_of(claim), "history": history_of_claim(claim),
            "next_url": self._next(queue, user, claim), "flags": claim.flags.all(),
        }  # fmt: skip
        title = _("%(queue)s: %(claim)s") % {"queue": queue.title, "claim": claim.number}
        return self._page(request, "admin/subsidies/review.html", title, context)

    def matrix_view(self, request: HttpRequest) -> HttpResponse:
        """Show who did what, to be printed."""
        self._must_view(request)
        form = MatrixForm(request.GET or None)
        rows = matrix_claims(request.user, **self._chosen(form))  # type: ignore[arg-type]
        shown = matrix(rows[:MATRIX_ROWS])
        context = {
            "form": form, "rows": shown, "total": rows.count(), "query": request.GET.urlencode(),
            "wrong": sum(not row.is_separate for row in shown), "now": timezone.now(),
        }  # fmt: skip
        return self._page(request, "admin/subsidies/duty_matrix.html", _("Duty matrix"), context)

    def matrix_sheet(self, request: HttpRequest) -> HttpResponseBase:
        """Hand the matrix out as a workbook."""
        self._must_view(request)
        user: Any = request.user
        rows = matrix(matrix_claims(user, **self._chosen(MatrixForm(request.GET)))[:MOST_IN_SHEET])
        stream, count = office_workbook(DUTY_MATRIX, rows, unit=unit_of(user), day=timezone.localdate())
        if rows:
            self.admin_site.record_deed(request, Verb.EXPORTED, rows[0].claim, rows=count, sheet="duty_matrix")  # type: ignore[attr-defined]
        return FileResponse(stream, as_attachment=True, filename=f"{DUTY_MATRIX.title}.xlsx", content_type=XLSX)

    def _many(self, request: HttpRequest, queue: ReviewQueue, opinion: str) -> None:
        keys = [key for key in request.POST.getlist("claims") if key.isdecimal()][:ROWS]
        chosen = list(queue_rows(queue, request.user).filter(pk__in=keys))  # type: ignore[arg-type]
        assert queue.duty is not None  # noqa: S101 - the caller has asked
        passed, left = review_many(claims=chosen, duty=queue.duty, actor=request.user, opinion=opinion)  # type: ignore[arg-type]
        if passed:
            words = ngettext("%(count)d claim has passed.", "%(count)d claims have passed.", len(passed))
            messages.success(request, words % {"count": len(passed)})
        for one in left:
            messages.warning(request, labelled(one.claim.number, one.reason))
        if not chosen:
            messages.info(request, _("Nothing was ticked, or it has moved on meanwhile."))

    def _decided(
        self, request: HttpRequest, queue: ReviewQueue, claim: Claim, form: DecisionForm
    ) -> HttpResponse | None:
        if not form.is_valid():
            return None
        following = self._next(queue, request.user, claim)
        try:
            done = decide(queue, claim, request.user, request.POST.get("decision", ""), form.cleaned_data)  # type: ignore[arg-type]
        except (DomainError, ValidationError) as refusal:
            add_refusal(form, refusal)
            return None
        messages.success(request, done)
        return HttpResponseRedirect(following or reverse("admin:subsidies_review_queue", args=[queue.key]))

    def _next(self, queue: ReviewQueue, user: Any, claim: Claim) -> str:
        """Return where the next claim of the queue is that ``user`` may decide; empty when there is none."""
        others = with_what_is_checked(queue_rows(queue, user).exclude(pk=claim.pk)[:ROWS])
        for other in others:
            if queue.duty is None or not hands_taken(other, user, queue.duty):
                return reverse("admin:subsidies_review", args=[queue.key, other.pk])
        return ""

    def _tabs(self, user: Any) -> list[tuple[ReviewQueue, int, int]]:
        found = counts(user)
        return [(queue, *found[key]) for key, queue in QUEUES.items()]

    def _chosen(self, form: MatrixForm) -> dict[str, Any]:
        return {**form.cleaned_data, "words": form.cleaned_data["words"].strip()} if form.is_valid() else {}

    def _queue(self, request: HttpRequest, key: str) -> ReviewQueue:
        self._must_view(request)
        if key not in QUEUES:
            raise Http404
        return QUEUES[key]

    def _must_view(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _page(self, request: HttpRequest, template: str, title: Any, context: dict[str, Any]) -> TemplateResponse:
        request.current_app = self.admin_site.name
        shared = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, "media": self.media}
        return TemplateResponse(request, template, {**shared, **context})


def _list_checks(claim: Claim, queue: ReviewQueue, user: Any) -> list[Any]:
    ignored = {"papers"} if queue.key == "enrolment" else set()
    return [one for one in checks_of(claim, user=user, duty=queue.duty) if one.name not in ignored]
