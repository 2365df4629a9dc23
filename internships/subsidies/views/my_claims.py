"""A student's claims: what is due and why, who has it until when, handing in, taking back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from internships.subsidies.enums import WITH_STUDENT
from internships.subsidies.forms.account import SECRET_FIELDS
from internships.subsidies.forms.claim import HandInForm, HandInWithAccountForm
from internships.subsidies.models import Claim
from internships.subsidies.selectors.claim_page import OVER, claim_facts, own_claims, own_milestones
from internships.subsidies.selectors.standing import standing
from internships.subsidies.services.account import correct_after_return, set_account
from internships.subsidies.services.claim import submit, withdraw
from internships.subsidies.services.computing import compute_claim
from internships.subsidies.views.crumbs import claim_crumbs
from internships.views.kept_writing import deed, signed_in, signed_in_without, written
from internships.views.own import student_of
from internships.views.refusals import tell_refusal
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError


@require_safe
@signed_in
def claims(request: HttpRequest) -> HttpResponse:
    """Show every claim, those that wait for the student first."""
    rows = [(row, standing(row)) for row in own_claims(request.user)]  # type: ignore[arg-type]
    student = student_of(request)
    context = {
        "waiting": [pair for pair in rows if pair[1].waits_for_student],
        "under_way": [pair for pair in rows if not pair[1].waits_for_student and pair[0].state not in OVER],
        "over": [pair for pair in rows if pair[0].state in OVER],
        "milestones": own_milestones(request.user),  # type: ignore[arg-type]
        "student": student,
        "account": student.bank_accounts.in_use().first() if student else None,
        "crumbs": claim_crumbs(),
    }
    return render(request, "subsidies/claim/list.html", context)


@require_safe
@signed_in
def claim(request: HttpRequest, number: str) -> HttpResponse:
    """Show one claim."""
    found = own_claim(request, number)
    context = {**claim_facts(found), "crumbs": claim_crumbs((found.number, ""))}
    return render(request, "subsidies/claim/detail.html", context)


@signed_in_without(*SECRET_FIELDS)
def hand_in(request: HttpRequest, number: str) -> HttpResponse:
    """Hand a claim in, with the account entered on the same page where there is none."""
    found = own_claim(request, number)
    if found.state not in WITH_STUDENT:
        return redirect("my_subsidies:claim", number)
    account = found.student.bank_accounts.in_use().first()
    kind = HandInForm if account else HandInWithAccountForm
    form: Any = kind(written(request), claim=found, student=found.student)
    if request.method == "POST" and form.is_valid():
        try:
            _hand_in(found, form, request.user)
        except (DomainError, ValidationError) as refusal:
            if getattr(refusal, "code", "") == "differs":
                return _worked_out_anew(request, found)
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Your claim is handed in. The host confirms it next."))
            return redirect("my_subsidies:claim", number)
    context = {
        **claim_facts(found),
        "form": form,
        "account": account,
        "crumbs": claim_crumbs((found.number, found.get_absolute_url()), (_("Hand the claim in"), "")),
    }
    return render(request, "subsidies/claim/hand_in.html", context)


@deed
def take_back(request: HttpRequest, number: str) -> HttpResponse:
    """Withdraw a claim."""
    found = own_claim(request, number)
    try:
        withdraw(claim=found, actor=request.user)  # type: ignore[arg-type]
    except (DomainError, ValidationError) as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, _("The claim is withdrawn."))
    return redirect("my_subsidies:claim", number)


@deed
def pay_again(request: HttpRequest, number: str) -> HttpResponse:
    """Say that the account is right although the bank returned the payment."""
    found = own_claim(request, number)
    try:
        correct_after_return(claim=found, actor=request.user, is_unchanged_right=True)  # type: ignore[arg-type]
    except (DomainError, ValidationError) as refusal:
        tell_refusal(request, refusal)
    else:
        messages.success(request, _("It will be paid with the next batch."))
    return redirect("my_subsidies:claim", number)


def own_claim(request: HttpRequest, number: str) -> Claim:
    """Return a claim of the student who is signed in; absent and another's look alike."""
    found = own_claims(request.user).filter(number=number).first()  # type: ignore[arg-type]
    if found is None:
        raise Http404
    return found


@transaction.atomic
def _hand_in(found: Claim, form: Any, user: Any) -> None:
    if isinstance(form, HandInWithAccountForm):
        set_account(student=found.student, actor=user, **form.account)
    submit(
        claim=found,
        actor=user,
        declared=form.cleaned_data["declared"],
        seen=form.cleaned_data["seen"],
        proofs=form.cleaned_data.get("proofs") or (),
    )


def _worked_out_anew(request: HttpRequest, found: Claim) -> HttpResponse:
    try:
        compute_claim(claim=found, actor=request.user)  # type: ignore[arg-type]
    except (DomainError, ValidationError) as refusal:
        tell_refusal(request, refusal)
    else:
        messages.warning(request, _("The amount has been worked out anew. Look at it, then hand it in."))
    return redirect(reverse("my_subsidies:claim", args=[found.number]))
