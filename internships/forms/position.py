"""What a host says about a position."""

import re
from datetime import date, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Fieldset, Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from bases.enums import BaseState
from bases.models import Base
from internships.enums import Discipline
from internships.models import Position
from internships.permissions import hosts_of
from talent.enums import StudyLevel
from wenxi_portal.accounts.models import User
from wenxi_portal.core.wording import word_list
from wenxi_portal.organisations.models import Organisation

MOST_MAJORS, LONGEST_MAJOR = 20, 40
_BETWEEN = re.compile(r"[、，,;；\n]+")

GROUPS = (
    (gettext_lazy("The work"), ("title", "sector", "work", "seats")),
    (gettext_lazy("Whom you look for"), ("levels", "disciplines", "majors", "wanted")),
    (gettext_lazy("When"), ("starts_on", "ends_on", "apply_until", "hours_a_day", "days_a_week")),
    (gettext_lazy("Where"), ("place", "address", "latitude", "longitude")),
    (gettext_lazy("What you offer"), ("lodging_offered", "meals_offered", "transport_offered", "benefits")),
    (gettext_lazy("Who answers for it"), ("host", "base", "lead_unit", "contact_office", "contact_phone")),
    (gettext_lazy("In English (may stay empty)"), ("title_en", "work_en")),
)


class MajorsField(forms.CharField):
    """Names of majors in one line, divided by commas, Chinese ones or others."""

    def prepare_value(self, value: Any) -> Any:
        """Return a list as one line."""
        return word_list(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:  # type: ignore[override]
        """Return the names, each once. Raises ``ValidationError`` for too many or too long ones."""
        names = [name.strip() for name in _BETWEEN.split(super().clean(value))]
        found = list(dict.fromkeys(name for name in names if name))
        if len(found) > MOST_MAJORS or any(len(name) > LONGEST_MAJOR for name in found):
            raise forms.ValidationError(
                _("At most %(most)d majors of at most %(longest)d characters each.")
                % {"most": MOST_MAJORS, "longest": LONGEST_MAJOR}
            )
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare as one line."""
        return super().has_changed(self.prepare_value(initial), data)


class PositionForm(forms.ModelForm):  # type: ignore[type-arg]
    """A position as its host enters it. A draft may lack the description and the place."""

    levels = forms.MultipleChoiceField(
        label=gettext_lazy("levels"),
        choices=StudyLevel,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: every level is welcome."),
    )
    disciplines = forms.MultipleChoiceField(
        label=gettext_lazy("fields of study"),
        choices=Discipline,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: every field is welcome."),
    )
    majors = MajorsField(
        label=gettext_lazy("majors"), required=False, help_text=gettext_lazy("Several names are separated by commas.")
    )
    expected_revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Position
        fields = tuple(name for _legend, names in GROUPS for name in names)
        widgets = {
            "work": forms.Textarea(attrs={"rows": 6}),
            "wanted": forms.Textarea(attrs={"rows": 3}),
            "work_en": forms.Textarea(attrs={"rows": 4}),
            **{
                name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
                for name in ("starts_on", "ends_on", "apply_until")
            },
        }
        help_texts = {
            "seats": gettext_lazy("How many students at the same time. Not fewer than have a seat already."),
            "benefits": gettext_lazy("For example: a wage, a subsidy for meals, a certificate."),
            "contact_phone": gettext_lazy("An office telephone: everybody can read it."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hosts = hosts_of(user)
        self.fields["host"].queryset = hosts  # type: ignore[attr-defined]
        self.fields["base"].queryset = Base.objects.filter(  # type: ignore[attr-defined]
            local_partner__in=hosts, state=BaseState.UNVEILED
        )
        units = Organisation.objects.lead_units().public().in_name_order()
        self.fields["lead_unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["base"].empty_label = pgettext_lazy("base", "none")  # type: ignore[attr-defined]
        for name in ("work", "place"):
            self.fields[name].required = False
        if self.instance.pk:
            self.initial["expected_revision"] = self.instance.revision
        else:
            self.initial = {**self.initial, **first_guess(user)}

    @property
    def helper(self) -> FormHelper:
        """How the fields are grouped."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(*(Fieldset(legend, *names) for legend, names in GROUPS), "expected_revision", HTML(""))
        return helper

    def clean(self) -> dict[str, Any]:
        """The days follow one another; what is said once more by the database is said here beside its field."""
        values = super().clean() or {}
        first, last, until = (values.get(name) for name in ("starts_on", "ends_on", "apply_until"))
        if first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first day."))
        if last and until and until > last:
            self.add_error("apply_until", _("Nobody applies after the work has ended: choose an earlier day."))
        return values

    def validate_constraints(self) -> None:
        """Leave the constraints to the service, which knows of forms sent twice."""


def first_guess(user: User) -> dict[str, Any]:
    """Return what a new form is filled with: the next but one month, and what the host said the last time."""
    today = timezone.localdate()
    first = _months_later(today, 2)
    guess: dict[str, Any] = {
        "starts_on": first,
        "ends_on": _months_later(first, 2) - timedelta(days=1),
        "apply_until": first - timedelta(days=10),
    }
    latest = Position.objects.of_hosts(user).order_by("-pk").first()
    if latest is None:
        hosts = list(hosts_of(user)[:1])
        return {**guess, "host": hosts[0].pk} if hosts else guess
    kept = ("host_id", "lead_unit_id", "sector", "place", "address", "latitude", "longitude", "contact_office")
    guess |= {name.removesuffix("_id"): getattr(latest, name) for name in (*kept, "contact_phone", "base_id")}
    return guess


def _months_later(day: date, months: int) -> date:
    """Return the first day of the month so many months later."""
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)
