"""Passwords: chosen, changed, forgotten."""

from typing import Any

from allauth.account import forms as library
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from wenxi_portal.accounts.forms.fields import IdentifierField
from wenxi_portal.accounts.models import User


def _rules() -> str:
    return " ".join(password_validators_help_texts())


rules = lazy(_rules, str)


def _plain(form: forms.Form) -> None:
    """Words instead of placeholders: a placeholder vanishes when one needs it. The rules as text, not as a list."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    if "password1" in form.fields:
        form.fields["password1"].help_text = rules()


class ChangePasswordForm(library.ChangePasswordForm):
    """A new password for the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)
        self.fields["oldpassword"].help_text = ""


class SetPasswordForm(library.SetPasswordForm):
    """A password for an account that signed in by code so far."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class ResetPasswordForm(library.ResetPasswordForm):
    """Where to send the code for a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)
        self.fields["email"].label = _("E-mail")


class ResetPasswordKeyForm(library.ResetPasswordKeyForm):
    """A new password after the code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class ReauthenticateForm(library.ReauthenticateForm):
    """The password once more before a change to the account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)
        self.fields["password"].help_text = ""


class AddEmailForm(library.AddEmailForm):
    """A new e-mail address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)
        self.fields["email"].label = _("New e-mail address")


class InvitationForm(forms.Form):
    """The first password of an invited person."""

    # Lets a password manager file the password under the right name.
    email = IdentifierField(with_mobile=False, disabled=True)
    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=256,
        help_text=rules(),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Password once more"),
        strip=False,
        max_length=256,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        self.initial["email"] = user.email

    def clean_password1(self) -> str:
        """Refuse a weak password."""
        validate_password(self.cleaned_data["password1"], self.user)
        return self.cleaned_data["password1"]

    def clean(self) -> dict[str, Any]:
        """Refuse two different passwords."""
        given = super().clean() or self.cleaned_data
        if {"password1", "password2"} <= given.keys() and given["password1"] != given["password2"]:
            self.add_error("password2", _("The two passwords differ."))
        return given
