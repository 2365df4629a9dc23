"""The page behind the yearly link. It works without signing in and tells a stranger nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from talent.enums import SelfCheckAnswer
from talent.forms import ChangedForm
from talent.services.self_check import answer_self_check, open_self_check
from wenxi_portal.core import cipher
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.masking import mask_name

_ANSWERED = "talent_self_check"


@never_cache
def self_check(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, with masked hints only; one tap says “still correct”. A void link is gone, whatever was wrong with it."""
    try:
        check = open_self_check(token)
    except DomainError as refusal:
        if request.method == "POST" and request.session.get(_ANSWERED) == _print_of(token):
            # The second of two taps: it is thanked like the first.
            return render(request, "talent/self_check_done.html", {"changed": request.POST.get("answer") == "changed"})
        return render(request, "talent/self_check_void.html", {"reason": refusal.message}, status=410)
    form = ChangedForm(request.POST if request.POST.get("answer") == "changed" else None)
    if request.method == "POST":
        answer = SelfCheckAnswer.CHANGED if form.is_bound else SelfCheckAnswer.STILL_CORRECT
        if not form.is_bound or form.is_valid():
            message = form.cleaned_data["message"] if form.is_bound else ""
            try:
                answer_self_check(token=token, answer=answer, message=message)
            except DomainError as refusal:
                return render(request, "talent/self_check_void.html", {"reason": refusal.message}, status=410)
            request.session[_ANSWERED] = _print_of(token)
            return render(request, "talent/self_check_done.html", {"changed": form.is_bound})
    person = check.person
    context = {
        "form": form,
        "hints": [mask_name(person.name), person.masked_mobile, person.masked_email],
    }
    return render(request, "talent/self_check.html", context)


def _print_of(token: str) -> str:
    """Return a fingerprint by which a browser that has answered is known, without keeping the link."""
    return cipher.keyed_index(token, context="talent.self_check")
