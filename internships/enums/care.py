"""Kinds and states of what the county does for those who have come: support, care, activities, the one window."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenxi_portal.core.badges import Badge
from wenxi_portal.core.transitions import TransitionTable


class SupportKind(models.TextChoices):
    """With what somebody needs help."""

    LODGING = "lodging", pgettext_lazy("support", "Lodging")
    MEALS = "meals", _("Meals")
    TRANSPORT = "transport", pgettext_lazy("support", "Transport")
    HEALTH = "health", _("Health")
    WORK = "work", _("Work and mentor")
    RIGHTS = "rights", _("Rights and safety")
    OTHER = "other", pgettext_lazy("support", "Something else")


class CaseState(models.TextChoices):
    """Where a request stands: of a student for support, or of anybody at the one window."""

    RECEIVED = "received", _("Received")
    IN_HAND = "in_hand", _("Being dealt with")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", pgettext_lazy("request", "Closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "Withdrawn")


CASE_BADGES = {
    CaseState.RECEIVED: Badge("warning", "clock"),
    CaseState.IN_HAND: Badge("info", "person"),
    CaseState.ANSWERED: Badge("success", "check"),
    CaseState.CLOSED: Badge("muted", "signed"),
    CaseState.WITHDRAWN: Badge("muted", "back"),
}

# Who is not satisfied with an answer has the request taken up once more; it waits for the unit where the one who had
# it has left meanwhile.
CASE_TRANSITIONS = TransitionTable(
    CaseState,
    {
        CaseState.RECEIVED: {CaseState.IN_HAND, CaseState.ANSWERED, CaseState.WITHDRAWN},
        CaseState.IN_HAND: {CaseState.ANSWERED, CaseState.WITHDRAWN},
        CaseState.ANSWERED: {CaseState.RECEIVED, CaseState.IN_HAND, CaseState.CLOSED},
    },
)


class ServiceKind(models.TextChoices):
    """The four services of the one window (domain.md §2)."""

    ARCHIVE = "archive", _("Taking over a personnel file")
    JOB_SEEKING = "job_seeking", _("Registering as looking for work")
    GUIDANCE = "guidance", _("Career guidance")
    PLACEMENT = "placement", _("Introduction to an employer")


class Satisfaction(models.IntegerChoices):
    """How content somebody was with an answer (the five steps of 好差评)."""

    VERY_BAD = 1, _("very dissatisfied")
    BAD = 2, _("dissatisfied")
    FAIR = 3, _("basically satisfied")
    GOOD = 4, _("satisfied")
    VERY_GOOD = 5, _("very satisfied")


class CareKind(models.TextChoices):
    """How the county looked after somebody."""

    VISIT = "visit", pgettext_lazy("care", "Visit")
    FESTIVAL = "festival", _("Festival greeting")
    CALL = "call", pgettext_lazy("care", "Call")
    TALK = "talk", _("Round-table talk")


class ActivityKind(models.TextChoices):
    """What a group does together."""

    RED_EDUCATION = "red_education", _("Red education visit")
    VILLAGE_STUDY = "village_study", _("Village study tour")
    TALK = "talk", pgettext_lazy("activity", "Talk or training")
    CULTURE = "culture", _("Culture and sport")


class ActivityState(models.TextChoices):
    """Where a group activity stands."""

    PLANNED = "planned", pgettext_lazy("activity", "Planned")
    OPEN = "open", _("Open for sign-up")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", pgettext_lazy("activity", "Called off")


ACTIVITY_BADGES = {
    ActivityState.PLANNED: Badge("info", "draft"),
    ActivityState.OPEN: Badge("success", "calendar"),
    ActivityState.HELD: Badge("muted", "check"),
    ActivityState.CANCELLED: Badge("muted", "closed"),
}

ACTIVITY_TRANSITIONS = TransitionTable(
    ActivityState,
    {
        ActivityState.PLANNED: {ActivityState.OPEN, ActivityState.CANCELLED},
        ActivityState.OPEN: {ActivityState.HELD, ActivityState.CANCELLED},
    },
)


class SignUpState(models.TextChoices):
    """Whether somebody takes part, and did."""

    SIGNED_UP = "signed_up", _("Signed up")
    WAITING = "waiting", pgettext_lazy("sign-up", "On the waiting list")
    CANCELLED = "cancelled", pgettext_lazy("sign-up", "Signed off")
    ATTENDED = "attended", _("Took part")
    MISSED = "missed", _("Did not come")
