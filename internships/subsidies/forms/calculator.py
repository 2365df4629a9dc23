"""What the calculator asks: no personal data, and nothing is kept."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships.forms.fields import DayField
from internships.subsidies.models import Policy
from talent.enums import StudyLevel

LONGEST = timedelta(days=3 * 366)


class CalculatorForm(forms.Form):
    """A level, the days of a stay, and how many days of each month one was there."""

    level = forms.ChoiceField(label=gettext_lazy("level being studied"), choices=StudyLevel)
    starts_on = DayField(label=gettext_lazy("first day"))
    ends_on = DayField(label=gettext_lazy("last day"))
    days_a_month = forms.DecimalField(
        label=gettext_lazy("days of attendance in each month"),
        required=False,
        min_value=0,
        max_value=31,
        decimal_places=1,
        help_text=gettext_lazy("Half days count one half. Empty: every working day."),
    )

    def __init__(self, *args: Any, policies: list[Policy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = {level for policy in policies for level in policy.rules.get("rates", {})}
        if levels:
            self.fields["level"].choices = [pair for pair in StudyLevel.choices if pair[0] in levels]  # type: ignore[attr-defined]

    def clean_days_a_month(self) -> Decimal | None:
        """Whole and half days only."""
        days: Decimal | None = self.cleaned_data["days_a_month"]
        if days is not None and days * 2 % 1:
            raise forms.ValidationError(_("Whole and half days only."))
        return days

    def clean(self) -> dict[str, Any]:
        """The last day follows the first, within three years."""
        values = super().clean() or {}
        first, last = values.get("starts_on"), values.get("ends_on")
        if isinstance(first, date) and isinstance(last, date):
            if last < first:
                self.add_error("ends_on", _("The last day lies before the first day."))
            elif last - first > LONGEST:
                self.add_error("ends_on", _("The calculator takes stays of up to three years."))
        return values
