"""What one writes on an application, and what one uploads."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships.enums import StudentPaperKind
from internships.forms.fields import DayField, plain_text
from internships.models import Application, Student, StudentPaper
from internships.services.application import Answers
from wenxi_portal.core.wording import labelled


class ApplyForm(forms.Form):
    """Short, so that applying takes less than two minutes: everything else stands in the profile."""

    letter = forms.CharField(
        label=gettext_lazy("Why this position"),
        max_length=1500,
        widget=plain_text(5),
        help_text=gettext_lazy("A few sentences are enough: what you can do, what you would like to learn."),
    )
    available_from = DayField(label=gettext_lazy("You can come from"), required=False)
    available_until = DayField(label=gettext_lazy("You can stay until"), required=False)
    wants_lodging = forms.BooleanField(label=gettext_lazy("I need lodging"), required=False)
    wants_transport = forms.BooleanField(label=gettext_lazy("I need transport"), required=False)
    papers = forms.ModelMultipleChoiceField(
        StudentPaper.objects.none(),
        label=gettext_lazy("Papers to send along"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("They are on file already; the host reads them after shortlisting you."),
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, student: Student, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["papers"]
        choices.queryset = student.papers.current().filter(replaced_by__isnull=True).order_by("kind", "-pk")
        choices.label_from_instance = lambda paper: labelled(paper.get_kind_display(), paper.title)
        if not choices.queryset.exists():
            del self.fields["papers"]

    def clean(self) -> dict[str, Any]:
        """Days in order and not in the past."""
        values = super().clean() or {}
        first, last = values.get("available_from"), values.get("available_until")
        if last and last < timezone.localdate():
            self.add_error("available_until", _("This day lies in the past."))
        elif first and last and last < first:
            self.add_error("available_until", _("The last day lies before the first day."))
        return values

    def answers(self, *, half_done: bool = False) -> Answers:
        """Return what can be kept: all of it, or (``half_done``) whatever is sound of it."""
        values: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if name != "revision"}
        if half_done and "letter" not in values:
            values["letter"] = str(self.data.get("letter", ""))[:1500]
        if half_done and values.keys() >= {"available_from", "available_until"}:
            first, last = values["available_from"], values["available_until"]
            if first and last and last < first:
                del values["available_from"], values["available_until"]
        if "papers" in values:
            values["papers"] = list(values["papers"])
        return Answers(**values)  # type: ignore[typeddict-item]


def initial_of(application: Application | None, student: Student) -> dict[str, Any]:
    """Return what stands on the form at first: the draft, or for a new one every paper on file."""
    if application is None:
        return {"papers": list(student.papers.current().values_list("pk", flat=True)), "revision": 0}
    names = ("letter", "available_from", "available_until", "wants_lodging", "wants_transport", "revision")
    return {name: getattr(application, name) for name in names} | {
        "papers": list(application.papers.values_list("pk", flat=True))
    }


class PaperForm(forms.Form):
    """One paper."""

    kind = forms.ChoiceField(label=gettext_lazy("Which paper is it?"), choices=StudentPaperKind.choices)
    upload = forms.FileField(
        label=gettext_lazy("File"), help_text=gettext_lazy("PDF, Word, JPEG or PNG, at most 20 MB.")
    )
    valid_until = DayField(
        label=gettext_lazy("Valid until"), required=False, help_text=gettext_lazy("If the paper says so.")
    )
