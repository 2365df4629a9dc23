"""The host's attendance: the month of all interns on one grid, one student's month to fill in, objections."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from internships.enums import SheetState
from internships.forms.stay import AnswerForm, ReasonForm, SheetForm, SheetUploadForm
from internships.models import AttendanceSheet
from internships.selectors.attendance import SIGNS, first_of, grid, month_end, next_month
from internships.selectors.attendance_board import board
from internships.selectors.stay_records import (
    chosen_of_host,
    objections_of_host,
    sheet_of_month,
    sheets_of_host,
    sheets_of_month,
    stays_of_host,
)
from internships.services.attendance import confirm_sheet, correct_sheet, drop_correction, open_sheet, save_sheet
from internships.services.attendance_objection import answer_objection
from internships.services.attendance_sheets import read_upload
from internships.views.crumbs import intern_crumbs
from internships.views.kept_writing import deed, signed_in, written
from internships.views.own import host_user_or_404, intern_or_404
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.wording import labelled
from wenxi_portal.reminders.working_days import calendar
from wenxi_portal.spreadsheets.services.exports import export_now

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@signed_in
def this_month(request: HttpRequest) -> HttpResponse:
    """Lead to the month that is to be confirmed now: the last one that is over."""
    host_user_or_404(request)
    today = timezone.localdate()
    month = first_of(today) if today == month_end(today) else first_of(first_of(today) - date.resolution)
    return redirect("host_desk:month", month_words(month))


@require_safe
@signed_in
def month(request: HttpRequest, month: date) -> HttpResponse:
    """Every intern of a month on one grid, with the boxes of those that can be confirmed."""
    host_user_or_404(request)
    rows = board(stays_of_host(request.user), month, timezone.localdate())  # type: ignore[arg-type]
    days = [month.replace(day=number) for number in range(1, month_end(month).day + 1)]
    context = {
        "month": month,
        "days": days,
        "rows": rows,
        "can_confirm": any(row.can_confirm for row in rows),
        "earlier": month_words(first_of(month - date.resolution)),
        "later": month_words(next_month(month)) if next_month(month) <= timezone.localdate() else "",
        "signs": [(SIGNS[mark], mark.label) for mark in SIGNS],
        "upload": SheetUploadForm(),
        "crumbs": intern_crumbs((_("Attendance"), "")),
    }
    return render(request, "internships/host_stay/month.html", context)


@require_safe
@signed_in
def open_month(request: HttpRequest, pk: int, month: date) -> HttpResponse:
    """Lead to the sheet of a month. Opening writes nothing when there is one."""
    found = intern_or_404(request, pk)
    sheet = sheet_of_month(found, month)
    if sheet is not None:
        return redirect("host_desk:sheet", sheet.pk)
    return render(
        request,
        "internships/host_stay/open.html",
        {
            "stay": found,
            "month": month,
            "crumbs": intern_crumbs((found.student.name, reverse("host_desk:intern", args=[pk]))),
        },
    )


@deed
def begin(request: HttpRequest, pk: int, month: date) -> HttpResponse:
    """Open the sheet of a month with what its days usually are."""
    found = intern_or_404(request, pk)
    try:
        sheet = open_sheet(placement=found, month=month)
    except DomainError as refusal:
        messages.error(request, refusal.message)
        return redirect("host_desk:intern", pk)
    return redirect("host_desk:sheet", sheet.pk)


@signed_in
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """One student's month: fill it in, keep it, confirm it."""
    found = _own_sheet(request, pk)
    days = grid(found, calendar())
    form = SheetForm(written(request), days=days, note=found.note, initial={"revision": found.revision})
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, found, form)
        except (DomainError, ValidationError) as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("host_desk:month", month_words(found.month))
    return _show(request, found, form=form, days=days)


def _show(request: HttpRequest, found: AttendanceSheet, **more: Any) -> HttpResponse:
    """Show a month, with the form of its days or of a correction as it was sent."""
    days = more.get("days") or grid(found, calendar())
    form = more.get("form") or SheetForm(None, days=days, note=found.note, initial={"revision": found.revision})
    waiting = found.objections.filter(state="waiting").first()
    context = {
        "sheet": found,
        "stay": found.placement,
        "form": form,
        "days": [(day, form[f"day_{day.on.day}"] if day.mark else None) for day in days],
        "is_draft": found.state == SheetState.DRAFT,
        "objections": found.objections.all(),
        "waiting": waiting,
        "correct": more.get("correct") or ReasonForm(),
        "crumbs": intern_crumbs(
            (_("Attendance"), reverse("host_desk:month", args=[month_words(found.month)])),
            (found.placement.student.name, ""),
        ),
    }
    return render(request, "internships/host_stay/sheet.html", context)


@deed
def confirm_many(request: HttpRequest, month: date) -> HttpResponse:
    """Confirm the chosen sheets; what is refused is told by name, the others are confirmed."""
    host_user_or_404(request)
    keys = [key for key in request.POST.getlist("stay") if key.isdecimal()][:500]
    done = 0
    for stay in chosen_of_host(request.user, keys):  # type: ignore[arg-type]
        try:
            confirm_sheet(sheet=open_sheet(placement=stay, month=month), actor=request.user)  # type: ignore[arg-type]
            done += 1
        except DomainError as refusal:
            messages.error(request, labelled(stay.student.name, refusal.message))
    if done:
        words = ngettext("%(count)d sheet is confirmed.", "%(count)d sheets are confirmed.", done)
        messages.success(request, words % {"count": done})
    elif not keys:
        messages.error(request, _("Tick the interns whose month is right."))
    return redirect("host_desk:month", month_words(month))


@signed_in
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a correction, or drop one. Opened by a link, it leads to the sheet."""
    found = _own_sheet(request, pk)
    posted = written(request)
    if posted is None:
        return redirect("host_desk:sheet", pk)
    if "drop" in posted:
        return _drop(request, found)
    form = ReasonForm(posted)
    if request.method != "POST" or not form.is_valid():
        return _show(request, found, correct=form)
    try:
        new = correct_sheet(sheet=found, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
    except DomainError as refusal:
        add_refusal(form, refusal)
        return _show(request, found, correct=form)
    return redirect("host_desk:sheet", new.pk)


def _drop(request: HttpRequest, found: AttendanceSheet) -> HttpResponse:
    if request.method == "POST":
        try:
            drop_correction(sheet=found, actor=request.user)  # type: ignore[arg-type]
        except DomainError as refusal:
            messages.error(request, refusal.message)
            return redirect("host_desk:sheet", found.pk)
    return redirect("host_desk:intern", found.placement_id)


@signed_in
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an objection."""
    found = get_object_or_404(objections_of_host(request.user), pk=pk)  # type: ignore[arg-type]
    form = AnswerForm(written(request))
    if request.method == "POST" and form.is_valid():
        upheld = form.cleaned_data["verdict"] == "upheld"
        try:
            sheet = answer_objection(
                objection=found,
                actor=request.user,  # type: ignore[arg-type]
                answer=form.cleaned_data["answer"],
                upheld=upheld,
            )
        except (DomainError, ValidationError) as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The student sees your answer."))
            return redirect("host_desk:sheet", sheet.pk)
    context = {
        "objection": found,
        "form": form,
        "crumbs": intern_crumbs((_("Objection"), "")),
    }
    return render(request, "internships/host_stay/objection.html", context)


@require_safe
@signed_in
def workbook(request: HttpRequest, month: date) -> HttpResponseBase:
    """Hand out the month as an office sheet, to be filled in and brought back."""
    host_user_or_404(request)
    stream, name = export_now(
        model=AttendanceSheet,
        queryset=sheets_of_month(request.user, month),  # type: ignore[arg-type]
        actor=request.user,  # type: ignore[arg-type]
        reason=_("Attendance of the month"),
        month=month_words(month),
    )
    return FileResponse(stream, as_attachment=True, filename=name, content_type=XLSX)


@deed
def upload(request: HttpRequest, month: date) -> HttpResponse:
    """Take a filled-in workbook: all of it, or nothing with every problem by its row."""
    host_user_or_404(request)
    form = SheetUploadForm(request.POST, request.FILES)
    context: dict[str, Any] = {"month": month, "form": form, "crumbs": intern_crumbs((_("Attendance"), ""))}
    if form.is_valid():
        try:
            result = read_upload(content=form.cleaned_data["upload"].read(), actor=request.user)  # type: ignore[arg-type]
        except (DomainError, ValidationError) as refusal:
            add_refusal(form, refusal)
        else:
            if not result.problems:
                words = ngettext("%(count)d sheet is filled in.", "%(count)d sheets are filled in.", result.written)
                messages.success(request, words % {"count": result.written})
                return redirect("host_desk:month", month_words(month))
            context["problems"] = result.problems
    return render(request, "internships/host_stay/upload.html", context)


def _own_sheet(request: HttpRequest, pk: int) -> AttendanceSheet:
    return get_object_or_404(sheets_of_host(request.user), pk=pk)  # type: ignore[arg-type]


def _keep(request: HttpRequest, found: AttendanceSheet, form: SheetForm) -> None:
    actor: Any = request.user
    save_sheet(
        sheet=found,
        actor=actor,
        marks=form.marks,
        note=form.cleaned_data["note"],
        expected_revision=form.cleaned_data["revision"],
    )
    if "confirm" in request.POST:
        confirm_sheet(sheet=found, actor=actor)
        messages.success(request, _("The month is confirmed. The student is told."))
    else:
        messages.success(request, _("Kept. Confirm it when the month is over."))


def month_words(month: date) -> str:
    """Return a month as it stands in addresses."""
    return f"{month:%Y-%m}"
