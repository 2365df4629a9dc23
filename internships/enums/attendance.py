"""States of attendance sheets and objections, and the marks of a day."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenxi_portal.core.badges import Badge
from wenxi_portal.core.transitions import TransitionTable


class DayMark(models.TextChoices):
    """What a day of a month was. Sheets write the sign in front of the word."""

    PRESENT = "present", pgettext_lazy("attendance", "present")
    HALF = "half", pgettext_lazy("attendance", "half a day")
    LEAVE = "leave", pgettext_lazy("attendance", "on leave")
    SICK = "sick", pgettext_lazy("attendance", "ill")
    ABSENT = "absent", pgettext_lazy("attendance", "absent")
    REST = "rest", pgettext_lazy("attendance", "day off")


# How many days of attendance a mark counts for, in halves, so that sums stay whole.
HALF_DAYS = {
    DayMark.PRESENT: 2,
    DayMark.HALF: 1,
    DayMark.LEAVE: 0,
    DayMark.SICK: 0,
    DayMark.ABSENT: 0,
    DayMark.REST: 0,
}


class SheetState(models.TextChoices):
    """Where the sheet of one month stands. A correction is a new version; the old one is then replaced."""

    DRAFT = "draft", pgettext_lazy("attendance sheet", "Being filled in")
    CONFIRMED = "confirmed", _("Confirmed by the host")
    OBJECTED = "objected", _("The student objects")
    LOCKED = "locked", pgettext_lazy("attendance sheet", "Claimed")
    REPLACED = "replaced", pgettext_lazy("attendance sheet", "Replaced by a newer version")


SHEET_BADGES = {
    SheetState.DRAFT: Badge("info", "draft"),
    SheetState.CONFIRMED: Badge("success", "check"),
    SheetState.OBJECTED: Badge("warning", "warning"),
    SheetState.LOCKED: Badge("success", "signed"),
    SheetState.REPLACED: Badge("muted", "expired"),
}

# A claimed sheet is never opened again: what was wrong is said by a newer version, and the claim by a difference line.
SHEET_TRANSITIONS = TransitionTable(
    SheetState,
    {
        SheetState.DRAFT: {SheetState.CONFIRMED},
        SheetState.CONFIRMED: {SheetState.OBJECTED, SheetState.LOCKED, SheetState.REPLACED},
        SheetState.OBJECTED: {SheetState.CONFIRMED, SheetState.REPLACED},
        SheetState.LOCKED: {SheetState.REPLACED},
    },
)


class ObjectionState(models.TextChoices):
    """What became of a student's objection to a sheet."""

    WAITING = "waiting", pgettext_lazy("objection", "Waiting for an answer")
    UPHELD = "upheld", pgettext_lazy("objection", "The sheet was corrected")
    REJECTED = "rejected", pgettext_lazy("objection", "The sheet stands")


OBJECTION_TRANSITIONS = TransitionTable(
    ObjectionState, {ObjectionState.WAITING: {ObjectionState.UPHELD, ObjectionState.REJECTED}}
)
