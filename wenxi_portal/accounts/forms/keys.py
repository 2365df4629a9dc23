"""Names of security keys."""

from typing import Any

from allauth.mfa.webauthn import forms as library
from django import forms
from django.utils.translation import gettext_lazy as _


class _Named(forms.Form):
    """Says in our words what the name is for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")
        self.fields["name"].max_length = 60
        self.fields["name"].widget.attrs |= {"autocomplete": "off", "maxlength": "60"}


class AddKeyForm(_Named, library.AddWebAuthnForm):
    """A new key."""


class EditKeyForm(_Named, library.EditWebAuthnForm):
    """Another name for a key."""
