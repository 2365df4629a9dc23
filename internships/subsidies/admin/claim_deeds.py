"""The deeds on a claim as buttons: each asks what it needs on a page of its own and hands it to a service."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from unfold.decorators import action

from internships.subsidies.admin import claim_forms as forms
from internships.subsidies.enums import (
    AFTER_FIRST_REVIEW,
    CLAIM_TRANSITIONS,
    ENDED_WITHOUT_PAY,
    OPEN_TO_RECOMPUTING,
    WITH_STUDENT,
    ClaimState,
)
from internships.subsidies.models import Claim
from internships.subsidies.services.again import prepare_again
from internships.subsidies.services.claim import extend_due, hand_back, refuse
from internships.subsidies.services.computing import compute_claim
from internships.subsidies.services.demand import demand_recovery
from internships.subsidies.services.difference import claim_difference
from internships.subsidies.services.findings import settle_finding
from wenxi_portal.core.admin.moves import Deed

C = ClaimState
PAID = (C.PAID, C.ARCHIVED)
CHANGE, SECOND = "subsidies.change_claim", "subsidies.second_review_claim"


@dataclass(frozen=True, slots=True)
class ClaimDeed:
    """One button: in which states it stands there, who may press it, its words and form, and what it does."""

    name: str
    states: tuple[str, ...]
    permission: str
    title: Promise
    icon: str
    form: type[forms.ClaimForm]
    perform: Callable[..., Any]
    done: Promise
    explanation: Promise | str = ""
    danger: bool = False

    def is_open(self, user: Any, claim: Claim) -> bool:
        """Tell whether ``user`` may do it now. What was reviewed is sent back by whoever makes the second review."""
        if claim.state not in self.states or not user.has_perm(self.permission):
            return False
        return self.permission != CHANGE or claim.state not in AFTER_FIRST_REVIEW or user.has_perm(SECOND)


def _leading_to(state: ClaimState) -> tuple[str, ...]:
    return tuple(source for source in ClaimState.values if CLAIM_TRANSITIONS.allows(source, state))


def _settle(*, claim: Claim, actor: Any, flag: Any, reason: str) -> Any:
    del claim  # The flag knows its claim.
    return settle_finding(flag=flag, actor=actor, reason=reason)


def _rework(*, claim: Claim, actor: Any) -> Any:
    return compute_claim(claim=claim, actor=actor)


DEEDS = (
    ClaimDeed(
        "settle", tuple(ClaimState.values), "subsidies.change_claimflag", gettext_lazy("Settle a finding"),
        "rule", forms.SettleForm, _settle, gettext_lazy("The finding is settled."),
        gettext_lazy("The claim goes on when nothing holds it any more. Your reason stays with it."),
    ),
    ClaimDeed(
        "hand_back", _leading_to(C.HANDED_BACK), CHANGE, pgettext_lazy("claim", "Hand back"), "undo",
        forms.UntilForm, hand_back,
        gettext_lazy("The claim is with the student again."),
        gettext_lazy("The student reads the reason and hands the claim in again. Reviews are made anew."),
    ),
    ClaimDeed(
        "refuse", _leading_to(C.REFUSED), CHANGE, pgettext_lazy("claim", "Refuse"), "block", forms.ReasonForm, refuse,
        gettext_lazy("The claim is refused."), gettext_lazy("For good. The student reads the reason."), danger=True,
    ),
    ClaimDeed(
        "extend", WITH_STUDENT, CHANGE, gettext_lazy("Give more time"), "more_time", forms.UntilForm, extend_due,
        gettext_lazy("The student has more time."),
    ),
    ClaimDeed(
        "rework", OPEN_TO_RECOMPUTING, "subsidies.prepare_claim", gettext_lazy("Work out anew"), "calculate",
        forms.ClaimForm, _rework, gettext_lazy("The amount is worked out."),
    ),
    ClaimDeed(
        "prepare_again", ENDED_WITHOUT_PAY, "subsidies.prepare_claim", gettext_lazy("Prepare anew"), "restart_alt",
        forms.ReasonForm, prepare_again, gettext_lazy("A new claim is prepared: it waits for the student."),
        gettext_lazy("This claim stays as it is. What is due today is worked out as a claim of its own."),
    ),
    ClaimDeed(
        "difference", PAID, "subsidies.recover_claim", gettext_lazy("Claim the difference"), "add_card",
        forms.ReasonForm, claim_difference, gettext_lazy("The difference is a claim of its own."),
        gettext_lazy("What was paid stays as it is. What is due beyond it goes the whole way as a claim of its own."),
    ),
    ClaimDeed(
        "demand", PAID, "subsidies.recover_claim", gettext_lazy("Ask money back"), "currency_exchange",
        forms.DemandForm, demand_recovery, gettext_lazy("The student is told what is asked back and why."),
        gettext_lazy("The amount is worked out: what was paid beyond what is due today, or all of it."), danger=True,
    ),
)  # fmt: skip
BY_NAME = {deed.name: deed for deed in DEEDS}


def button(deed: ClaimDeed) -> Any:
    """Return the method behind a deed's button."""

    def asked(admin: Any, request: HttpRequest, object_id: str) -> HttpResponse:
        claim: Claim = admin.visible_or_404(request, unquote(object_id))
        barred = "" if deed.is_open(request.user, claim) else _("In its present state this cannot be done.")
        return admin.deed_view(  # type: ignore[no-any-return]
            request,
            claim,
            Deed(
                title=deed.title,
                button=deed.title,
                form=deed.form,
                perform=partial(deed.perform, claim=claim, actor=request.user),
                done=deed.done,
                explanation=deed.explanation,
                danger=deed.danger,
                barred=barred,
            ),
            permission=deed.permission,
            claim=claim,
        )

    asked.__name__ = deed.name
    return action(description=deed.title, url_path=deed.name.replace("_", "-"), icon=deed.icon)(asked)


# The mixin with a method for each deed.
ClaimDeeds: Any = type("ClaimDeeds", (), {deed.name: button(deed) for deed in DEEDS})
