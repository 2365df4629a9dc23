"""Reminders of claims: to hand in, before the window closes, handed back, waiting for the host, proofs of milestones.

Titles name the scheme and the number of the claim, never a person: they go out by e-mail.
"""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db.models import CharField, DateField, ExpressionWrapper, F, Model, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat, TruncDate
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy

from internships.subsidies.enums import ClaimState
from internships.subsidies.models import Claim, Milestone
from wenxi_portal.notifications.kinds import Params
from wenxi_portal.reminders.enums import Audience
from wenxi_portal.reminders.ladders import Ladder, Step, days_before
from wenxi_portal.reminders.registry import ladder


class _OfClaim(Ladder):
    """A ladder of claims whose words are two sentences and whose page is one address."""

    model: ClassVar[type[Model]] = Claim
    audience = Audience.OWNER
    mandatory = True
    # As long as it is open, a late word is of use.
    sensible_for = None
    due: ClassVar[Combinable] = F("due_on")
    owner: ClassVar[Combinable] = F("student__user_id")
    title: ClassVar[Combinable] = Concat(F("scheme__name"), Value(" · "), F("number"), output_field=CharField())
    about: ClassVar[Any] = ""
    to_do: ClassVar[Any] = ""

    def subject(self, params: Params) -> str:
        """What it is about."""
        day = date_format(date.fromisoformat(params["due"]), "DATE_FORMAT")
        return str(self.about) % {"title": params["title"], "day": day}

    def body(self, params: Params) -> str:
        """What to do."""
        return str(self.to_do)

    def url(self, params: Params) -> str:
        """The student's list: the claim that waits stands on top."""
        return reverse("my_subsidies:claims")


@ladder
class ClaimToHandIn(_OfClaim):
    """A claim that was prepared: the student is told when it is there, and again after one and three weeks."""

    name = "claim_to_hand_in"
    label = gettext_lazy("Claim to hand in")
    steps = (Step("prepared", 0), Step("one_week", 7), Step("three_weeks", 21))
    due = Cast(TruncDate("created_at"), DateField())
    about = gettext_lazy("Money waits for you: %(title)s")
    to_do = gettext_lazy("Look at the amount, enter your account and hand it in: it takes two minutes.")

    def open(self) -> QuerySet[Any]:
        """Drafts."""
        return Claim.objects.filter(state=ClaimState.DRAFT)


@ladder
class ClaimWindowClosing(_OfClaim):
    """A draft whose window closes: the student is told two weeks and three days before, and on the last day."""

    name = "claim_window_closing"
    label = gettext_lazy("Time to hand in a claim ends")
    steps = days_before(14, 3, 0)
    urgent = True
    about = gettext_lazy("Hand in until %(day)s: %(title)s")
    to_do = gettext_lazy("Later it can be taken only with a reason, and in the end not at all.")

    def open(self) -> QuerySet[Any]:
        """Drafts with a deadline."""
        return Claim.objects.filter(state=ClaimState.DRAFT, due_on__isnull=False)


@ladder
class ClaimHandedBack(_OfClaim):
    """A claim that was handed back: the student is told three days before its deadline, and on the day."""

    name = "claim_handed_back"
    label = gettext_lazy("Claim handed back")
    steps = days_before(3, 0)
    urgent = True
    about = gettext_lazy("Complete until %(day)s: %(title)s was handed back")
    to_do = gettext_lazy("The page says what is missing. Complete it and hand the claim in again.")

    def open(self) -> QuerySet[Any]:
        """Claims handed back."""
        return Claim.objects.filter(state=ClaimState.HANDED_BACK, due_on__isnull=False)


@ladder
class ClaimWaitingForHost(_OfClaim):
    """The host is told when its confirmation is due and once more; then its heads."""

    name = "claim_waiting_for_host"
    label = gettext_lazy("Claim waiting for the host")
    audience = Audience.UNIT
    mandatory = False
    steps = (Step("due", 0), Step("overdue", 3, in_working_days=True))
    escalate_after = 2
    due = ExpressionWrapper(
        Cast(TruncDate("submitted_at"), DateField()) + Value(settings.SUBSIDY_HOST_DAYS), output_field=DateField()
    )
    unit = F("host_id")
    about = gettext_lazy("Please confirm until %(day)s: %(title)s")
    to_do = gettext_lazy("Confirm attendance and appraisal: the student's money waits for it.")

    def open(self) -> QuerySet[Any]:
        """Claims handed in that the host has not confirmed."""
        return Claim.objects.filter(state=ClaimState.SUBMITTED)

    def url(self, params: Params) -> str:
        """The host's page of the claim."""
        return reverse("host_subsidies:claim", args=[params["object"]])


@ladder
class MilestoneProofDue(_OfClaim):
    """A milestone that can be reached by now: the student is asked for the proof, and again after two weeks and a month."""

    name = "milestone_proof_due"
    label = gettext_lazy("Proof for a retention bonus")
    model = Milestone
    steps = (Step("reachable", 0), Step("two_weeks", 14), Step("a_month", 30))
    owner = F("placement__student__user_id")
    title = F("placement__employer__name")
    about = gettext_lazy("Your retention bonus: bring the proof, possible since %(day)s (%(title)s)")
    to_do = gettext_lazy("Photograph the contract or the statement of social insurance and put it with your papers.")

    def open(self) -> QuerySet[Any]:
        """Milestones that nobody has confirmed."""
        return Milestone.objects.filter(reached_on__isnull=True, missed_reason="", placement__employer__isnull=False)
