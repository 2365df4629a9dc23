"""What the deeds on a claim ask, in the admin's clothes."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextareaWidget,
    UnfoldBooleanWidget,
)

from internships.models import StudentPaper
from internships.subsidies.models import Claim, ClaimFlag, Milestone
from internships.subsidies.selectors.papers import MILESTONE_PROOFS, paper_title


class ClaimForm(forms.Form):
    """A form about one claim; asks nothing by itself."""

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.claim = claim


class ReasonForm(ClaimForm):
    """Why."""

    reason = forms.CharField(label=_("reason"), max_length=500, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}))


class UntilForm(ReasonForm):
    """Why, and until when."""

    due_on = forms.DateField(label=_("until"), widget=UnfoldAdminSingleDateWidget())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = timezone.localdate() + timedelta(days=settings.SUBSIDY_HAND_BACK_DAYS)


class SettleForm(ReasonForm):
    """Which finding, and why the claim may go on."""

    flag = forms.ModelChoiceField(ClaimFlag.objects.none(), label=_("finding"), widget=UnfoldAdminSelectWidget())
    field_order = ("flag", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields["flag"]
        choices.queryset = self.claim.flags.filter(cleared_at__isnull=True)
        choices.label_from_instance = lambda flag: f"{flag.get_kind_display()} {flag.detail}".strip()
        choices.initial = choices.queryset.first()


class DemandForm(ReasonForm):
    """Why, and whether all of it is asked back. The amount is worked out."""

    is_whole = forms.BooleanField(
        label=_("ask the whole amount back, not only what was paid too much"), required=False,
        widget=UnfoldBooleanWidget(),
    )  # fmt: skip


class MilestoneForm(forms.Form):
    """The proof, and the day."""

    proof = forms.ModelChoiceField(StudentPaper.objects.none(), label=_("proof"), widget=UnfoldAdminSelectWidget())
    reached_on = forms.DateField(label=_("reached on"), widget=UnfoldAdminSingleDateWidget())

    def __init__(self, *args: Any, milestone: Milestone, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = StudentPaper.objects.filter(student=milestone.placement.student, kind=MILESTONE_PROOFS[milestone.kind])  # type: ignore[index]
        choices: Any = self.fields["proof"]
        choices.queryset = own.filter(replaced_by__isnull=True).order_by("-pk")
        choices.label_from_instance = paper_title
        choices.initial = choices.queryset.first()
        self.fields["reached_on"].initial = milestone.due_on


class MissedForm(forms.Form):
    """Why a milestone was not reached."""

    reason = forms.CharField(label=_("reason"), max_length=300, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}))
