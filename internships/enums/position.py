"""Kinds and states of positions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenxi_portal.core.badges import Badge
from wenxi_portal.core.transitions import TransitionTable


class Sector(models.TextChoices):
    """In which part of the county's life the work is done."""

    GOVERNMENT = "government", _("Government affairs")
    ENTERPRISE = "enterprise", pgettext_lazy("sector", "Enterprise")
    SCHOOL = "school", pgettext_lazy("sector", "School")
    HOSPITAL = "hospital", pgettext_lazy("sector", "Hospital")
    FARMING = "farming", _("Agriculture")


class Discipline(models.TextChoices):
    """The fourteen fields of study of the degree catalogue (学位授予和人才培养学科目录)."""

    PHILOSOPHY = "01", _("Philosophy")
    ECONOMICS = "02", _("Economics")
    LAW = "03", _("Law")
    EDUCATION = "04", pgettext_lazy("discipline", "Education")
    LITERATURE = "05", _("Literature")
    HISTORY = "06", pgettext_lazy("discipline", "History")
    SCIENCE = "07", _("Science")
    ENGINEERING = "08", _("Engineering")
    AGRONOMY = "09", _("Agronomy")
    MEDICINE = "10", _("Medicine")
    MILITARY = "11", _("Military science")
    MANAGEMENT = "12", _("Management")
    ARTS = "13", _("Arts")
    INTERDISCIPLINARY = "14", _("Interdisciplinary studies")


class PositionState(models.TextChoices):
    """Where a position stands. A published one may still be closed to applicants: see ``PositionQuerySet.open``."""

    DRAFT = "draft", pgettext_lazy("position", "Draft")
    IN_REVIEW = "in_review", pgettext_lazy("position", "Under review")
    PUBLISHED = "published", pgettext_lazy("position", "Published")
    CLOSED = "closed", pgettext_lazy("position", "Closed")


POSITION_BADGES = {
    PositionState.DRAFT: Badge("info", "draft"),
    PositionState.IN_REVIEW: Badge("warning", "clock"),
    PositionState.PUBLISHED: Badge("success", "check"),
    PositionState.CLOSED: Badge("muted", "closed"),
}

# A closed position may be opened again by a new review, and a published one goes back to it when its host changes what
# the lead unit has looked at; nothing leads from a draft past that review.
POSITION_TRANSITIONS = TransitionTable(
    PositionState,
    {
        PositionState.DRAFT: {PositionState.IN_REVIEW, PositionState.CLOSED},
        PositionState.IN_REVIEW: {PositionState.PUBLISHED, PositionState.DRAFT, PositionState.CLOSED},
        PositionState.PUBLISHED: {PositionState.CLOSED, PositionState.DRAFT, PositionState.IN_REVIEW},
        PositionState.CLOSED: {PositionState.IN_REVIEW},
    },
)


class ClosingCause(models.TextChoices):
    """Why a position was closed."""

    DATE = "date", _("The last day to apply has passed")
    SEATS = "seats", _("All seats are taken")
    SILENCE = "silence", _("The host did not confirm it again in time")
    HOST = "host", _("The host closed it")
    LEAD_UNIT = "lead_unit", _("The lead unit closed it")
