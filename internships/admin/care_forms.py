"""Forms of the desks that look after those who come, in the admin's clothes."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from internships.enums import CareKind
from internships.models import Bed, Lodging, Placement
from internships.selectors.lodging import free_beds
from talent.enums import Sex
from wenxi_portal.accounts.models import User
from wenxi_portal.core.admin.saving import ServiceForm

ANYBODY = [("", _("anybody")), (Sex.FEMALE, Sex.FEMALE.label), (Sex.MALE, Sex.MALE.label)]


class HandOnForm(forms.Form):
    """Into whose hands a request goes."""

    owner = forms.ModelChoiceField(
        label=_("in the hands of"), queryset=User.objects.none(), widget=UnfoldAdminSelectWidget()
    )

    def __init__(self, *args: Any, holders: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = holders  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """An answer."""

    text = forms.CharField(
        label=pgettext_lazy("to a request", "answer"),
        max_length=3000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 6}),
    )


class WhyForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=_("reason"), max_length=500, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}))


class CareForm(forms.Form):
    """How somebody was looked after, today unless said otherwise."""

    kind = forms.ChoiceField(label=pgettext_lazy("of care", "kind"), choices=CareKind, widget=UnfoldAdminSelectWidget())
    on = forms.DateField(label=_("on"), initial=timezone.localdate, widget=UnfoldAdminSingleDateWidget())
    text = forms.CharField(
        label=_("what was said and done"), max_length=2000, widget=UnfoldAdminTextareaWidget(attrs={"rows": 4})
    )

    def clean_kind(self) -> CareKind:
        """The kind as the service takes it."""
        return CareKind(self.cleaned_data["kind"])


class BedsForm(forms.Form):
    """More beds in a room."""

    room = forms.CharField(label=_("room"), max_length=20, widget=UnfoldAdminTextInputWidget())
    number = forms.IntegerField(
        label=_("number of beds"), min_value=1, max_value=200, initial=2, widget=UnfoldAdminIntegerFieldWidget()
    )
    sex = forms.ChoiceField(label=_("for"), choices=ANYBODY, required=False, widget=UnfoldAdminSelectWidget())


class GiveBedForm(forms.Form):
    """A bed for some nights: only beds that are free then and fit the student are offered."""

    starts_on = forms.DateField(label=_("first night"), widget=UnfoldAdminSingleDateWidget())
    ends_on = forms.DateField(label=_("last night"), widget=UnfoldAdminSingleDateWidget())
    bed = forms.ModelChoiceField(label=_("bed"), queryset=Bed.objects.none(), widget=UnfoldAdminSelectWidget())

    def __init__(self, *args: Any, stay: Placement, houses: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, last = max(stay.starts_on, timezone.localdate()), stay.ends_on
        self.initial |= {"starts_on": min(first, last), "ends_on": last}
        nights = [self._day("starts_on", self.initial["starts_on"]), self._day("ends_on", last)]
        free = free_beds(nights[0], nights[1], sex=stay.student.sex).filter(lodging__in=houses)
        choice: Any = self.fields["bed"]
        choice.queryset, choice.label_from_instance = free, bed_words
        if not free:
            choice.help_text = _("No bed is free for this student in these nights.")

    def _day(self, name: str, usual: Any) -> Any:
        if not self.is_bound:
            return usual
        try:
            return self.fields[name].clean(self.data.get(self.add_prefix(name)))
        except forms.ValidationError:
            return usual


class LastNightForm(forms.Form):
    """Until when somebody keeps a bed."""

    last_night = forms.DateField(
        label=_("last night"),
        initial=lambda: timezone.localdate() - timedelta(days=1),
        help_text=_("A day before the first night gives the bed back wholly."),
        widget=UnfoldAdminSingleDateWidget(),
    )


class PassengerForm(forms.Form):
    """Who gets a seat."""

    placement = forms.ModelChoiceField(
        label=_("student"), queryset=Placement.objects.none(), widget=UnfoldAdminSelectWidget()
    )

    def __init__(self, *args: Any, stays: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["placement"].queryset = stays  # type: ignore[attr-defined]


class LodgingForm(ServiceForm):
    """A house."""

    class Meta:
        model = Lodging
        fields = ("name", "owner_unit", "address", "office_phone", "keeper", "is_open", "house_rules")


def bed_words(bed: Bed) -> str:
    """Return house, room and bed, and for whom the room is."""
    sex = f" ({bed.get_sex_display()})" if bed.sex else ""
    return f"{bed.lodging} {bed}{sex}"
