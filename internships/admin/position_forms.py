"""Forms of the admin pages of positions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from internships.enums import Discipline
from internships.forms.position import MajorsField
from internships.models import Position
from internships.services.position import LATER
from talent.enums import StudyLevel
from wenxi_portal.core.admin.saving import ServiceForm


class PositionAdminForm(ServiceForm):
    """A position as the lead unit enters it for a host."""

    levels = forms.MultipleChoiceField(
        label=_("levels"),
        choices=StudyLevel,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("None chosen: every level is welcome."),
    )
    disciplines = forms.MultipleChoiceField(
        label=_("fields of study"),
        choices=Discipline,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("None chosen: every field is welcome."),
    )
    majors = MajorsField(
        label=_("majors"),
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Several names are separated by commas."),
    )

    class Meta:
        model = Position
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in LATER:
            if name in self.fields:
                self.fields[name].required = False


class ReasonForm(forms.Form):
    """Why: kept with the record for good, and told to the host."""

    reason = forms.CharField(
        label=_("reason"),
        max_length=500,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("Stays with the record for good, and the host reads it."),
    )


class RemarkForm(forms.Form):
    """A word that may stay empty."""

    reason = forms.CharField(
        label=_("remark"), max_length=500, required=False, widget=UnfoldAdminTextareaWidget(attrs={"rows": 2})
    )
