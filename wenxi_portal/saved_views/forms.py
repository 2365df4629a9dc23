"""What somebody says about a view."""

from typing import Any

from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from wenxi_portal.organisations.models import Organisation
from wenxi_portal.saved_views.selectors.views import units_of


class KeepForm(forms.Form):
    """Keep the list on screen under a name."""

    name = forms.CharField(label=_("name"), max_length=60)
    shared_with = forms.ModelChoiceField(label=_("shared with"), queryset=Organisation.objects.none(), required=False)
    tells = forms.BooleanField(label=_("tells me of new rows"), required=False)

    def __init__(self, *args: Any, user: AbstractBaseUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shared_with"].queryset = units_of(user)  # type: ignore[attr-defined]
