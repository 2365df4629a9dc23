"""A student's papers: uploaded once, used for every application."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from internships.forms.apply import PaperForm
from internships.services.student_papers import keep_student_paper
from internships.views.crumbs import home_crumb
from internships.views.kept_writing import signed_in
from internships.views.own import student_of
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError


@signed_in
def papers(request: HttpRequest) -> HttpResponse:
    """List the papers in use and take a new one."""
    student = student_of(request)
    if student is None:
        return redirect("my_internships:profile")
    posted = request.method == "POST"
    form = PaperForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial={"kind": request.GET.get("kind", "")},
    )
    if posted and form.is_valid():
        user: Any = request.user
        try:
            keep_student_paper(student=student, actor=user, **form.cleaned_data)
        except (DomainError, ValidationError) as refusal:
            add_refusal(form, refusal, file_field="upload")
        else:
            messages.success(request, _("The paper is on file."))
            return redirect("my_internships:papers")
    context = {
        "form": form,
        "papers": student.papers.current().order_by("kind", "-pk"),
        "crumbs": [home_crumb(), (_("My papers"), "")],
    }
    return render(request, "internships/profile/papers.html", context)
