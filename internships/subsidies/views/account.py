"""The student's bank account: entered once, changed with a new row, shown masked."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from internships.subsidies.forms.account import SECRET_FIELDS, AccountForm
from internships.subsidies.selectors.claim_page import own_claims
from internships.subsidies.services.account import REVIEWED, set_account
from internships.subsidies.views.crumbs import claim_crumbs
from internships.views.kept_writing import signed_in_without, written
from internships.views.own import student_of
from wenxi_portal.core.admin.saving import add_refusal
from wenxi_portal.core.errors import DomainError


@signed_in_without(*SECRET_FIELDS)
def account(request: HttpRequest) -> HttpResponse:
    """Show the account in use, masked, and take another one. ``?claim=`` leads back to a claim."""
    student = student_of(request)
    if student is None:
        return redirect("my_internships:profile")
    present = student.bank_accounts.in_use().first()
    # Nothing of the account in use stands in the form: a new card tells its own bank.
    form = AccountForm(written(request), student=student)
    if request.method == "POST" and form.is_valid():
        user: Any = request.user
        try:
            set_account(student=student, actor=user, **form.account)
        except (DomainError, ValidationError) as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Your account is on file."))
            return _back(request, user)
    context = {
        "form": form,
        "account": present,
        "reviewed": own_claims(request.user).filter(state__in=REVIEWED).count() if present else 0,  # type: ignore[arg-type]
        "crumbs": claim_crumbs((_("Bank account"), "")),
    }
    return render(request, "subsidies/account/form.html", context)


def _back(request: HttpRequest, user: Any) -> HttpResponse:
    number = request.GET.get("claim", "")
    if number and own_claims(user).filter(number=number).exists():
        return redirect("my_subsidies:claim", number)
    return redirect("my_subsidies:claims")
