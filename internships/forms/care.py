"""What those who come fill in: requests for support and at the window, and how content they are."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from internships.enums import Satisfaction, SupportKind
from internships.models import ServiceRequest, SupportRequest
from internships.services.cases import MOST_PAPERS
from wenxi_portal.accounts.forms.fields import MobileField

ACCEPTED = ".pdf,.docx,.xlsx,.jpg,.jpeg,.png"


class SeveralFiles(forms.ClearableFileInput):
    """A file field that takes several files."""

    allow_multiple_selected = True


class PapersField(forms.FileField):
    """Several papers at once; what they are is told from their content when they are kept."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": SeveralFiles(attrs={"accept": ACCEPTED}), **kwargs})

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:  # type: ignore[override]
        """Return the files, of which there may be none where none is required."""
        files = list(data) if isinstance(data, (list, tuple)) else [data] if data else []
        if not files:
            super().clean(None, initial)
        if len(files) > MOST_PAPERS:
            raise forms.ValidationError(_("At most 10 papers at once."), code="many")
        return [super(PapersField, self).clean(file, initial) for file in files]


class SupportForm(forms.ModelForm):  # type: ignore[type-arg]
    """With what somebody needs help."""

    kind = forms.ChoiceField(label=_("What is it about?"), choices=SupportKind, widget=forms.RadioSelect)

    class Meta:
        model = SupportRequest
        fields = ("kind", "text", "is_urgent")
        labels = {"text": _("What do you need?"), "is_urgent": _("It is urgent: answer by the next working day")}
        help_texts = {"is_urgent": _("In danger, or when you are ill, call 110 or 120 first.")}
        widgets = {"text": forms.Textarea(attrs={"rows": 5})}


class AskWindowForm(forms.ModelForm):  # type: ignore[type-arg]
    """A request at the one window."""

    mobile = MobileField(
        label=_("Mobile number, when a call is easier"),
        required=False,
        help_text=_("Kept sealed; only the unit that keeps the window sees it."),
    )
    papers = PapersField(
        label=pgettext_lazy("handed in", "Papers"),
        required=False,
        help_text=_("PDF, Word (.docx), Excel (.xlsx), JPEG or PNG; several at once. More can follow later."),
    )

    class Meta:
        model = ServiceRequest
        fields = ("name", "mobile", "text")
        labels = {"text": _("What would you like to know or to have done?")}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "text": forms.Textarea(attrs={"rows": 5}),
        }


class MorePapersForm(forms.Form):
    """Papers that follow."""

    papers = PapersField(
        label=pgettext_lazy("handed in", "Papers"), help_text=_("PDF, Word (.docx), Excel (.xlsx), JPEG or PNG.")
    )


class RateForm(forms.Form):
    """How content somebody is, best first."""

    satisfaction = forms.TypedChoiceField(
        label=_("How content are you with the answer?"),
        choices=list(reversed(Satisfaction.choices)),
        coerce=lambda value: Satisfaction(int(value)),
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Anything else? (may stay empty)"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReopenForm(forms.Form):
    """What is still missing."""

    reason = forms.CharField(
        label=_("What is still missing?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
