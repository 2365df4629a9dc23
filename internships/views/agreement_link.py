"""The page behind the link of a party to the agreement. It works without signing in and tells a stranger nothing."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from internships.enums import AgreementParty
from internships.forms.stay import SignerForm
from internships.models import Placement
from internships.services.stay_agreement import confirm_by_link, open_link
from internships.views.kept_paper import hand_out
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.masking import mask_name


@never_cache
def agreement(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is agreed on, and take the confirmation. Whoever has confirmed sees that it is done."""
    try:
        found, party = open_link(token)
        present = found.signatures.filter(party=party).first()
        initial = {"signer": request.user.name} if request.user.is_authenticated else {}
        form = SignerForm(request.POST or None, initial=initial)
        if request.method == "POST" and present is None and form.is_valid():
            actor = request.user if request.user.is_authenticated else None
            present = confirm_by_link(token=token, signer=form.cleaned_data["signer"], actor=actor)
    except DomainError as refusal:
        return render(request, "internships/agreement/void.html", {"reason": refusal.message}, status=410)
    stay = found.placement
    context = {
        "agreement": found,
        "party": party,
        "signature": present,
        "form": form,
        "token": token,
        "back": _back(request.user, stay, party),
        "facts": [
            (_("Host"), stay.host.name),
            (_("University or school"), stay.student.school),
            (_("Student"), mask_name(stay.student.name)),
            (_("First day"), found.starts_on),
            (_("Last day"), found.ends_on),
        ],
    }
    return render(request, "internships/agreement/confirm.html", context)


def _back(user: Any, stay: Placement, party: AgreementParty) -> str:
    """Return the own page of the stay for a party that is signed in; empty for everybody else."""
    if not user.is_authenticated:
        return ""
    if party == AgreementParty.STUDENT:
        return stay.get_absolute_url() if stay.student.user_id == user.pk else ""
    one = Placement.objects.filter(pk=stay.pk)
    if party == AgreementParty.HOST:
        return reverse("host_desk:intern", args=[stay.pk]) if one.of_hosts(user).exists() else ""
    return reverse("university_desk:students") if one.of_universities(user).exists() else ""


@never_cache
@require_GET
def agreement_file(request: HttpRequest, token: str) -> HttpResponseBase:
    """Hand the paper itself to whoever is to confirm it."""
    try:
        found, _party = open_link(token)
    except DomainError as refusal:
        return render(request, "internships/agreement/void.html", {"reason": refusal.message}, status=410)
    return hand_out(request, found)
