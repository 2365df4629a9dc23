"""Which sheet, and the file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminSelectWidget

from wenxi_portal.spreadsheets.sheet import Sheet

ACCEPTED = ".xlsx,.xls,.ods,.csv"


class UploadForm(forms.Form):
    """A file of one of the sheets that the person may bring in."""

    sheet = forms.ChoiceField(label=pgettext_lazy("import", "sheet"), widget=UnfoldAdminSelectWidget())
    upload = forms.FileField(
        label=_("file"),
        allow_empty_file=True,
        help_text=_(".xlsx, .xls, .ods or .csv. Title lines, other orders of columns and totals are understood."),
        widget=UnfoldAdminFileFieldWidget(attrs={"accept": ACCEPTED}),
    )

    def __init__(self, *args: Any, sheets: dict[str, Sheet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sheet"].choices = [(label, sheet.title) for label, sheet in sheets.items()]  # type: ignore[attr-defined]
