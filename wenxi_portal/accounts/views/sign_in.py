"""Coming in."""

from typing import Any

from allauth.account.views import ConfirmLoginCodeView, LoginView, SignupView
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _

from wenxi_portal.accounts.forms.sign_in import CodeSignInForm, PasswordSignInForm
from wenxi_portal.accounts.services.emails import email_is_available
from wenxi_portal.accounts.services.sms import sms_is_available


class _KnowsChannels:
    """Tells the page which ways in there are, so that it offers no other."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the ways."""
        by_email, by_sms = email_is_available(), sms_is_available()
        ways = {"by_email": by_email, "by_sms": by_sms, "codes_can_be_sent": by_email or by_sms}
        return super().get_context_data(**kwargs) | ways  # type: ignore[misc]


class CodeSignInView(_KnowsChannels, LoginView):
    """Sign in with a code."""

    form_class = CodeSignInForm
    template_name = "account/login.html"


class PasswordSignInView(_KnowsChannels, LoginView):
    """Sign in with a password."""

    form_class = PasswordSignInForm
    template_name = "account/password_login.html"

    def get_form_class(self) -> type[PasswordSignInForm]:
        """Not the form the settings name for the way by code."""
        return PasswordSignInForm


class SignUpView(_KnowsChannels, SignupView):
    """Make a first account."""


class ConfirmCodeView(ConfirmLoginCodeView):
    """Enter the code. When time or session has run out, say so instead of only starting anew."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer, with a word of explanation on the way back to the start."""
        response = super().dispatch(request, *args, **kwargs)
        starts = {resolve_url("account_login"), resolve_url("account_request_login_code")}
        is_sent_back = response.get("Location", "") in starts
        if is_sent_back and not messages.get_messages(request).added_new:
            messages.info(request, _("The time for this code is over. Ask for a new one."))
        return response
