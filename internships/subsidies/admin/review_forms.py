"""What the desk of reviews asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from internships.subsidies.enums import Duty
from internships.subsidies.selectors.queues import ReviewQueue
from talent.admin.dressed import DressedForm

PASS, HAND_BACK, REFUSE, AGREES, DIFFERS = "pass", "hand_back", "refuse", "agrees", "differs"


def decisions(queue: ReviewQueue) -> list[tuple[str, Any]]:
    """Return what may be decided in a queue, the usual decision first."""
    if queue.duty == Duty.RECHECK:
        return [(AGREES, _("It agrees")), (DIFFERS, _("It differs: review anew"))]
    if queue.duty is None:
        return []
    return [
        (PASS, _("Pass")),
        (HAND_BACK, pgettext_lazy("claim", "Hand back")),
        (REFUSE, pgettext_lazy("claim", "Refuse")),
    ]


class DecisionForm(DressedForm):
    """An opinion, and until when the student completes what is handed back. The button pressed is the decision."""

    opinion = forms.CharField(
        label=_("opinion"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stays with the record. Handing back and refusing need a reason, which the student reads."),
    )  # fmt: skip
    due_on = forms.DateField(label=_("to be completed until (when handed back)"), required=False)
    expected = forms.CharField(widget=forms.HiddenInput, required=False)


class RecheckForm(DecisionForm):
    """The opinion alone: a re-check hands nothing back."""

    due_on = None  # type: ignore[assignment]
    opinion = forms.CharField(
        label=_("opinion"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stays with the record."),
    )  # fmt: skip


class BulkForm(DressedForm):
    """The opinion for all that are ticked."""

    opinion = forms.CharField(label=_("opinion"), max_length=500, required=False)


class MatrixForm(DressedForm):
    """For which claims the matrix is."""

    since = forms.DateField(label=_("duties done from"), required=False)
    until = forms.DateField(label=_("duties done until"), required=False)
    words = forms.CharField(label=_("number of a claim, a payment batch or a notice"), max_length=40, required=False)
