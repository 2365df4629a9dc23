"""Coming in: by code, by password, for the first time."""

from typing import Any

from allauth.account import forms as library
from allauth.account.adapter import get_adapter
from allauth.account.app_settings import LoginMethod
from allauth.account.internal.flows.login import derive_login_method
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from wenxi_portal.accounts.forms.fields import IdentifierField


def _with_mobile() -> bool:
    return LoginMethod.PHONE in settings.ACCOUNT_LOGIN_METHODS


class CodeSignInForm(library.LoginForm):
    """Asks who one is; a code is sent there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = IdentifierField(with_mobile=_with_mobile())


class PasswordSignInForm(library.LoginForm):
    """Asks who one is and for the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = IdentifierField(with_mobile=_with_mobile())
        attrs = {"autocomplete": "current-password"}
        self.fields["password"] = forms.CharField(
            label=_("Password"), strip=False, max_length=256, widget=forms.PasswordInput(attrs=attrs)
        )
        self.order_fields(["login", "password"])

    def _setup_password_field(self) -> None:
        """Keep the password, which the library drops because new accounts are made without one."""

    def user_credentials(self) -> dict[str, Any]:
        """Return what to check; text that is neither address nor number is checked as an address, in vain."""
        login, password = self.cleaned_data["login"], self.cleaned_data["password"]
        method = derive_login_method(login)
        name = "phone" if method == LoginMethod.PHONE else "email"
        return {name: login, "password": password}

    def _clean_with_password(self, credentials: dict[str, Any]) -> dict[str, Any]:
        if "phone" not in credentials and derive_login_method(credentials["email"]) != LoginMethod.EMAIL:
            raise get_adapter().validation_error("invalid_login")
        return super()._clean_with_password(credentials)


class SignUpForm(library.SignupForm):
    """A first account: a name, and an e-mail address or a mobile number that a code is sent to. It gives no role."""

    name = forms.CharField(label=_("Your name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    field_order = ["name", "login"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("email", None)
        self.fields.pop("phone", None)
        self.fields["login"] = IdentifierField(with_mobile=_with_mobile())

    def clean(self) -> dict[str, Any]:
        """Sort the identifier into e-mail or mobile, and look whether it is taken."""
        self._sort_identifier(self.cleaned_data.get("login", ""))
        return super().clean()

    def _sort_identifier(self, login: str) -> None:
        method = derive_login_method(login) if login else None
        if method == LoginMethod.PHONE and _with_mobile():
            self.cleaned_data["phone"] = login
        elif method == LoginMethod.EMAIL and "@" in login:
            self.cleaned_data["email"] = self.validate_unique_email(login)
        elif login:
            self.add_error("login", get_adapter().validation_error("invalid_login"))
