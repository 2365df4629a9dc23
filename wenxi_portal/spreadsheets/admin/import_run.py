"""Imports in the admin: upload, progress, preview, confirmation, report."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST
from unfold.decorators import display

from wenxi_portal.audit.enums import Verb
from wenxi_portal.core.admin.labels import badge
from wenxi_portal.core.admin.links import change_url
from wenxi_portal.core.admin.model_admin import PortalModelAdmin
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.facet_values import row_id
from wenxi_portal.core.pagination import page_links
from wenxi_portal.core.wording import word_list
from wenxi_portal.spreadsheets.admin.upload_form import UploadForm
from wenxi_portal.spreadsheets.enums import UNDER_WAY, Decision, ImportState
from wenxi_portal.spreadsheets.models import ImportRun
from wenxi_portal.spreadsheets.permissions import can_import
from wenxi_portal.spreadsheets.registry import imports_for, sheet_of
from wenxi_portal.spreadsheets.repair import bad_rows, is_long, repair_workbook
from wenxi_portal.spreadsheets.selectors import filters_of, progress_of, rows_of, shown_rows
from wenxi_portal.spreadsheets.services.deciding import decide_all_twins, decide_twin
from wenxi_portal.spreadsheets.services.exports import ask_for_repair
from wenxi_portal.spreadsheets.services.uploads import confirm_import, drop_import, resume_import, start_import
from wenxi_portal.spreadsheets.template import template_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS_ON_A_PAGE = 50
DEEDS: dict[str, Any] = {"confirm": confirm_import, "drop": drop_import, "resume": resume_import}
DONE = {
    "confirm": gettext_lazy("The rows are being written. You can leave this page and find the import in the list."),
    "drop": gettext_lazy("The import is dropped. Nothing was written."),
    "resume": gettext_lazy("The import begins again from its file."),
}
ALL_TWINS = [
    (Decision.NEW.value, gettext_lazy("Enter all as new")),
    (Decision.SAME.value, gettext_lazy("Take each for the record it resembles")),
    (Decision.SKIP.value, gettext_lazy("Leave all out")),
]


@admin.register(ImportRun)
class ImportRunAdmin(PortalModelAdmin):
    """The imports, newest first; each opens as a page of its own."""

    list_display = ("file_name", "shown_sheet", "shown_state", "shown_counts", "uploaded_by", "uploaded_at")
    list_select_related = ("uploaded_by",)
    search_fields = ("file_name",)

    def has_change_permission(self, request: HttpRequest, obj: ImportRun | None = None) -> bool:
        """Imports are moved by buttons, not edited."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever may bring in at least one sheet."""
        return super().has_add_permission(request) and bool(imports_for(request.user))  # type: ignore[arg-type]

    def get_urls(self) -> list[URLPattern]:
        """Add the template, the deeds, the repair sheet and the decision on possible duplicates."""

        def page(view: Any) -> Any:
            return self.admin_site.admin_view(view)

        name = "spreadsheets_importrun"
        deeds = [
            path(f"<path:object_id>/{deed}/", page(partial(self.deed, deed=deed)), name=f"{name}_{deed}")
            for deed in DEEDS
        ]
        return [
            path("template/<str:label>/", page(self.template), name=f"{name}_template"),
            path("<path:object_id>/repair/", page(self.repair), name=f"{name}_repair"),
            path("<path:object_id>/rows/<int:row>/", page(self.decide), name=f"{name}_decide"),
            path("<path:object_id>/twins/", page(self.decide_all), name=f"{name}_decide_all"),
            *deeds,
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Ask for sheet and file."""
        if not self.has_add_permission(request):
            raise Http404
        posted = request.method == "POST"
        form = UploadForm(
            request.POST if posted else None,
            request.FILES if posted else None,
            sheets=imports_for(request.user),  # type: ignore[arg-type]
            initial={"sheet": request.GET.get("sheet", "")},
        )
        if posted and form.is_valid():
            upload = form.cleaned_data["upload"]
            try:
                run = start_import(
                    sheet=form.cleaned_data["sheet"],
                    content=upload.read(),
                    file_name=upload.name,
                    actor=request.user,  # type: ignore[arg-type]
                )
            except DomainError as refusal:
                add_refusal(form, refusal)
            else:
                return HttpResponseRedirect(change_url(run))
        return self._page(request, "admin/spreadsheets/upload.html", _("Import from Excel"), form=form,
                          sheets=imports_for(request.user), media=self.media + form.media)  # type: ignore[arg-type]  # fmt: skip

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show where the import stands: progress, preview or report."""
        run: ImportRun = self.visible_or_404(request, unquote(object_id))
        if "progress" in request.GET:
            return self._progress(request, run)
        kind = request.GET.get("kind", "")
        rows = rows_of(run, kind)
        page = Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
        sheet = sheet_of(run.sheet)
        return self._page(
            request,
            "admin/spreadsheets/run.html",
            run.file_name,
            run=run,
            original=run,
            sheet=sheet,
            state=badge(run.badge, run.get_state_display()),
            under_way=run.state in UNDER_WAY,
            progress=progress_of(run),
            filters=filters_of(run, kind),
            rows=shown_rows(page.object_list, sheet, is_written=run.state == ImportState.APPLIED) if sheet else [],
            links=page_links(page, request.GET),
            page_number=page.number,
            decisions=ALL_TWINS,
            bad_rows=bad_rows(run),
            is_long=is_long(run),
            to_write=run.counts.get("new", 0) + run.counts.get("changed", 0) + run.rows.filter(accepted=True).count(),
            may_work=can_import(request.user, run.sheet),
            list_url=reverse("admin:spreadsheets_importrun_changelist"),
        )

    def deed(self, request: HttpRequest, object_id: str, *, deed: str) -> HttpResponseBase:
        """Confirm, drop or begin again."""
        return require_POST(self._deed)(request, object_id, deed)

    def decide(self, request: HttpRequest, object_id: str, row: int) -> HttpResponseBase:
        """Say of a possible duplicate that it is a record of its own, the record on file, or neither."""
        return require_POST(self._decide)(request, object_id, row)

    def decide_all(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """Say so of all possible duplicates at once."""
        return require_POST(self._decide_all)(request, object_id)

    def repair(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """Answer with the uploaded sheet, the bad cells coloured and explained; of a long one, let a worker make it."""
        run: ImportRun = self._workable(request, object_id)
        sheet = sheet_of(run.sheet)
        if sheet is None or run.rows_erased_at or run.state in UNDER_WAY:
            raise Http404
        name = (run.file_name.rpartition(".")[0] or run.file_name) + "-" + _("to repair") + ".xlsx"
        if is_long(run):
            return require_POST(self._ask_for_repair)(request, run, name)
        stream = repair_workbook(run, sheet)
        self.admin_site.record_deed(request, Verb.EXPORTED, run, list=run.sheet)  # type: ignore[attr-defined]
        return FileResponse(stream, as_attachment=True, filename=name, content_type=XLSX)

    def template(self, request: HttpRequest, label: str) -> HttpResponseBase:
        """Answer with an empty sheet to fill in."""
        sheet = imports_for(request.user).get(label)  # type: ignore[arg-type]
        if sheet is None:
            raise Http404
        name = f"{sheet.title}-" + _("template") + ".xlsx"
        return FileResponse(template_workbook(sheet), as_attachment=True, filename=name, content_type=XLSX)

    @display(description=pgettext_lazy("import", "sheet"))
    def shown_sheet(self, run: ImportRun) -> str:
        """The title of the sheet."""
        sheet = sheet_of(run.sheet)
        return str(sheet.title) if sheet else run.sheet

    @display(description=gettext_lazy("state"))
    def shown_state(self, run: ImportRun) -> SafeString:
        """The state as colour, icon and word."""
        return badge(run.badge, run.get_state_display())

    @display(description=gettext_lazy("rows"), empty_value="—")
    def shown_counts(self, run: ImportRun) -> str | None:
        """How many rows of each kind."""
        return word_list(f"{one.label} {one.count}" for one in filters_of(run, "")[1:] if one.count) or None

    def _ask_for_repair(self, request: HttpRequest, run: ImportRun, name: str) -> HttpResponse:
        try:
            ask_for_repair(run=run, file_name=name, actor=request.user)  # type: ignore[arg-type]
        except DomainError as refusal:
            messages.error(request, refusal.message)
            return HttpResponseRedirect(change_url(run))
        messages.success(request, _("The file is being made. It appears below, and is kept for a day."))
        return HttpResponseRedirect(reverse("admin:spreadsheets_exportfile_changelist"))

    def _deed(self, request: HttpRequest, object_id: str, deed: str) -> HttpResponse:
        run = self._workable(request, object_id)
        try:
            DEEDS[deed](run=run, actor=request.user)
        except DomainError as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, DONE[deed])
        return HttpResponseRedirect(change_url(run))

    def _decide(self, request: HttpRequest, object_id: str, row: int) -> HttpResponse:
        run = self._workable(request, object_id)
        same = row_id(request.POST.get("same_as", ""))
        try:
            decide_twin(
                run=run,
                row_number=row,
                decision=_decision(request),
                same_as=int(same) if same else None,
                actor=request.user,  # type: ignore[arg-type]
            )
        except DomainError as refusal:
            messages.error(request, refusal.message)
        return HttpResponseRedirect(f"{change_url(run)}?kind=duplicate&page={request.POST.get('page', '')[:6]}")

    def _decide_all(self, request: HttpRequest, object_id: str) -> HttpResponse:
        run = self._workable(request, object_id)
        try:
            decided, left = decide_all_twins(run=run, decision=_decision(request), actor=request.user)  # type: ignore[arg-type]
        except DomainError as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("%(decided)d rows are decided.") % {"decided": decided})
            if left:
                messages.warning(
                    request,
                    _("%(left)d rows resemble several records, or one that you may not change: look at each.")
                    % {"left": left},
                )
        return HttpResponseRedirect(f"{change_url(run)}?kind=duplicate")

    def _workable(self, request: HttpRequest, object_id: str) -> ImportRun:
        run: ImportRun = self.visible_or_404(request, unquote(object_id))
        if not can_import(request.user, run.sheet):
            raise Http404
        return run

    def _progress(self, request: HttpRequest, run: ImportRun) -> HttpResponse:
        response = self._page(request, "admin/spreadsheets/_progress.html", "", run=run, progress=progress_of(run))
        if run.state not in UNDER_WAY:
            response.headers["HX-Refresh"] = "true"
        return response

    def _page(self, request: HttpRequest, template: str, title: Any, **context: Any) -> TemplateResponse:
        request.current_app = self.admin_site.name  # type: ignore[attr-defined]
        shared = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, "media": self.media}
        return TemplateResponse(request, template, {**shared, **context})


def _decision(request: HttpRequest) -> Decision:
    try:
        return Decision(request.POST.get("decision", ""))
    except ValueError:
        raise Http404 from None
