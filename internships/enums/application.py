"""States of applications and nominations, and what a student's papers are."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenxi_portal.core.badges import Badge
from wenxi_portal.core.transitions import TransitionTable


class ApplicationState(models.TextChoices):
    """Where an application stands (domain.md §4, Internships)."""

    DRAFT = "draft", pgettext_lazy("application", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("application", "Submitted")
    HANDED_BACK = "handed_back", pgettext_lazy("application", "Handed back")
    SHORTLISTED = "shortlisted", _("Shortlisted")
    WAIT_LISTED = "wait_listed", _("On the waiting list")
    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", pgettext_lazy("application", "Accepted")
    PLACED = "placed", pgettext_lazy("application", "Placed")
    REFUSED = "refused", pgettext_lazy("application", "Refused")
    DECLINED = "declined", pgettext_lazy("application", "Declined by the student")
    WITHDRAWN = "withdrawn", pgettext_lazy("application", "Withdrawn")
    LAPSED = "lapsed", _("Lapsed without an answer")


class Holder(models.TextChoices):
    """Who has the case now."""

    STUDENT = "student", _("the student")
    HOST = "host", _("the host")
    LEAD_UNIT = "lead_unit", _("the lead unit")
    NOBODY = "nobody", _("nobody: the case is closed")


S = ApplicationState

HOLDERS = {
    S.DRAFT: Holder.STUDENT,
    S.SUBMITTED: Holder.HOST,
    S.HANDED_BACK: Holder.STUDENT,
    S.SHORTLISTED: Holder.HOST,
    S.WAIT_LISTED: Holder.HOST,
    S.OFFERED: Holder.STUDENT,
    S.ACCEPTED: Holder.LEAD_UNIT,
    S.PLACED: Holder.NOBODY,
    S.REFUSED: Holder.NOBODY,
    S.DECLINED: Holder.NOBODY,
    S.WITHDRAWN: Holder.NOBODY,
    S.LAPSED: Holder.NOBODY,
}

APPLICATION_BADGES = {
    S.DRAFT: Badge("info", "draft"),
    S.SUBMITTED: Badge("warning", "clock"),
    S.HANDED_BACK: Badge("warning", "back"),
    S.SHORTLISTED: Badge("info", "check"),
    S.WAIT_LISTED: Badge("info", "people"),
    S.OFFERED: Badge("accent", "handshake"),
    S.ACCEPTED: Badge("success", "check"),
    S.PLACED: Badge("success", "signed"),
    S.REFUSED: Badge("muted", "closed"),
    S.DECLINED: Badge("muted", "closed"),
    S.WITHDRAWN: Badge("muted", "back"),
    S.LAPSED: Badge("muted", "expired"),
}

# In these states an application counts as one of the student's active ones and holds the position for itself.
ACTIVE_STATES = (
    S.DRAFT, S.SUBMITTED, S.HANDED_BACK, S.SHORTLISTED, S.WAIT_LISTED, S.OFFERED, S.ACCEPTED,
)  # fmt: skip
# In these a seat of the position is taken; an open offer keeps one free.
SEATED_STATES = (S.ACCEPTED, S.PLACED)
CAME_TO_NOTHING = (S.REFUSED, S.DECLINED, S.WITHDRAWN, S.LAPSED)
DECIDED_BY_HOST = (S.SUBMITTED, S.SHORTLISTED, S.WAIT_LISTED)
# From here on the host sees how to reach the applicant.
CONTACT_VISIBLE_STATES = (S.SHORTLISTED, S.WAIT_LISTED, S.OFFERED, S.ACCEPTED, S.PLACED)

# The last two rows: a placement that falls through before it begins frees the seat again.
APPLICATION_TRANSITIONS = TransitionTable(
    ApplicationState,
    {
        S.DRAFT: {S.SUBMITTED, S.WITHDRAWN, S.LAPSED},
        S.SUBMITTED: {S.SHORTLISTED, S.OFFERED, S.WAIT_LISTED, S.HANDED_BACK, S.REFUSED, S.WITHDRAWN, S.LAPSED},
        S.HANDED_BACK: {S.SUBMITTED, S.WITHDRAWN, S.LAPSED},
        S.SHORTLISTED: {S.OFFERED, S.WAIT_LISTED, S.REFUSED, S.WITHDRAWN, S.LAPSED},
        S.WAIT_LISTED: {S.OFFERED, S.REFUSED, S.WITHDRAWN, S.LAPSED},
        S.OFFERED: {S.ACCEPTED, S.DECLINED, S.WAIT_LISTED, S.REFUSED, S.WITHDRAWN, S.LAPSED},
        S.ACCEPTED: {S.PLACED, S.WITHDRAWN, S.REFUSED},
        S.PLACED: {S.WITHDRAWN},
    },
)


class NominationState(models.TextChoices):
    """What became of a university's nomination."""

    WAITING = "waiting", _("Waiting for the student")
    CONFIRMED = "confirmed", pgettext_lazy("nomination", "Confirmed")
    DECLINED = "declined", pgettext_lazy("nomination", "Declined")
    LAPSED = "lapsed", pgettext_lazy("nomination", "Lapsed")
    WITHDRAWN = "withdrawn", pgettext_lazy("nomination", "Taken back")


NOMINATION_BADGES = {
    NominationState.WAITING: Badge("warning", "clock"),
    NominationState.CONFIRMED: Badge("success", "check"),
    NominationState.DECLINED: Badge("muted", "closed"),
    NominationState.LAPSED: Badge("muted", "expired"),
    NominationState.WITHDRAWN: Badge("muted", "back"),
}

NOMINATION_TRANSITIONS = TransitionTable(
    NominationState,
    {
        NominationState.WAITING: {
            NominationState.CONFIRMED,
            NominationState.DECLINED,
            NominationState.LAPSED,
            NominationState.WITHDRAWN,
        },
    },
)


class StudentPaperKind(models.TextChoices):
    """What a student's paper is. Each is asked for once and reused."""

    ENROLMENT = "enrolment", _("Proof of enrolment")
    RESUME = "resume", _("Résumé")
    GUARDIAN = "guardian", _("Guardian's consent")
    HEALTH = "health", _("Health certificate")
    CONTRACT = "contract", _("Employment contract")
    SOCIAL_INSURANCE = "insurance", _("Proof of social insurance")
    OTHER = "other", pgettext_lazy("paper", "Other paper")
