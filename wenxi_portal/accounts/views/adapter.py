"""Where the sign-in library meets our accounts: sealed mobile numbers, our words, our limits."""

import time
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenxi_portal.accounts.forms.fields import MobileField
from wenxi_portal.accounts.models import User
from wenxi_portal.accounts.permissions import can_sign_in
from wenxi_portal.accounts.services.emails import email_is_available
from wenxi_portal.accounts.services.mobiles import put_mobile
from wenxi_portal.accounts.services.sms import send_text, sms_is_available
from wenxi_portal.core.validators import normalise_digits

SIGNED_IN_AT = "accounts_signed_in_at"
FRESH_SECONDS = 600

STAGES = {
    "allauth.account.stages.EmailVerificationStage": "wenxi_portal.accounts.views.stages.EmailVerificationStage",
}


class PortalAccountAdapter(DefaultAccountAdapter):
    """The library asks, our accounts answer."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "invalid_login": gettext_lazy("Enter an e-mail address, or a mobile number of 11 digits."),
        "email_password_mismatch": gettext_lazy("E-mail address and password do not belong together."),
        "phone_password_mismatch": gettext_lazy("Mobile number and password do not belong together."),
        "incorrect_code": gettext_lazy("This code is not right. Look again at the newest message."),
        "too_many_login_attempts": gettext_lazy("Too many attempts. Ask for a new code, or try again in 15 minutes."),
        "rate_limited": gettext_lazy("That was too quick. Wait a moment, then try again."),
        "locked": gettext_lazy("Five wrong passwords: the account is locked. Try again in 15 minutes."),
        "email_taken": gettext_lazy("There is already an account with this e-mail address."),
        "phone_taken": gettext_lazy("There is already an account with this mobile number."),
        "same_as_current": gettext_lazy("This is what is already on file."),
        "enter_current_password": gettext_lazy("This is not your current password."),
        "incorrect_password": gettext_lazy("This is not your password."),
    }

    # Coming in

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """A new account needs a code, and a code needs a way to be sent."""
        return email_is_available() or sms_is_available()

    def get_login_stages(self) -> list[str]:
        """Return the stations on the way in, ours in place of the library's."""
        return [STAGES.get(path, path) for path in super().get_login_stages()]

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Turn away closed accounts, and demo accounts outside the demo."""
        if not can_sign_in(user):
            user.is_active = False
        return super().pre_login(request, user, **kwargs)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign in, and remember when: for ten minutes nobody is asked for the password again."""
        super().login(request, user)
        request.session[SIGNED_IN_AT] = time.time()

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Ask for the password again before changes to the second factor, unless it has just been given."""
        signed_in_at = self.request.session.get(SIGNED_IN_AT, 0)
        if time.time() - signed_in_at < FRESH_SECONDS:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Lock the account after five wrong passwords, and say for how long."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            raise self.validation_error("locked") from None

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # The library counts by e-mail only, so that all mobile numbers together would be one account.
        names = (credentials.get(name) for name in ("email", "phone", "username"))
        return super()._get_login_attempts_cache_key(request, email=next(filter(None, names), ""))

    # New accounts

    def save_user(self, request: HttpRequest, user: Any, form: BaseForm, commit: bool = True) -> Any:  # noqa: ARG002
        """Write the new account, e-mail or mobile in one step: the database wants one of the two. It has no role."""
        user.email = form.cleaned_data.get("email") or None
        user.mobile = form.cleaned_data.get("phone") or ""
        user.name = form.cleaned_data.get("name") or ""
        user.set_unusable_password()
        if commit:
            user.save()
        return user

    # Mobile numbers

    def phone_form_field(self, **kwargs: Any) -> MobileField:
        """Return the field for a mobile number."""
        return MobileField(**kwargs)

    def get_phone(self, user: Any) -> tuple[str, bool] | None:
        """Return the mobile number and whether it is verified."""
        return (user.mobile, user.mobile_verified) if user.mobile else None

    def set_phone(self, user: Any, phone: str, verified: bool) -> None:
        """Keep the mobile number, sealed."""
        put_mobile(user=user, mobile=phone, verified=verified)

    def set_phone_verified(self, user: Any, phone: str) -> None:
        """Keep that the person reads messages at this number."""
        self.set_phone(user, phone, True)

    def get_user_by_phone(self, phone: str) -> User | None:
        """Find the account by the keyed index."""
        return User.objects.with_mobile(normalise_digits(phone)).first() if phone else None

    # Messages

    def send_verification_code_sms(self, user: Any, phone: str, code: str, **kwargs: Any) -> None:  # noqa: ARG002
        """Send a code by text message."""
        self._send_text(phone, _("Your code is %(code)s, valid for 10 minutes. Tell it to nobody.") % {"code": code})

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:  # noqa: ARG002
        """Tell somebody who asked for a code that there is no account yet."""
        self._send_text(phone, _("There is no account with this number yet. You can create one on the portal."))

    def send_account_already_exists_sms(self, phone: str) -> None:
        """Tell somebody who wanted a new account that there is one."""
        self._send_text(phone, _("There is already an account with this number. Sign in with a code."))

    def _send_text(self, phone: str, text: str) -> None:
        signature = _("[%(site)s]") % {"site": settings.PORTAL_SITE_NAME}
        try:
            send_text(mobile=phone, text=f"{signature}{text}")
        except OSError:
            raise self._not_sent() from None

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter; when the mail server fails, say so on the page instead of breaking it."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError):
            raise self._not_sent() from None

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Tell the owner of a change to the account. Without a working mail server the change holds all the same."""
        if email_is_available():
            try:
                super().send_notification_mail(*args, **kwargs)
            except ImmediateHttpResponse:
                return

    def format_email_subject(self, subject: str) -> str:
        """Begin every subject with the portal's name."""
        return f"[{settings.PORTAL_SITE_NAME}] {subject}"

    def _not_sent(self) -> ImmediateHttpResponse:
        text = _("The message could not be sent just now. Try again later, or sign in with your password.")
        messages.error(self.request, text)
        return ImmediateHttpResponse(HttpResponseRedirect(reverse("account_password_login")))
