"""A native registers: short form, code, done."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from talent.enums import RegistrationState
from talent.forms import CodeForm, RegisterForm, consent_text
from talent.models import Registration
from talent.services.registration import begin_registration, confirm_registration
from wenxi_portal.accounts.services.emails import email_is_available
from wenxi_portal.accounts.services.sms import sms_is_available
from wenxi_portal.core.errors import DomainError

_KEY, _DONE = "talent_registration", "talent_registered"


@never_cache
@sensitive_post_parameters()
def register(request: HttpRequest) -> HttpResponse:
    """Ask, and send a code."""
    is_open = email_is_available() or sms_is_available()
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and is_open and form.is_valid():
        try:
            registration = begin_registration(registration=form.registration())
        except DomainError as refusal:
            form.add_error("contact", refusal.message)
        else:
            request.session[_KEY] = registration.pk
            request.session.pop(_DONE, None)
            return redirect("talent:register_code")
    context = {
        "form": form,
        "is_open": is_open,
        "consent_text": consent_text(),
        "crumbs": [(_("Register as native talent"), "")],
    }
    return render(request, "talent/register.html", context)


@never_cache
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the code, and put the registration into the queue."""
    registration = Registration.objects.filter(
        pk=request.session.get(_KEY, 0), state=RegistrationState.UNCONFIRMED
    ).first()
    if registration is None:
        if request.session.get(_DONE):
            return redirect("talent:register_done")
        messages.warning(request, _("This browser no longer knows your registration. Please fill in the form again."))
        return redirect("talent:register")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            confirm_registration(registration=registration, code=form.cleaned_data["code"])
        except DomainError as refusal:
            form.add_error("code", refusal.message)
        else:
            # Whoever taps twice is thanked twice, not sent back to an empty form.
            request.session.pop(_KEY, None)
            request.session[_DONE] = True
            return redirect("talent:register_done")
    context = {
        "form": form,
        "sent_to": registration.masked_contact,
        "crumbs": [(_("Register as native talent"), "")],
    }
    return render(request, "talent/register_code.html", context)


@never_cache
def done(request: HttpRequest) -> HttpResponse:
    """Say what happens next. Shows nobody's data."""
    return render(request, "talent/register_done.html", {"crumbs": [(_("Register as native talent"), "")]})
