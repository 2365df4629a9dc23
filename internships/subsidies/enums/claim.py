"""The way of a claim from what was worked out to what was paid (domain.md §4, Subsidies)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenxi_portal.core.badges import Badge
from wenxi_portal.core.transitions import TransitionTable


class ClaimState(models.TextChoices):
    """Where a claim stands."""

    DRAFT = "draft", pgettext_lazy("claim", "Prepared, to be checked by the student")
    SUBMITTED = "submitted", pgettext_lazy("claim", "Handed in")
    HOST_CONFIRMED = "host_confirmed", pgettext_lazy("claim", "Confirmed by the host")
    ENROLLED = "enrolled", pgettext_lazy("claim", "Enrolment checked")
    FIRST_REVIEWED = "first_reviewed", pgettext_lazy("claim", "Passed the first review")
    SECOND_REVIEWED = "second_reviewed", pgettext_lazy("claim", "Passed the second review")
    GROUP_DECIDED = "group_decided", pgettext_lazy("claim", "Decided by the leading group")
    ON_NOTICE = "on_notice", pgettext_lazy("claim", "On public notice")
    OBJECTED = "objected", pgettext_lazy("claim", "Objection under review")
    CLEARED = "cleared", pgettext_lazy("claim", "Cleared for payment")
    BATCHED = "batched", pgettext_lazy("claim", "In a payment batch")
    PAID = "paid", pgettext_lazy("claim", "Paid")
    RETURNED = "returned", pgettext_lazy("claim", "Returned by the bank")
    CORRECTED = "corrected", pgettext_lazy("claim", "Account corrected")
    ARCHIVED = "archived", pgettext_lazy("claim", "Archived")
    HANDED_BACK = "handed_back", pgettext_lazy("claim", "Handed back")
    REFUSED = "refused", pgettext_lazy("claim", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("claim", "Withdrawn")
    RECOVERED = "recovered", pgettext_lazy("claim", "Recovered")


C = ClaimState

CLAIM_BADGES = {
    C.DRAFT: Badge("info", "draft"),
    C.SUBMITTED: Badge("info", "check"),
    C.HOST_CONFIRMED: Badge("info", "base"),
    C.ENROLLED: Badge("info", "university"),
    C.FIRST_REVIEWED: Badge("info", "check"),
    C.SECOND_REVIEWED: Badge("info", "signed"),
    C.GROUP_DECIDED: Badge("info", "handshake"),
    C.ON_NOTICE: Badge("warning", "clock"),
    C.OBJECTED: Badge("warning", "warning"),
    C.CLEARED: Badge("success", "check"),
    C.BATCHED: Badge("success", "paper"),
    C.PAID: Badge("success", "success"),
    C.RETURNED: Badge("warning", "error"),
    C.CORRECTED: Badge("info", "draft"),
    C.ARCHIVED: Badge("muted", "closed"),
    C.HANDED_BACK: Badge("warning", "back"),
    C.REFUSED: Badge("muted", "close"),
    C.WITHDRAWN: Badge("muted", "closed"),
    C.RECOVERED: Badge("muted", "back"),
}

# Aside from the way: what may still end a claim that nobody has published.
_ASIDE = {C.HANDED_BACK, C.REFUSED, C.WITHDRAWN}
# A changed bank account voids the reviews (back to ENROLLED); changed attendance or another policy voids more: the
# amount is worked out anew and the student looks at it again (back to DRAFT).
_VOIDED = {C.ENROLLED, C.DRAFT}

CLAIM_TRANSITIONS = TransitionTable(
    ClaimState,
    {
        C.DRAFT: {C.SUBMITTED, C.WITHDRAWN},
        C.SUBMITTED: {C.HOST_CONFIRMED, C.DRAFT, *_ASIDE},
        C.HOST_CONFIRMED: {C.ENROLLED, C.DRAFT, *_ASIDE},
        C.ENROLLED: {C.FIRST_REVIEWED, C.DRAFT, *_ASIDE},
        C.FIRST_REVIEWED: {C.SECOND_REVIEWED, *_VOIDED, *_ASIDE},
        C.SECOND_REVIEWED: {C.GROUP_DECIDED, C.ON_NOTICE, *_VOIDED, *_ASIDE},
        C.GROUP_DECIDED: {C.ON_NOTICE, *_VOIDED, *_ASIDE},
        # Back to the last review: the notice was cancelled, and another one will show the claim.
        C.ON_NOTICE: {C.CLEARED, C.OBJECTED, C.SECOND_REVIEWED, C.GROUP_DECIDED, *_VOIDED, C.WITHDRAWN},
        C.OBJECTED: {
            C.ON_NOTICE,
            C.CLEARED,
            C.SECOND_REVIEWED,
            C.GROUP_DECIDED,
            *_VOIDED,
            C.REFUSED,
            C.WITHDRAWN,
        },
        C.CLEARED: {C.BATCHED, *_VOIDED, C.WITHDRAWN},
        # Back to CLEARED, or to CORRECTED: the batch was cancelled before it was released.
        C.BATCHED: {C.PAID, C.RETURNED, C.CLEARED, C.CORRECTED},
        # A bank may return what it reported as paid.
        C.PAID: {C.ARCHIVED, C.RETURNED, C.RECOVERED},
        C.RETURNED: {C.CORRECTED, C.WITHDRAWN},
        C.CORRECTED: {C.BATCHED},
        C.ARCHIVED: {C.RECOVERED},
        C.HANDED_BACK: {C.SUBMITTED, C.DRAFT, C.WITHDRAWN, C.REFUSED},
    },
)

# Where the student has the claim, and where it is under way at the offices and may still be voided.
WITH_STUDENT = (C.DRAFT, C.HANDED_BACK)
UNDER_WAY = (
    C.SUBMITTED, C.HOST_CONFIRMED, C.ENROLLED, C.FIRST_REVIEWED, C.SECOND_REVIEWED, C.GROUP_DECIDED, C.ON_NOTICE,
    C.OBJECTED, C.CLEARED,
)  # fmt: skip
# What no longer stands in the way of another claim for the same days.
ENDED_WITHOUT_PAY = (C.REFUSED, C.WITHDRAWN)
# Where the amount and its arithmetic may still be worked out anew.
OPEN_TO_RECOMPUTING = (C.DRAFT, C.HANDED_BACK)
# Where the reviews of the present round have been made: the database asks for them.
AFTER_FIRST_REVIEW = (
    C.FIRST_REVIEWED, C.SECOND_REVIEWED, C.GROUP_DECIDED, C.ON_NOTICE, C.OBJECTED, C.CLEARED, C.BATCHED, C.PAID,
    C.RETURNED, C.CORRECTED, C.ARCHIVED, C.RECOVERED,
)  # fmt: skip
AFTER_SECOND_REVIEW = AFTER_FIRST_REVIEW[1:]
PAYABLE_STATES = (C.CLEARED, C.CORRECTED)
SETTLED_STATES = (C.PAID, C.ARCHIVED, C.RECOVERED)


class Duty(models.TextChoices):
    """What somebody did for a claim. Nobody has two of them on one claim: the database refuses."""

    HOST_CONFIRM = "host_confirm", _("confirmed attendance for the host")
    ENROLMENT = "enrolment", _("checked the enrolment")
    FIRST_REVIEW = "first_review", _("first review")
    SECOND_REVIEW = "second_review", _("second review")
    GROUP_DECISION = "group_decision", _("entered the leading group's decision")
    RECHECK = "recheck", _("re-check of a sample")
    PAY = "pay", _("released the payment")


# The duties that must lie in different hands (domain.md §4). Whoever checks the enrolment may be the first reviewer,
# and a secretary may enter what the leading group decided.
SEPARATE_DUTIES = (Duty.HOST_CONFIRM, Duty.FIRST_REVIEW, Duty.SECOND_REVIEW, Duty.RECHECK, Duty.PAY)


class FlagKind(models.TextChoices):
    """Why a claim is held until somebody has looked."""

    OTHER_SCHEME = "other_scheme", _("is on a list of another scheme for the same time")
    SAME_CARD = "same_card", _("the same bank card is used by another person")
    SAME_PERSON = "same_person", _("the same person seems to have another account")
    COVER_GAP = "cover_gap", _("the insurance does not cover every day")
    OBJECTED_SHEET = "objected_sheet", _("the student objects to an attendance sheet")
    LATE = "late", _("handed in after the window had closed")
    DIFFERS = "differs", _("working it out again gives another amount")


class RecheckVerdict(models.TextChoices):
    """What the third person found."""

    AGREES = "agrees", _("agrees")
    DIFFERS = "differs", pgettext_lazy("re-check", "differs")


class MilestoneKind(models.TextChoices):
    """What a bonus is paid for."""

    CONTRACT = "contract", _("employment contract")
    MONTHS = "months", _("months of social insurance")


class RecoveryState(models.TextChoices):
    """What became of money asked back."""

    DEMANDED = "demanded", _("Asked back")
    RECEIVED = "received", _("Paid back")
    WAIVED = "waived", _("Waived by decision")


RECOVERY_TRANSITIONS = TransitionTable(
    RecoveryState, {RecoveryState.DEMANDED: {RecoveryState.RECEIVED, RecoveryState.WAIVED}}
)
