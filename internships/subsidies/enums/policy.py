"""Schemes and the states of their policies."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wenxi_portal.core.badges import Badge
from wenxi_portal.core.transitions import TransitionTable


class SchemeKind(models.TextChoices):
    """What a scheme pays for."""

    ALLOWANCE = "allowance", _("Monthly allowance")
    BONUS = "bonus", _("Retention bonus")


class CountingMethod(models.TextChoices):
    """How days of attendance become money. Counties differ; each method takes its numbers from the policy."""

    WHOLE_MONTHS = "whole_months", _("whole months only")
    HALF_MONTHS = "half_months", _("half and whole months")
    DAY_BANDS = "day_bands", _("fixed shares by bands of days")
    BY_DAY = "by_day", _("by the day")


class MonthBasis(models.TextChoices):
    """What a month is."""

    CALENDAR = "calendar", _("calendar months")
    STAY = "stay", _("months from the first day of the stay")


class Transfers(models.TextChoices):
    """How a month is counted in which somebody was transferred from one host to another."""

    JOINED = "joined", _("the days at both hosts together")
    APART = "apart", _("the days at each host by themselves")


class Rhythm(models.TextChoices):
    """How often an allowance is claimed."""

    MONTHLY = "monthly", _("every month")
    AT_END = "at_end", _("once, after the stay")


class Rounding(models.TextChoices):
    """How an amount is rounded to ``rounding_step`` yuan."""

    HALF_UP = "half_up", _("to the nearest")
    DOWN = "down", _("down")
    UP = "up", pgettext_lazy("rounding", "up")


class RequiredPaper(models.TextChoices):
    """What has to be on file before a claim is looked at."""

    APPRAISAL = "appraisal", _("appraisal by the host")
    ENROLMENT = "enrolment", _("enrolment checked")
    AGREEMENT = "agreement", _("three-party agreement signed")
    INSURANCE = "insurance", _("accident insurance without a gap")
    CONTRACT = "contract", _("employment contract")
    SOCIAL_INSURANCE = "social_insurance", _("proof of social insurance")


class PolicyPart(models.TextChoices):
    """The parts of a policy that a published source may name."""

    PERIOD = "period", _("period in force")
    RATES = "rates", _("rates")
    COUNTING = "counting", _("counting rule")
    BONUS = "bonus", _("bonus")
    HOSTS = "hosts", _("hosts it applies to")
    PAPERS = "papers", _("papers")
    CAPS = "caps", _("caps")
    DEADLINES = "deadlines", _("deadlines and public notice")


class PolicyState(models.TextChoices):
    """Where a version of a policy stands."""

    DRAFT = "draft", pgettext_lazy("policy", "Draft")
    PROPOSED = "proposed", pgettext_lazy("policy", "Waiting for approval")
    APPROVED = "approved", pgettext_lazy("policy", "Approved")
    DISCARDED = "discarded", pgettext_lazy("policy", "Discarded")


POLICY_BADGES = {
    PolicyState.DRAFT: Badge("info", "draft"),
    PolicyState.PROPOSED: Badge("warning", "clock"),
    PolicyState.APPROVED: Badge("success", "signed"),
    PolicyState.DISCARDED: Badge("muted", "closed"),
}

# An approved version is never edited: a newer one takes its place.
POLICY_TRANSITIONS = TransitionTable(
    PolicyState,
    {
        PolicyState.DRAFT: {PolicyState.PROPOSED, PolicyState.DISCARDED},
        PolicyState.PROPOSED: {PolicyState.DRAFT, PolicyState.APPROVED, PolicyState.DISCARDED},
    },
)
