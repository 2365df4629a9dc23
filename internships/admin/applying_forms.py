"""Forms of the pages on which officers decide in place of a host, and look into a profile."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from internships.enums import ApplicationState
from internships.forms.deciding import DECISION_WORDS


class OfficerDecisionForm(forms.Form):
    """A decision with its reason; for an offer the last day on which it can be answered."""

    decision = forms.ChoiceField(label=_("Decision"), widget=UnfoldAdminSelectWidget)
    reason = forms.CharField(
        label=_("Reason or remark"),
        max_length=500,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("Why you decide in place of the host. The student reads it."),
    )
    until = forms.DateField(
        label=_("The offer holds until the end of"),
        required=False,
        widget=UnfoldAdminSingleDateWidget,
        help_text=_("Only for an offer. Left empty, the usual number of days."),
    )

    def __init__(self, *args: Any, choices: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["decision"]
        field.choices = [(state, DECISION_WORDS[ApplicationState(state)]) for state in choices]
        field.widget.choices = field.choices

    def clean(self) -> dict[str, Any]:
        """The deadline as a moment: the end of its day, China Standard Time."""
        values = super().clean() or {}
        until = values.pop("until", None)
        if until and values.get("decision") == ApplicationState.OFFERED:
            values["until"] = datetime.combine(until, time(23, 59, 59), tzinfo=timezone.get_default_timezone())
        return values


class WhyForm(forms.Form):
    """A reason that stays with the record."""

    reason = forms.CharField(label=_("reason"), max_length=500, widget=UnfoldAdminTextInputWidget, required=True)


class RevealForm(forms.Form):
    """What is to be shown, and what for."""

    fields_shown = forms.MultipleChoiceField(
        label=_("What is to be shown"),
        choices=[
            ("id_number", _("ID number")),
            ("mobile", _("mobile")),
            ("email", _("e-mail")),
            ("emergency_mobile", _("mobile of the emergency contact")),
            ("enrolment_code", _("check code of the student register")),
        ],
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )
    reason = forms.CharField(label=_("What you need it for"), max_length=200, widget=UnfoldAdminTextInputWidget)
