"""Handing a claim in: proofs that are on file, the declaration, and the account where there is none yet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from internships.models import StudentPaper
from internships.subsidies.forms.account import AccountFields
from internships.subsidies.models import Claim
from internships.subsidies.selectors.papers import PROOFS, paper_title, usable_proofs

DECLARATION = gettext_lazy(
    "I was on post as the sheets say, I receive nothing else for the same days, and the account is my own."
)


class _HandIn(forms.Form):
    """What every claim is handed in with. ``seen`` is the computation that was on screen; no amount is ever posted."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    proofs = forms.ModelMultipleChoiceField(
        StudentPaper.objects.none(), label=gettext_lazy("Proofs that go with it"), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=gettext_lazy("They are on file already."),
    )  # fmt: skip
    declared = forms.BooleanField(label=DECLARATION, error_messages={"required": gettext_lazy("Please confirm this.")})

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        initial = {"seen": claim.computation, **(kwargs.pop("initial", None) or {})}
        super().__init__(*args, initial=initial, **kwargs)
        kinds = [PROOFS[paper] for paper in PROOFS if paper in claim.policy.papers]
        choices: Any = self.fields["proofs"]
        choices.queryset = usable_proofs(claim).filter(kind__in=kinds)
        choices.label_from_instance = paper_title
        choices.initial = [paper.pk for paper in choices.queryset]
        if not choices.initial:
            del self.fields["proofs"]


class HandInForm(_HandIn):
    """For who has an account on file."""

    def __init__(self, *args: Any, student: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class HandInWithAccountForm(_HandIn, AccountFields):
    """For who has none: entered on the same page."""

    field_order = (
        "seen",
        "holder",
        "card",
        "card_again",
        "is_odd_right",
        "bank",
        "branch",
        "kept_card",
        "proofs",
        "declared",
    )
