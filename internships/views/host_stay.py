"""The host's interns: who comes, where each stands, notes, appraisal."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from internships.enums import AgreementParty
from internships.forms.deciding import ContactReasonForm
from internships.forms.stay import AppraisalForm, ReplyForm
from internships.models import Placement
from internships.permissions import can_see_intern_contact
from internships.selectors.stay_page import agreement_of, agreement_to_sign, months_of, needs_of, of_host, way_of
from internships.selectors.stay_records import appraisal_of, notes_of_host
from internships.services.contact import show_intern_contact
from internships.services.evaluation import appraise, can_appraise, reply_to_note
from internships.services.stay_agreement import link_token
from internships.views.crumbs import intern_crumbs
from internships.views.kept_paper import hand_out
from internships.views.kept_writing import signed_in, written
from internships.views.own import host_user_or_404, intern_or_404
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.pagination import page_links

PER_PAGE = 30


@require_safe
@signed_in
def interns(request: HttpRequest) -> HttpResponse:
    """Everybody who is, was or will be here; 404 for whoever acts for no host."""
    host_user_or_404(request)
    found = of_host(request.user).order_by("-starts_on", "pk")  # type: ignore[arg-type]
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [(stay, any(month.waits for month in months_of(stay))) for stay in page],
        "links": page_links(page, request.GET),
        "crumbs": intern_crumbs(),
    }
    return render(request, "internships/host_stay/interns.html", context)


@require_safe
@signed_in
def intern(request: HttpRequest, pk: int) -> HttpResponse:
    """One intern's stay."""
    return _show(request, intern_or_404(request, pk))


@signed_in
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how to reach an intern, on this answer alone, and record who looked and why."""
    found = intern_or_404(request, pk)
    if not can_see_intern_contact(request.user, found):
        raise Http404
    posted = written(request)
    if posted is None:
        return redirect("host_desk:intern", pk)
    form, shown = ContactReasonForm(posted), {}
    if request.method == "POST" and form.is_valid():
        try:
            shown = show_intern_contact(placement=found, actor=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except DomainError as refusal:
            add_refusal(form, refusal)
    response = _show(request, found, contact_form=form, shown=shown)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_safe
@signed_in
def agreement(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Lead to the page where the host confirms."""
    waiting = agreement_to_sign(intern_or_404(request, pk), AgreementParty.HOST)
    if waiting is None:
        return redirect("host_desk:intern", pk)
    return redirect("internships:agreement", link_token(waiting, AgreementParty.HOST))


@require_safe
@signed_in
def agreement_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out the present agreement."""
    return hand_out(request, agreement_of(intern_or_404(request, pk), AgreementParty.HOST)["agreement"])


@signed_in
def appraisal(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the appraisal; keep it for later, or give it."""
    found = intern_or_404(request, pk)
    given = appraisal_of(found)
    form = AppraisalForm(written(request), instance=given)
    if request.method == "POST" and form.is_valid():
        give = "give" in request.POST
        try:
            appraise(placement=found, actor=request.user, values=form.cleaned_data, give=give)  # type: ignore[arg-type]
        except (DomainError, ValidationError) as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The appraisal is given.") if give else _("Kept. Give it when you are done."))
            return redirect("host_desk:intern", pk)
    context = {
        "stay": found,
        "form": form,
        "given": given if given and given.given_at else None,
        "can_appraise": can_appraise(found),
        "crumbs": intern_crumbs((found.student.name, reverse("host_desk:intern", args=[pk])), (_("Appraisal"), "")),
    }
    return render(request, "internships/host_stay/appraisal.html", context)


@signed_in
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a weekly note and reply to it."""
    found = get_object_or_404(notes_of_host(request.user), pk=pk)  # type: ignore[arg-type]
    form = ReplyForm(written(request), initial={"reply": found.reply})
    if request.method == "POST" and form.is_valid():
        reply_to_note(note=found, actor=request.user, reply=form.cleaned_data["reply"])  # type: ignore[arg-type]
        messages.success(request, _("Your reply is kept."))
        return redirect("host_desk:intern", found.placement_id)
    context = {
        "note": found,
        "form": form,
        "crumbs": intern_crumbs(
            (found.placement.student.name, reverse("host_desk:intern", args=[found.placement_id])),
            (_("Weekly note"), ""),
        ),
    }
    return render(request, "internships/host_stay/note.html", context)


def _show(request: HttpRequest, found: Placement, **more: Any) -> HttpResponse:
    context = {
        "stay": found,
        "needs": needs_of(found),
        "way": way_of(found),
        "months": months_of(found),
        "notes": found.weekly_notes.all(),
        "appraisal": getattr(found, "appraisal", None),
        "can_appraise": can_appraise(found),
        "contact_form": ContactReasonForm() if can_see_intern_contact(request.user, found) else None,
        "contact_days": settings.CONTACT_DAYS_AFTER_STAY,
        "crumbs": intern_crumbs((found.student.name, "")),
        **agreement_of(found, AgreementParty.HOST),
        **more,
    }
    return render(request, "internships/host_stay/intern.html", context)
