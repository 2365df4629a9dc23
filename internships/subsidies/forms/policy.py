"""The form of a policy's draft."""

from typing import Any

from django import forms
from django.forms.forms import DeclarativeFieldsMetaclass
from django.utils.translation import gettext_lazy
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from internships.subsidies.enums import PolicyPart, RequiredPaper
from internships.subsidies.forms.rules import field_at, rule_fields, to_data, to_values
from internships.subsidies.models import Policy
from internships.subsidies.rules import Rules, RulesError
from wenxi_portal.core.admin.saving import ServiceForm

RuleFields: Any = DeclarativeFieldsMetaclass("RuleFields", (forms.Form,), rule_fields())


class PolicyForm(ServiceForm, RuleFields):
    """Everything a policy says, in fields."""

    papers = forms.MultipleChoiceField(
        label=gettext_lazy("papers"),
        choices=RequiredPaper,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
    )
    published_parts = forms.MultipleChoiceField(
        label=gettext_lazy("parts that a published source names"),
        choices=PolicyPart,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=gettext_lazy("These are never marked as sample parameters."),
    )

    class Meta:
        model = Policy
        exclude = ("rules",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial.update(to_values(self.instance.rules))
        elif not self.initial.get("method"):
            self.initial["method"] = "whole_months"

    def _get_validation_exclusions(self) -> set[str]:
        """Let constraints know the state: some of them ask for it, and no form holds it."""
        excluded: set[str] = super()._get_validation_exclusions()
        return excluded - {"state"}

    def clean(self) -> dict[str, Any]:
        """Make the rules out of the fields; what makes no sense is said beside the field it stands in."""
        values = super().clean()
        if "rate_bachelor" not in self.fields:
            return values
        self.instance.rules = to_data(values)
        try:
            Rules.from_data(self.instance.rules)
        except RulesError as refusal:
            name = field_at(refusal.field)
            self.add_error(name if name in self.fields else None, refusal.problem)
        return values


class WhyForm(forms.Form):
    """Why: kept with the version for good."""

    reason = forms.CharField(
        label=gettext_lazy("reason"), max_length=500, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3})
    )


class RemarkForm(forms.Form):
    """A remark that may stay empty."""

    reason = forms.CharField(
        label=gettext_lazy("remark"),
        max_length=500,
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
    )


class TrialForm(forms.Form):
    """The year on whose stays a draft is tried."""

    year = forms.IntegerField(
        label=gettext_lazy("year"), min_value=2015, max_value=2100, widget=UnfoldAdminIntegerFieldWidget
    )


class TrialExportForm(TrialForm):
    """The same, with what the list is for."""

    year = forms.IntegerField(min_value=2015, max_value=2100, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("What the list is for"),
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
        error_messages={"required": gettext_lazy("Say what the list is for: it names people.")},
    )
