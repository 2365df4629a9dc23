"""What somebody fills in who objects to a line of a notice, or looks an answer up."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ObjectionForm(forms.Form):
    """An objection; who it is may stay unsaid."""

    text = forms.CharField(
        label=_("What is wrong with this line, and how do you know?"), max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("The office reads this; it is not published."),
    )  # fmt: skip
    name = forms.CharField(label=_("Your name (may be left out)"), max_length=60, required=False)
    contact = forms.CharField(
        label=_("Telephone or e-mail (may be left out)"), max_length=100, required=False,
        help_text=_("It lies sealed, is shown to nobody concerned, and helps if the office has a question."),
    )  # fmt: skip


class ReferenceForm(forms.Form):
    """The reference somebody was given."""

    reference = forms.CharField(
        label=_("Reference"), max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )  # fmt: skip
