"""The student's pages of a stay: where it stands, what is missing, attendance, notes, feedback, certificate."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from internships.enums import AgreementParty, SheetState
from internships.forms.stay import FeedbackForm, NoteForm, ObjectionForm
from internships.models import Placement
from internships.selectors.attendance import grid, weeks
from internships.selectors.stay_care import care_for
from internships.selectors.stay_page import (
    agreement_of,
    agreement_to_sign,
    certificate_of,
    months_of,
    of_student,
    way_of,
)
from internships.selectors.stay_records import feedback_of, sheets_of_student
from internships.services.attendance_objection import object_until, raise_objection
from internships.services.certificate import grouped
from internships.services.evaluation import give_feedback, write_note
from internships.services.stay_agreement import link_token
from internships.views.crumbs import stay_crumbs
from internships.views.kept_paper import hand_out
from internships.views.kept_writing import signed_in, written
from internships.views.stay_needs import needs_of_student
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError


@require_safe
@signed_in
def stays(request: HttpRequest) -> HttpResponse:
    """Every stay of the student, newest first."""
    return render(request, "internships/stay/list.html", {"stays": of_student(request.user), "crumbs": stay_crumbs()})  # type: ignore[arg-type]


@require_safe
@signed_in
def stay(request: HttpRequest, pk: int) -> HttpResponse:
    """One stay."""
    found = own_stay(request, pk)
    certificate = certificate_of(found)
    context = {
        "stay": found,
        "needs": needs_of_student(found),
        "show_to_do": True,
        "way": way_of(found),
        "months": months_of(found),
        "notes": found.weekly_notes.all(),
        "appraisal": getattr(found, "appraisal", None),
        "certificate": certificate,
        "code": grouped(certificate.code) if certificate else "",
        "care": care_for(found),
        "crumbs": stay_crumbs((str(found.host), "")),
        **agreement_of(found, AgreementParty.STUDENT),
    }
    return render(request, "internships/stay/detail.html", context)


@require_safe
@signed_in
def agreement(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Lead to the page where the agreement is confirmed; when nothing waits, back to the stay."""
    found = own_stay(request, pk)
    waiting = agreement_to_sign(found, AgreementParty.STUDENT)
    if waiting is None:
        return redirect("my_internships:stay", pk)
    return redirect("internships:agreement", link_token(waiting, AgreementParty.STUDENT))


@require_safe
@signed_in
def agreement_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out the present agreement."""
    told = agreement_of(own_stay(request, pk), AgreementParty.STUDENT)
    return hand_out(request, told["agreement"])


@signed_in
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """A confirmed month, and the objection to it."""
    found = get_object_or_404(sheets_of_student(request.user), pk=pk)  # type: ignore[arg-type]
    form = ObjectionForm(written(request))
    if request.method == "POST" and form.is_valid():
        try:
            raise_objection(sheet=found, actor=request.user, text=form.cleaned_data["text"])  # type: ignore[arg-type]
        except (DomainError, ValidationError) as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Your objection has arrived. The host answers it."))
            return redirect("my_internships:sheet", pk)
    context = {
        "sheet": found,
        "weeks": weeks(grid(found)),
        "objections": found.objections.all(),
        "form": form if found.state == SheetState.CONFIRMED else None,
        "until": object_until(found),
        "crumbs": stay_crumbs(
            (str(found.placement.host), reverse("my_internships:stay", args=[found.placement_id])),
            (f"{found.month:%Y-%m}", ""),
        ),
    }
    return render(request, "internships/stay/sheet.html", context)


@signed_in
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a weekly note; nobody has to."""
    found = own_stay(request, pk)
    form = NoteForm(written(request))
    if request.method == "POST" and form.is_valid():
        try:
            write_note(placement=found, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except (DomainError, ValidationError) as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Your note is kept."))
            return redirect("my_internships:stay", pk)
    title, lead = _("Weekly note"), _("Only you, the host and the officer see it. Nobody has to write one.")
    return _form_page(request, found, form, title, lead, _("Keep the note"))


@signed_in
def feedback(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how it was."""
    found = own_stay(request, pk)
    given = feedback_of(found)
    form = FeedbackForm(written(request), instance=given)
    if request.method == "POST" and form.is_valid():
        try:
            give_feedback(placement=found, actor=request.user, values=form.cleaned_data)  # type: ignore[arg-type]
        except (DomainError, ValidationError) as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Thank you for your feedback."))
            return redirect("my_internships:stay", pk)
    title, lead = (
        _("How was your stay?"),
        _("The county reads it to make the next stay better. The host does not see it."),
    )
    return _form_page(request, found, form, title, lead, _("Send the feedback"))


@require_safe
@signed_in
def certificate_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out the valid certificate."""
    certificate = certificate_of(own_stay(request, pk))
    return hand_out(request, certificate.files.first() if certificate else None)


def own_stay(request: HttpRequest, pk: int) -> Placement:
    """Return the student's own stay; absent and another's look alike."""
    found = of_student(request.user).filter(pk=pk).first()  # type: ignore[arg-type]
    if found is None:
        raise Http404
    return found


def _form_page(request: HttpRequest, found: Placement, form: Any, title: str, lead: str, button: str) -> HttpResponse:
    context = {
        "stay": found,
        "form": form,
        "title": title,
        "lead": lead,
        "button": button,
        "back": reverse("my_internships:stay", args=[found.pk]),
        "crumbs": stay_crumbs((str(found.host), reverse("my_internships:stay", args=[found.pk])), (title, "")),
    }
    return render(request, "internships/stay/form.html", context)
