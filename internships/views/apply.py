"""Applying for a position: whether one can is told first, then one short page that keeps what is written."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.forms.apply import ApplyForm, initial_of
from internships.models import Application, Position, Student
from internships.selectors.applications import WRITABLE, held_application
from internships.selectors.eligibility import Reason, blocking, eligibility
from internships.services.application import save_draft, start_application, write_and_submit
from internships.views.kept_writing import signed_in, written
from internships.views.own import student_of
from internships.views.refusals import words_of
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError


@signed_in
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whether one can apply and why not; ask, keep, submit. Opening the page changes nothing."""
    position = Position.objects.public().select_related("host", "base").filter(pk=pk).first()
    if position is None:
        raise Http404
    student = student_of(request)
    if student is None:
        return _show(request, position, eligibility(position, None))
    application = held_application(student, position)
    if application is not None and application.state not in WRITABLE:
        return _already(request, application)
    if request.method == "POST":
        return _post(request, student, position, application)
    reasons = eligibility(position, student, application=application)
    form = ApplyForm(written(request), student=student, initial=initial_of(application, student))
    if blocking(reasons) and application is None:
        return _show(request, position, reasons)
    return _show(request, position, reasons, form=form, application=application)


def _post(request: HttpRequest, student: Student, position: Position, application: Application | None) -> HttpResponse:
    """Keep what was written, and submit it when that was asked for."""
    form = ApplyForm(request.POST, student=student, initial=initial_of(application, student))
    user: Any = request.user
    valid = form.is_valid()
    sends = request.POST.get("action") == "submit"
    seen = form.cleaned_data.get("revision") or (0 if application else None)
    try:
        if sends and valid:
            application, refusal = write_and_submit(
                student=student, position=position, answers=form.answers(), actor=user, expected_revision=seen
            )
            if refusal is None:
                messages.success(request, _("Your application has been submitted."))
                return redirect("my_internships:application", application.pk)
            raise refusal
        present = start_application(student=student, position=position, actor=user)
        application = save_draft(application=present, answers=form.answers(half_done=True), expected_revision=seen)
    except (DomainError, ValidationError) as refusal:
        application = held_application(student, position)
        if application is not None and application.state not in WRITABLE:
            return _already(request, application)
        if "X-Autosave" in request.headers:
            return JsonResponse({"words": " ".join(words_of(refusal))})
        add_refusal(form, refusal)
        _renew_revision(form, application)
    else:
        if "X-Autosave" in request.headers:
            words = _("Draft saved: %(time)s") % {"time": f"{timezone.localtime(application.updated_at):%H:%M}"}
            return JsonResponse({"revision": application.revision, "words": words})
        if not sends:
            messages.success(request, _("Your draft is saved. It is kept until you submit or delete it."))
            return redirect("my_internships:apply", position.pk)
        _renew_revision(form, application)
    reasons = eligibility(position, student, application=application)
    return _show(request, position, reasons, form=form, application=application)


def _renew_revision(form: ApplyForm, application: Application | None) -> None:
    """Let the page that is shown again know what is on file now, so that saving it again is meant."""
    posted: Any = form.data
    data = posted.copy()
    data["revision"] = application.revision if application else 0
    form.data = data


def _already(request: HttpRequest, application: Application) -> HttpResponse:
    if request.method == "POST":
        messages.info(request, _("This application has been submitted already. Nothing was sent twice."))
    return redirect("my_internships:application", application.pk)


def _show(
    request: HttpRequest,
    position: Position,
    reasons: list[Reason],
    *,
    form: ApplyForm | None = None,
    application: Application | None = None,
) -> HttpResponse:
    context = {
        "position": position,
        "reasons": reasons,
        "against": blocking(reasons),
        "form": form,
        "application": application,
        "crumbs": [
            (_("Positions"), reverse("internships:position_list")),
            (position.display_title, position.get_absolute_url()),
            (_("Apply"), ""),
        ],
    }
    return render(request, "internships/application/apply.html", context)
