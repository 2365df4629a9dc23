"""Fields for what one signs in with."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wenxi_portal.core.validators import normalise_digits, validate_mobile


class MobileField(forms.CharField):
    """A mainland mobile number: full-width digits, blanks and dashes are forgiven."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"type": "tel", "inputmode": "tel", "autocomplete": "tel-national"}
        super().__init__(**{"label": _("Mobile number"), "widget": forms.TextInput(attrs=attrs), **kwargs})
        self.validators.append(validate_mobile)

    def to_python(self, value: Any) -> str:
        """Return the bare digits."""
        return normalise_digits(super().to_python(value))


class IdentifierField(forms.CharField):
    """An e-mail address or a mobile number."""

    def __init__(self, *, with_mobile: bool, **kwargs: Any) -> None:
        attrs = {
            "inputmode": "email",
            "autocomplete": "username",
            "autocapitalize": "none",
            "spellcheck": "false",
        }
        label = _("E-mail or mobile number") if with_mobile else _("E-mail")
        super().__init__(max_length=254, label=label, widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> str:
        """Return an address in small letters, or the bare digits of a number."""
        text = super().to_python(value)
        return text.lower() if "@" in text else normalise_digits(text)


class CodeField(forms.CharField):
    """Six digits from a message or an app."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "one-time-code", "spellcheck": "false"}
        widget = forms.TextInput(attrs=attrs)
        super().__init__(**{"max_length": 32, "label": _("Code"), "widget": widget, **kwargs})

    def to_python(self, value: Any) -> str:
        """Return the bare characters: codes are copied with blanks and dashes."""
        return normalise_digits(super().to_python(value))
