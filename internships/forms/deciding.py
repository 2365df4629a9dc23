"""What a host or an officer enters when deciding, and a university when nominating."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from internships.enums import ApplicationState
from internships.forms.fields import DayField, plain_text
from internships.models import Nomination, Position
from talent.enums import StudyLevel
from wenxi_portal.accounts.forms.fields import MobileField

S = ApplicationState
DECISION_WORDS = {
    S.SHORTLISTED: gettext_lazy("Shortlist"),
    S.OFFERED: gettext_lazy("Offer the place"),
    S.WAIT_LISTED: gettext_lazy("Put on the waiting list"),
    S.HANDED_BACK: gettext_lazy("Hand back"),
    S.REFUSED: pgettext_lazy("decide on an application", "Refuse"),
}
NEEDS_REASON = (S.HANDED_BACK, S.REFUSED)


class DecisionForm(forms.Form):
    """One decision. ``seen`` is the state the person had on screen."""

    decision = forms.ChoiceField(label=gettext_lazy("Decision"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Reason or remark"),
        max_length=500,
        required=False,
        widget=plain_text(3),
        help_text=gettext_lazy("The student reads it. Needed when you refuse or hand back."),
    )
    until = DayField(
        label=gettext_lazy("The offer holds until the end of"),
        required=False,
        help_text=gettext_lazy("Only for an offer. Left empty, the usual number of days."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["decision"]
        field.choices = [(state, DECISION_WORDS[S(state)]) for state in choices]
        if S.OFFERED not in choices:
            del self.fields["until"]

    def clean(self) -> dict[str, Any]:
        """Reasons where they are needed; days that lie ahead."""
        values = super().clean() or {}
        if values.get("decision") in NEEDS_REASON and not values.get("reason", "").strip():
            self.add_error("reason", _("Say why: the student reads it."))
        if values.get("until") and values["until"] < timezone.localdate():
            self.add_error("until", _("The deadline lies in the past. Choose a later one."))
        return values

    def more(self) -> dict[str, Any]:
        """Return what belongs to an offer alone: its deadline, the end of the chosen day (China Standard Time)."""
        until = self.cleaned_data.get("until")
        if self.cleaned_data["decision"] != S.OFFERED or not until:
            return {}
        return {"until": datetime.combine(until, time(23, 59, 59), tzinfo=timezone.get_default_timezone())}


class ContactReasonForm(forms.Form):
    """What somebody needs the number for."""

    reason = forms.CharField(label=gettext_lazy("What you need it for"), max_length=200)


class NominationForm(forms.ModelForm):  # type: ignore[type-arg]
    """One student for one position."""

    mobile = MobileField(label=gettext_lazy("Mobile number of the student"), required=False)
    answer_until = DayField(
        label=gettext_lazy("Answer until"),
        required=False,
        help_text=gettext_lazy("Left empty, the usual number of days."),
    )
    level = forms.ChoiceField(
        label=gettext_lazy("Level you are studying for"), choices=[("", "—"), *StudyLevel.choices], required=False
    )

    class Meta:
        model = Nomination
        fields = ("position", "name", "mobile", "email", "level", "major", "note", "answer_until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        positions: Any = self.fields["position"]
        positions.queryset = Position.objects.open().select_related("host").order_by("apply_until", "pk")
        positions.label_from_instance = lambda position: f"{position.title} · {position.host.name}"
        self.fields["level"].label = _("Level")

    def _post_clean(self) -> None:
        """Checked by the service, which also knows the university."""
        for name, value in self.cleaned_data.items():
            setattr(self.instance, name, value)


class SheetForm(forms.Form):
    """A sheet of nominations."""

    upload = forms.FileField(label=gettext_lazy("Excel or CSV file"))
