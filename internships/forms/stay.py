"""What students and hosts fill in about a stay."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from internships.enums import DayMark, Grade
from internships.models import Appraisal, Feedback
from internships.selectors.attendance import SIGNS, Day

_FIVE = [(number, str(number)) for number in range(5, 0, -1)]


def _text(label: Any, most: int, rows: int = 4, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class ObjectionForm(forms.Form):
    """What is wrong with a sheet."""

    text = _text(gettext_lazy("Which day is wrong, and what was it?"), 500)


class AnswerForm(forms.Form):
    """The answer to an objection."""

    verdict = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=[
            ("upheld", gettext_lazy("The student is right: I correct the sheet")),
            ("rejected", gettext_lazy("The sheet stands")),
        ],
        widget=forms.RadioSelect,
    )
    answer = _text(gettext_lazy("Why"), 500)


class ReasonForm(forms.Form):
    """A reason that stays with the record."""

    reason = _text(gettext_lazy("Why it is corrected"), 300, 2)


class NoteForm(forms.Form):
    """A note on one week."""

    week = forms.DateField(
        label=gettext_lazy("A day of the week"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    text = _text(gettext_lazy("What you did and learnt"), 3000, 6)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["week"].initial = timezone.localdate


class ReplyForm(forms.Form):
    """The host's reply to a note."""

    reply = _text(gettext_lazy("Your reply"), 1000, 3)


class SignerForm(forms.Form):
    """Who confirms."""

    signer = forms.CharField(
        label=gettext_lazy("Your name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    agree = forms.BooleanField(label=gettext_lazy("I have read the agreement and confirm it for my party"))


class AppraisalForm(forms.ModelForm):  # type: ignore[type-arg]
    """The host's verdict."""

    grade = forms.ChoiceField(label=gettext_lazy("verdict"), choices=Grade, widget=forms.RadioSelect)
    diligence = forms.TypedChoiceField(label=gettext_lazy("diligence (5 is best)"), choices=_FIVE, coerce=int)
    skill = forms.TypedChoiceField(label=gettext_lazy("professional skill (5 is best)"), choices=_FIVE, coerce=int)
    teamwork = forms.TypedChoiceField(label=gettext_lazy("teamwork (5 is best)"), choices=_FIVE, coerce=int)
    text = _text(gettext_lazy("opinion of the host"), 2000, 5)

    class Meta:
        model = Appraisal
        fields = ("grade", "diligence", "skill", "teamwork", "text")


class FeedbackForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the student says."""

    work = forms.TypedChoiceField(label=gettext_lazy("work (5 is best)"), choices=_FIVE, coerce=int)
    guidance = forms.TypedChoiceField(
        label=gettext_lazy("guidance by the mentor (5 is best)"), choices=_FIVE, coerce=int
    )
    living = forms.TypedChoiceField(label=gettext_lazy("lodging and meals (5 is best)"), choices=_FIVE, coerce=int)
    text = _text(gettext_lazy("what should be better"), 2000, 4, required=False)

    class Meta:
        model = Feedback
        fields = ("work", "guidance", "living", "would_return", "text")
        labels = {"would_return": gettext_lazy("I would come again")}


class SheetForm(forms.Form):
    """One month of one student: a choice for each day of the stay."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, days: list[Day], note: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        marks = [(mark.value, f"{SIGNS[mark]} {mark.label}") for mark in DayMark]
        for day in days:
            if day.mark:
                self.fields[f"day_{day.on.day}"] = forms.ChoiceField(
                    label=str(day.on.day), choices=marks, initial=day.mark
                )
        self.fields["note"] = forms.CharField(label=gettext_lazy("note"), max_length=300, required=False, initial=note)

    @property
    def marks(self) -> dict[str, str]:
        """The checked marks by day of the month."""
        return {name[4:]: mark for name, mark in self.cleaned_data.items() if name.startswith("day_")}


class CodeForm(forms.Form):
    """The check code of a certificate, however it was typed."""

    code = forms.CharField(
        label=gettext_lazy("Check code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
        help_text=gettext_lazy("16 letters and digits; dashes and blanks do not matter."),
    )


class SheetUploadForm(forms.Form):
    """A filled-in attendance workbook."""

    upload = forms.FileField(label=gettext_lazy("Workbook (.xlsx, .xls)"))
