"""A university nominates its students, one by one or by sheet, and sees what became of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from internships.forms.deciding import NominationForm, SheetForm
from internships.models import Nomination
from internships.services.nomination import nominate, withdraw_nomination
from internships.views.crumbs import nomination_crumbs
from internships.views.kept_writing import deed, signed_in, written
from internships.views.own import university_or_404
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.pagination import page_links
from wenxi_portal.spreadsheets.enums import UNDER_WAY, ImportState
from wenxi_portal.spreadsheets.models import ImportRun
from wenxi_portal.spreadsheets.permissions import can_import
from wenxi_portal.spreadsheets.registry import sheet_of
from wenxi_portal.spreadsheets.selectors import filters_of, progress_of, rows_of, shown_rows
from wenxi_portal.spreadsheets.services.uploads import confirm_import, drop_import, start_import
from wenxi_portal.spreadsheets.template import template_workbook

PER_PAGE = 30
LABEL = "internships.nomination"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@signed_in
def nominations(request: HttpRequest) -> HttpResponse:
    """List the university's nominations with what became of each: where the application stands, nothing more."""
    university_or_404(request)
    rows = Nomination.objects.of_universities(request.user).select_related(  # type: ignore[arg-type]
        "position__host", "university", "application"
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "links": page_links(page, request.GET),
        "crumbs": nomination_crumbs(),
        "may_import": can_import(request.user, LABEL),
    }
    return render(request, "internships/nomination/list.html", context)


@signed_in
def add(request: HttpRequest) -> HttpResponse:
    """Nominate one student."""
    university = university_or_404(request)
    instance = Nomination(university=university)
    form = NominationForm(written(request), instance=instance)
    if request.method == "POST" and form.is_valid():
        try:
            nominate(nomination=instance, actor=request.user)  # type: ignore[arg-type]
        except (DomainError, ValidationError) as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Nominated. The student is told and confirms or declines."))
            return redirect("university_desk:nominations")
    context = {"form": form, "university": university, "crumbs": nomination_crumbs((_("Nominate a student"), ""))}
    return render(request, "internships/nomination/add.html", context)


@deed
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a nomination that was not answered."""
    found = Nomination.objects.of_universities(request.user).filter(pk=pk).first()  # type: ignore[arg-type]
    if found is None:
        raise Http404
    try:
        withdraw_nomination(nomination=found, actor=request.user)  # type: ignore[arg-type]
    except DomainError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("The nomination is taken back."))
    return redirect("university_desk:nominations")


@signed_in
def upload(request: HttpRequest) -> HttpResponse:
    """Take a sheet of nominations."""
    _may_import(request)
    posted = request.method == "POST"
    form = SheetForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        file = form.cleaned_data["upload"]
        try:
            run = start_import(sheet=LABEL, content=file.read(), file_name=file.name, actor=request.user)  # type: ignore[arg-type]
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("university_desk:nomination_run", run.pk)
    context = {"form": form, "crumbs": nomination_crumbs((_("Nominate by sheet"), ""))}
    return render(request, "internships/nomination/upload.html", context)


@require_safe
@signed_in
def template(request: HttpRequest) -> HttpResponseBase:
    """Answer with an empty sheet to fill in."""
    _may_import(request)
    sheet: Any = sheet_of(LABEL)
    name = f"{sheet.title}-" + _("template") + ".xlsx"
    return FileResponse(template_workbook(sheet), as_attachment=True, filename=name, content_type=XLSX)


@signed_in
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what the rows of a sheet mean; write them, or drop them."""
    _may_import(request)
    found = ImportRun.objects.filter(pk=pk, uploaded_by=request.user, sheet=LABEL).first()  # type: ignore[misc]
    if found is None:
        raise Http404
    if request.method == "POST":
        deed = {"confirm": confirm_import, "drop": drop_import}.get(request.POST.get("deed", ""))
        if deed is None:
            raise Http404
        try:
            deed(run=found, actor=request.user)  # type: ignore[arg-type]
        except DomainError as refusal:
            messages.error(request, refusal.message)
        return redirect("university_desk:nomination_run", pk)
    kind = request.GET.get("kind", "")
    page = Paginator(rows_of(found, kind), PER_PAGE).get_page(request.GET.get("page"))
    sheet: Any = sheet_of(LABEL)
    context = {
        "run": found,
        "progress": progress_of(found),
        "under_way": found.state in UNDER_WAY,
        "is_ready": found.state == ImportState.READY,
        "to_write": found.counts.get("new", 0),
        "filters": filters_of(found, kind),
        "rows": shown_rows(page.object_list, sheet),
        "page_links": page_links(page, request.GET),
        "crumbs": nomination_crumbs((_("Nominate by sheet"), "")),
    }
    return render(request, "internships/nomination/run.html", context)


def _may_import(request: HttpRequest) -> None:
    university_or_404(request)
    if not can_import(request.user, LABEL):
        raise Http404
