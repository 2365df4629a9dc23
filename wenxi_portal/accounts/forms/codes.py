"""Codes from messages and apps. A wrong one is told to whoever records failed sign-ins."""

from typing import Any

from allauth.account import forms as library
from allauth.core import context
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.signals import user_login_failed

from wenxi_portal.accounts.forms.fields import CodeField


class _AsksForCode(forms.Form):
    """Replaces the library's field by ours."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = CodeField()


class _TellsFailure(_AsksForCode):
    """Reports a wrong code as a failed sign-in, without what was typed."""

    def clean_code(self) -> str:
        """Check the code."""
        try:
            return super().clean_code()  # type: ignore[misc]
        except forms.ValidationError:
            user_login_failed.send(sender=type(self), credentials={}, request=context.request)
            raise


class ConfirmSignInCodeForm(_TellsFailure, library.ConfirmLoginCodeForm):
    """The code that signs in."""


class ConfirmEmailCodeForm(_AsksForCode, library.ConfirmEmailVerificationCodeForm):
    """The code that proves an e-mail address."""


class ConfirmMobileCodeForm(_AsksForCode, library.VerifyPhoneForm):
    """The code that proves a mobile number."""


class ConfirmPasswordResetCodeForm(_AsksForCode, library.ConfirmPasswordResetCodeForm):
    """The code that allows a new password."""


class SecondStepForm(_TellsFailure, second_factor.AuthenticateForm):
    """The second step of signing in."""


class SecondStepAgainForm(_TellsFailure, second_factor.ReauthenticateForm):
    """The second step before a change to the account."""


class ActivateAppForm(_AsksForCode, totp.ActivateTOTPForm):
    """The first code from a newly set up app."""
