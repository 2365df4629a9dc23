"""What a host says when it confirms a claim."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy


class ConfirmForm(forms.Form):
    """One tick, and a remark for the reviewers if there is one."""

    agree = forms.BooleanField(
        label=gettext_lazy("Attendance and appraisal are ours, and they are right"),
        error_messages={"required": gettext_lazy("Please confirm this.")},
    )
    opinion = forms.CharField(
        label=gettext_lazy("Remark for the reviewers"), max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    def __init__(self, *args: Any, is_bonus: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_bonus:
            self.fields["agree"].label = gettext_lazy("The person works for us under this contract")
