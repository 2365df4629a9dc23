"""What is asked when a notice is put together, cancelled, or an objection answered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from internships.subsidies.enums import NoticeObjectionState
from talent.admin.dressed import DressedForm


class DraftForm(DressedForm):
    """Title, text and contact of a notice. Which claims stand on it is ticked below."""

    title = forms.CharField(label=_("title"), max_length=120)
    introduction = forms.CharField(
        label=pgettext_lazy("of a notice", "text above the list"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    contact = forms.CharField(
        label=_("where to object"), max_length=200, required=False,
        help_text=_("Office and office telephone. Personal mobiles and addresses are refused."),
    )  # fmt: skip
    working_days = forms.IntegerField(
        label=_("working days"), min_value=1, max_value=60, required=False,
        help_text=_("Empty: as many as the policies ask for."),
    )  # fmt: skip


class ReasonForm(DressedForm):
    """Why."""

    reason = forms.CharField(
        label=_("reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stays with the record."),
    )  # fmt: skip


class AnswerObjectionForm(DressedForm):
    """Whether an objection is upheld, what becomes of the line, and why."""

    verdict = forms.ChoiceField(
        label=pgettext_lazy("objection to a notice", "verdict"),
        choices=[
            (NoticeObjectionState.REJECTED.value, NoticeObjectionState.REJECTED.label),
            (NoticeObjectionState.UPHELD.value, NoticeObjectionState.UPHELD.label),
        ],
    )
    then = forms.ChoiceField(
        label=_("if upheld"), required=False,
        choices=[
            ("", "—"),
            ("recompute", _("back to the student, worked out anew")),
            ("review", _("reviewed anew")),
            ("refuse", _("refused")),
        ],
    )  # fmt: skip
    answer = forms.CharField(
        label=_("answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Whoever has the reference reads it: no ID number, mobile, card or address."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask what becomes of the line when the objection is upheld."""
        values = super().clean() or {}
        if values.get("verdict") == NoticeObjectionState.UPHELD and not values.get("then"):
            self.add_error("then", _("Say what becomes of the line."))
        return values
