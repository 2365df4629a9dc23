"""Keeping a search of the list of positions."""

from django import forms
from django.utils.translation import gettext_lazy as _


class KeepSearchForm(forms.Form):
    """The name under which the search stands among one's own."""

    name = forms.CharField(
        label=_("Name of the search"), max_length=60, help_text=_("You find it under this name among your searches.")
    )
