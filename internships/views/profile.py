"""The profile in steps: one question group a page, kept at every step, filled once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from internships.enums import StudentPaperKind
from internships.forms import profile as pages
from internships.models import Student
from internships.selectors.eligibility import enrolment_is_proved
from internships.selectors.profile import draft_of, initial_of
from internships.services.student import change_profile, keep_draft, make_profile
from internships.services.student_papers import keep_student_paper
from internships.views.crumbs import account_crumb, home_crumb
from internships.views.kept_writing import signed_in, written
from internships.views.own import student_of
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError
from wenxi_portal.organisations.models import Organisation

TITLES = {
    "person": gettext_lazy("Who you are"),
    "study": gettext_lazy("Your studies"),
    "contact": gettext_lazy("In an emergency"),
    "wishes": gettext_lazy("Skills and wishes"),
    "proof": gettext_lazy("Proof of enrolment"),
}
NEW: dict[str, type[Any]] = {
    "person": pages.PersonForm,
    "study": pages.StudyForm,
    "contact": pages.EmergencyForm,
    "wishes": pages.WishesAndConsentForm,
}
CHANGED: dict[str, type[Any]] = {
    **NEW,
    "person": pages.HomeForm,
    "wishes": pages.WishesForm,
    "proof": pages.ProofForm,
}
_NEXT = "internships_after_profile"


@signed_in
def start(request: HttpRequest) -> HttpResponse:
    """Lead to the first page that is not filled in; ``?position=`` is remembered for the way back."""
    position = request.GET.get("position", "")
    if position.isdecimal() and len(position) < 12:
        request.session[_NEXT] = int(position)
    student = student_of(request)
    if student is not None:
        return redirect("my_internships:profile_step", "person" if enrolment_is_proved(student) else "proof")
    return redirect("my_internships:profile_step", _first_open(draft_of(request.user)) or "wishes")  # type: ignore[arg-type]


@sensitive_post_parameters()
@signed_in
def step(request: HttpRequest, step: str) -> HttpResponse:
    """Ask one group of questions; what was typed is kept, right or wrong."""
    if step not in TITLES:
        raise Http404
    student = student_of(request)
    if student is None:
        return _new(request, step)
    return _change(request, student, step)


def _new(request: HttpRequest, step: str) -> HttpResponse:
    user: Any = request.user
    draft = draft_of(user)
    before = _first_open(draft)
    # Nobody jumps over a page that is not filled in; the paper needs a profile it can belong to.
    order = list(TITLES)
    if step not in NEW or (before and order.index(step) > order.index(before)):
        return redirect("my_internships:profile_step", before or "wishes")
    posted = written(request)
    form = NEW[step](_typed(posted) if posted is not None else None, initial={"name": user.name} | draft.get(step, {}))
    if request.method == "POST":
        keep_draft(user=user, step=step, answers=_raw(form))
        if form.is_valid():
            return _on(request, form, step)
    return _show(request, step, form, before=before)


def _on(request: HttpRequest, form: Any, step: str) -> HttpResponse:
    """Go to the next page; after the last make the profile."""
    if step == "person" and form.is_minor:
        messages.warning(
            request, _("You are under 18: your guardian's consent is needed. You can upload it among your papers.")
        )
    following = _first_open(draft_of(request.user))  # type: ignore[arg-type]
    if step != "wishes" or following:
        order = list(NEW)
        return redirect("my_internships:profile_step", following or order[order.index(step) + 1])
    bound = {name: NEW[name](answers) for name, answers in draft_of(request.user).items()}  # type: ignore[arg-type]
    if not all(one.is_valid() for one in bound.values()):
        return redirect("my_internships:profile")
    values = {name: value for one in bound.values() for name, value in one.values().items()}
    user: Any = request.user
    try:
        make_profile(
            user=user, document=bound["person"].document, values=values, consent_text=pages.consent_text(), actor=user
        )
    except (DomainError, ValidationError) as refusal:
        add_refusal(form, refusal)
        return _show(request, step, form)
    messages.success(request, _("Your profile is on file. One thing is left: the proof that you study."))
    return redirect("my_internships:profile_step", "proof")


def _change(request: HttpRequest, student: Student, step: str) -> HttpResponse:
    initial = initial_of(student) | {"revision": student.revision}
    form = CHANGED[step](written(request), request.FILES or None, initial=initial)
    form.fields["revision"] = forms.IntegerField(
        required=False, widget=forms.HiddenInput, initial=student.revision, min_value=0
    )
    if request.method == "POST" and form.is_valid():
        try:
            _write(request, student, step, form)
        except (DomainError, ValidationError) as refusal:
            add_refusal(form, refusal, file_field="upload")
        else:
            return _done(request, step)
    return _show(request, step, form, student=student)


def _write(request: HttpRequest, student: Student, step: str, form: Any) -> None:
    user: Any = request.user
    values = form.values()
    values.pop("revision", None)
    upload = form.cleaned_data.get("upload") if step == "proof" else None
    if upload:
        keep_student_paper(student=student, kind=StudentPaperKind.ENROLMENT, upload=upload, actor=user)
    change_profile(
        student=student, values=values, actor=user, expected_revision=form.cleaned_data.get("revision") or None
    )


def _done(request: HttpRequest, step: str) -> HttpResponse:
    messages.success(request, _("Saved."))
    position = request.session.pop(_NEXT, None) if step == "proof" else None
    return redirect("my_internships:apply", position) if position else redirect("my_internships:home")


def _first_open(draft: dict[str, dict[str, Any]]) -> str | None:
    """Return the first page whose answers are missing or wrong."""
    return next((name for name, form in NEW.items() if name not in draft or not form(draft[name]).is_valid()), None)


def _typed(posted: Any) -> Any:
    """Return what was posted as the forms read it."""
    return posted if isinstance(posted, MultiValueDict) else MultiValueDict(posted)


def _raw(form: Any) -> dict[str, Any]:
    """Return what was typed into the fields of ``form``, unread."""
    return {name: form.data[name] for name in form.fields if name in form.data}


def _show(
    request: HttpRequest, step: str, form: Any, *, student: Student | None = None, before: str | None = None
) -> HttpResponse:
    order = list(TITLES)
    context = {
        "form": form,
        "title": TITLES[step],
        "step": step,
        "titles": list(TITLES.values()),
        "number": order.index(step) + 1,
        "student": student,
        "previous": order[order.index(step) - 1] if step != order[0] else "",
        "others": [(name, TITLES[name]) for name in order if name != step] if student else [],
        "consent_text": pages.consent_text() if "consent" in form.fields else "",
        "is_first_visit": student is None and before == "person" and not form.is_bound,
        "universities": Organisation.objects.universities().public().values_list("name", flat=True)
        if step == "study"
        else [],
        "crumbs": [account_crumb(), home_crumb(), (_("My profile"), "")],
    }
    return render(request, "internships/profile/step.html", context)
