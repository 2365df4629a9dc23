"""The page behind the link in a nomination. It tells a stranger nothing but the university and the position."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from internships.enums import NominationState
from internships.models import Student
from internships.services.nomination import confirm_nomination, decline_nomination, open_nomination
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.masking import mask_name


@never_cache
def nomination(request: HttpRequest, token: str) -> HttpResponse:
    """Ask yes or no. No needs one tap; yes needs an account with a profile, since it becomes an application."""
    try:
        found = open_nomination(token)
    except DomainError as refusal:
        return render(request, "internships/nomination/void.html", {"reason": refusal.message}, status=410)
    if request.method == "POST":
        try:
            return _answer(request, found)
        except DomainError as refusal:
            messages.error(request, refusal.message)
            return redirect("internships:nomination", token)
    waits = found.state == NominationState.WAITING and found.answer_until >= timezone.localdate()
    context = {"nomination": found, "hint": mask_name(found.name), "waits": waits}
    return render(request, "internships/nomination/answer.html", context)


def _answer(request: HttpRequest, found: Any) -> HttpResponse:
    user: Any = request.user
    if request.POST.get("answer") == "decline":
        decline_nomination(nomination=found, actor=user if user.is_authenticated else None)
        messages.success(request, _("You have declined. Your university is told."))
        return redirect(request.path)
    if not user.is_authenticated:
        return redirect_to_login(request.path)
    student = Student.objects.with_profile().filter(user=user).first()
    if student is None:
        messages.info(request, _("Fill in your profile first; then open the link again and confirm."))
        return redirect("my_internships:profile")
    confirm_nomination(nomination=found, student=student, actor=user)
    messages.success(request, _("You have confirmed. Complete the application and submit it."))
    return redirect("my_internships:apply", found.position_id)
