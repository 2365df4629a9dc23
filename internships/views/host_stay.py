"""The host's interns: who comes, where each stands, notes, appraisal."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from internships.enums import AgreementParty
from internships.forms.stay import AppraisalForm, ReplyForm
from internships.models import Appraisal, Placement, WeeklyNote
from internships.selectors.stay_page import agreement_of, agreement_to_sign, months_of, needs_of, of_host, way_of
from internships.services.evaluation import appraise, can_appraise, reply_to_note
from internships.services.stay_agreement import link_token
from internships.views.kept_paper import hand_out
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.pagination import page_links
from wenxi_portal.organisations.enums import OrganisationKind

PER_PAGE = 30


@never_cache
@login_required
@require_GET
def interns(request: HttpRequest) -> HttpResponse:
    """Everybody who is, was or will be here; 404 for whoever acts for no host."""
    must_be_host(request)
    found = of_host(request.user).order_by("-starts_on", "pk")  # type: ignore[arg-type]
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [(stay, any(month.waits for month in months_of(stay))) for stay in page],
        "links": page_links(page, request.GET),
        "crumbs": crumbs(),
    }
    return render(request, "internships/host_stay/interns.html", context)


@never_cache
@login_required
@require_GET
def intern(request: HttpRequest, pk: int) -> HttpResponse:
    """One intern's stay."""
    found = own_intern(request, pk)
    context = {
        "stay": found,
        "needs": needs_of(found),
        "way": way_of(found),
        "months": months_of(found),
        "notes": found.weekly_notes.all(),
        "appraisal": getattr(found, "appraisal", None),
        "can_appraise": can_appraise(found),
        "crumbs": crumbs((found.student.name, "")),
        **agreement_of(found, AgreementParty.HOST),
    }
    return render(request, "internships/host_stay/intern.html", context)


@never_cache
@login_required
@require_GET
def agreement(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Lead to the page where the host confirms."""
    waiting = agreement_to_sign(own_intern(request, pk), AgreementParty.HOST)
    if waiting is None:
        return redirect("host_desk:intern", pk)
    return redirect("internships:agreement", link_token(waiting, AgreementParty.HOST))


@never_cache
@login_required
@require_GET
def agreement_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out the present agreement."""
    return hand_out(request, agreement_of(own_intern(request, pk), AgreementParty.HOST)["agreement"])


@never_cache
@login_required
def appraisal(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the appraisal; keep it for later, or give it."""
    found = own_intern(request, pk)
    given = Appraisal.objects.filter(placement=found).first()
    form = AppraisalForm(request.POST or None, instance=given)
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
        "crumbs": crumbs((found.student.name, reverse("host_desk:intern", args=[pk])), (_("Appraisal"), "")),
    }
    return render(request, "internships/host_stay/appraisal.html", context)


@never_cache
@login_required
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a weekly note and reply to it."""
    found = get_object_or_404(
        WeeklyNote.objects.filter(placement__in=Placement.objects.of_hosts(request.user)).select_related(
            "placement__student"
        ),
        pk=pk,
    )
    form = ReplyForm(request.POST or None, initial={"reply": found.reply})
    if request.method == "POST" and form.is_valid():
        reply_to_note(note=found, actor=request.user, reply=form.cleaned_data["reply"])  # type: ignore[arg-type]
        messages.success(request, _("Your reply is kept."))
        return redirect("host_desk:intern", found.placement_id)
    context = {
        "note": found,
        "form": form,
        "crumbs": crumbs(
            (found.placement.student.name, reverse("host_desk:intern", args=[found.placement_id])),
            (_("Weekly note"), ""),
        ),
    }
    return render(request, "internships/host_stay/note.html", context)


def own_intern(request: HttpRequest, pk: int) -> Placement:
    """Return a stay at the own host; absent and another's look alike."""
    found = of_host(request.user).filter(pk=pk).first()  # type: ignore[arg-type]
    if found is None:
        raise Http404
    return found


def must_be_host(request: HttpRequest) -> None:
    """Raise 404 unless the person acts for a host today."""
    user: Any = request.user
    if not user.memberships.current().filter(organisation__kind=OrganisationKind.HOST).exists():
        raise Http404


def crumbs(*further: tuple[str, str]) -> list[tuple[str, str]]:
    """Return the way to a page of the host's desk."""
    return [
        (_("My account"), reverse("accounts:me")),
        (_("Our interns"), reverse("host_desk:interns") if further else ""),
        *further,
    ]


def month_words(month: date) -> str:
    """Return a month as it stands in addresses."""
    return f"{month:%Y-%m}"
