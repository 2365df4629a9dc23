"""States of a stay, what happens to it, and the papers without which it does not begin."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenxi_portal.core.badges import Badge
from wenxi_portal.core.transitions import TransitionTable


class PlacementState(models.TextChoices):
    """Where a stay stands."""

    PLANNED = "planned", pgettext_lazy("placement", "Being prepared")
    READY = "ready", pgettext_lazy("placement", "Ready to start")
    ON_POST = "on_post", _("On post")
    INTERRUPTED = "interrupted", pgettext_lazy("placement", "Interrupted")
    COMPLETED = "completed", pgettext_lazy("placement", "Completed")
    ENDED_EARLY = "ended_early", _("Ended early")
    CANCELLED = "cancelled", pgettext_lazy("placement", "Cancelled")


P = PlacementState

PLACEMENT_BADGES = {
    P.PLANNED: Badge("warning", "draft"),
    P.READY: Badge("info", "check"),
    P.ON_POST: Badge("success", "base"),
    P.INTERRUPTED: Badge("warning", "pause"),
    P.COMPLETED: Badge("success", "signed"),
    P.ENDED_EARLY: Badge("muted", "expired"),
    P.CANCELLED: Badge("muted", "closed"),
}

# What makes a stay ready can fall away again (insurance cancelled): it is then being prepared once more.
PLACEMENT_TRANSITIONS = TransitionTable(
    PlacementState,
    {
        P.PLANNED: {P.READY, P.CANCELLED},
        P.READY: {P.PLANNED, P.ON_POST, P.CANCELLED},
        P.ON_POST: {P.INTERRUPTED, P.COMPLETED, P.ENDED_EARLY},
        P.INTERRUPTED: {P.ON_POST, P.ENDED_EARLY},
    },
)
# Stays that take the student's time: no two of these overlap.
STAYS_THAT_COUNT = (P.PLANNED, P.READY, P.ON_POST, P.INTERRUPTED, P.COMPLETED, P.ENDED_EARLY)
RUNNING_STATES = (P.ON_POST, P.INTERRUPTED)
# Stays that are prepared or under way: beds, seats and activities are for these.
STAYS_TO_COME = (P.PLANNED, P.READY, P.ON_POST, P.INTERRUPTED)


class StayEventKind(models.TextChoices):
    """What happened to a stay on a day."""

    STARTED = "started", _("Started")
    EXTENDED = "extended", _("Extended")
    INTERRUPTED = "interrupted", pgettext_lazy("event of a stay", "Interrupted")
    RESUMED = "resumed", _("Resumed")
    TRANSFERRED = "transferred", _("Transferred to another post")
    ENDED_EARLY = "ended_early", pgettext_lazy("event of a stay", "Ended early")
    COMPLETED = "completed", pgettext_lazy("event of a stay", "Completed")
    MOVED = "moved", _("Days changed before the start")
    CANCELLED = "cancelled", pgettext_lazy("event of a stay", "Cancelled")


class AgreementParty(models.TextChoices):
    """The three parties of the agreement on a stay."""

    STUDENT = "student", _("Student")
    HOST = "host", _("Host")
    SCHOOL = "school", pgettext_lazy("party", "University or school")


class SignatureWay(models.TextChoices):
    """How a party agreed."""

    SCAN = "scan", _("signed and stamped paper, scanned")
    LINK = "link", _("confirmed by link")


class TemplateKind(models.TextChoices):
    """Which paper a Word template is for."""

    AGREEMENT = "agreement", _("Three-party agreement")
    CERTIFICATE = "certificate", _("Internship certificate")


class Outcome(models.TextChoices):
    """What followed on the stay."""

    HIRED = "hired", _("Hired by the host")
    HIRED_ELSEWHERE = "hired_elsewhere", _("Hired in the county")
    STUDIES_ON = "studies_on", _("Goes on studying")
    LEFT = "left", _("Left the county")


class Grade(models.TextChoices):
    """The host's verdict in four steps, as appraisal forms have it."""

    EXCELLENT = "excellent", _("excellent")
    GOOD = "good", pgettext_lazy("appraisal", "good")
    PASSED = "passed", _("passed")
    FAILED = "failed", pgettext_lazy("appraisal", "not passed")
