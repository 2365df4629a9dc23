"""States and kinds of bases and agreements, with the allowed moves and the look of each state beside them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wenxi_portal.core.badges import Badge
from wenxi_portal.core.transitions import TransitionTable


class BaseState(models.TextChoices):
    """Where a base stands (domain.md §4, Bases and agreements)."""

    PLANNED = "planned", _("Planned")
    UNVEILED = "unveiled", _("Unveiled")
    SUSPENDED = "suspended", _("Suspended")
    CLOSED = "closed", _("Closed")


# A planned base is a draft of the lead unit; unveiling it publishes it.
PUBLIC_BASE_STATES = (BaseState.UNVEILED, BaseState.SUSPENDED, BaseState.CLOSED)

BASE_BADGES = {
    BaseState.PLANNED: Badge("info", "draft"),
    BaseState.UNVEILED: Badge("success", "plaque"),
    BaseState.SUSPENDED: Badge("warning", "pause"),
    BaseState.CLOSED: Badge("muted", "closed"),
}

BASE_TRANSITIONS = TransitionTable(
    BaseState,
    {
        BaseState.PLANNED: {BaseState.UNVEILED, BaseState.CLOSED},
        BaseState.UNVEILED: {BaseState.SUSPENDED, BaseState.CLOSED},
        BaseState.SUSPENDED: {BaseState.UNVEILED, BaseState.CLOSED},
    },
)


class KindBasis(models.TextChoices):
    """How the kind of a base is known."""

    STATED = "stated", _("stated")
    INFERRED = "inferred", _("inferred")
    AMBIGUOUS = "ambiguous", _("to be settled")


class AgreementState(models.TextChoices):
    """Where an agreement stands."""

    INTENT = "intent", _("Intent")
    SIGNED = "signed", _("Signed")
    EXPIRED = "expired", _("Expired")
    TERMINATED = "terminated", _("Terminated")


AGREEMENT_BADGES = {
    AgreementState.INTENT: Badge("info", "handshake"),
    AgreementState.SIGNED: Badge("success", "signed"),
    AgreementState.EXPIRED: Badge("muted", "expired"),
    AgreementState.TERMINATED: Badge("muted", "closed"),
}

AGREEMENT_TRANSITIONS = TransitionTable(
    AgreementState,
    {
        AgreementState.INTENT: {AgreementState.SIGNED, AgreementState.TERMINATED},
        AgreementState.SIGNED: {AgreementState.EXPIRED, AgreementState.TERMINATED},
    },
)


class AgreementKind(models.TextChoices):
    """What sort of paper it is."""

    FRAMEWORK = "framework", _("Framework agreement")
    LONG_TERM = "long_term", _("Long-term agreement")
    JOINT_BASE = "joint_base", _("Agreement on a joint base")
    SUPPLY = "supply", _("Supply agreement")
    OTHER = "other", _("Other agreement")


class PartySide(models.TextChoices):
    """On which side of the table a party sits."""

    COUNTY = "county", _("County")
    UNIVERSITY = "university", _("University")
    ENTERPRISE = "enterprise", _("Enterprise")
    OTHER = "other", _("Other")


class DocumentKind(models.TextChoices):
    """What a paper is. Signed scans are never replaced."""

    SIGNED = "signed", _("Signed scan")
    TEXT = "text", _("Text")
    ANNEX = "annex", _("Annex")
    PHOTO = "photo", _("Photo")
