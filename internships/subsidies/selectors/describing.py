"""A version of a policy in words: what it pays, how it counts, its caps and deadlines; the same for desk and public."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from internships.subsidies.enums import (
    CountingMethod,
    MilestoneKind,
    MonthBasis,
    PolicyPart,
    RequiredPaper,
    Rhythm,
    Rounding,
    SchemeKind,
    Transfers,
)
from internships.subsidies.models import Policy, PolicyHost
from internships.subsidies.rules import Band, Bonus, Counting, Rules
from internships.subsidies.selectors.policies import rules_of
from talent.enums import StudyLevel
from wenxi_portal.core.money import money
from wenxi_portal.core.wording import labelled


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a policy: its sentences, and whether its values are sample parameters."""

    name: str
    label: str
    lines: list[str]
    is_sample: bool


def described(policy: Policy) -> list[Part]:
    """Return the parts that say something, in reading order."""
    rules = rules_of(policy)
    is_bonus = policy.scheme.kind == SchemeKind.BONUS
    found = [
        (PolicyPart.PERIOD, [period_words(policy)]),
        (PolicyPart.RATES, [] if is_bonus else rate_lines(rules)),
        (PolicyPart.BONUS, bonus_lines(rules.bonus) if is_bonus and rules.bonus else []),
        (PolicyPart.HOSTS, [_("Only for: %(host)s") % {"host": row.host.display_name} for row in _hosts(policy)]),
        (PolicyPart.COUNTING, [] if is_bonus else [*counting_lines(rules.counting), rhythm_words(policy)]),
        (PolicyPart.CAPS, cap_lines(policy)),
        (PolicyPart.PAPERS, [str(RequiredPaper(paper).label) for paper in policy.papers]),
        (PolicyPart.DEADLINES, deadline_lines(policy)),
    ]
    return [
        Part(part.value, str(part.label), lines, policy.is_sample_part(part)) for part, lines in found if lines
    ]  # fmt: skip


def period_words(policy: Policy) -> str:
    """Return the days on which a version holds."""
    first = formats.date_format(policy.valid_from)
    if policy.valid_until is None:
        return _("from %(first)s until further notice") % {"first": first}
    return _("from %(first)s to %(last)s") % {"first": first, "last": formats.date_format(policy.valid_until)}


def rate_lines(rules: Rules) -> list[str]:
    """Return the rate of each level, the lowest level first."""
    return [
        _("%(level)s: %(sum)s a month") % {"level": level.label, "sum": money(rules.rates[level])}
        for level in StudyLevel
        if level in rules.rates
    ]


def counting_lines(counting: Counting) -> list[str]:
    """Return how days of attendance become money."""
    lines = [
        _("Counted in months from the first day of the stay.")
        if counting.basis == MonthBasis.STAY
        else _("Counted in calendar months.")
    ]
    lines += _METHODS[counting.method](counting)
    if counting.minimum_stay_days:
        lines.append(_("A stay of fewer than %(days)s days is not paid.") % {"days": counting.minimum_stay_days})
    if counting.transfers == Transfers.APART:
        lines.append(_("After a transfer the days at each host count by themselves."))
    else:
        lines.append(_("A month with a transfer counts once, with the days at both hosts together."))
    if counting.rounding_step != Decimal("0.01") or counting.rounding != Rounding.HALF_UP:
        lines.append(
            _("Amounts are rounded %(how)s, in steps of %(step)s.")
            % {"how": counting.rounding.label, "step": money(counting.rounding_step)}
        )
    return lines


def bonus_lines(bonus: Bonus) -> list[str]:
    """Return the amounts of a bonus and when they are paid."""
    lines = [
        labelled(level.label, money(bonus.amounts[level])) for level in StudyLevel if level in bonus.amounts
    ]  # fmt: skip
    if bonus.percent_of_allowance:
        lines.append(
            _("%(percent)s%% of the allowance that was paid, on top") % {"percent": _number(bonus.percent_of_allowance)}
        )
    if len(bonus.milestones) == 1 and bonus.milestones[0].kind == MilestoneKind.CONTRACT:
        return [*lines, _("Paid once, after the employment contract has been signed.")]
    for one in bonus.milestones:
        words = _("after %(months)s months of social insurance: %(share)s%%")
        if one.kind == MilestoneKind.CONTRACT:
            words = _("after the employment contract has been signed: %(share)s%%")
        lines.append(words % {"months": one.months, "share": _number(one.share * 100)})
    return lines


def cap_lines(policy: Policy) -> list[str]:
    """Return the caps there are."""
    words = [
        (policy.most_months, _("At most %(value)s months a person.")),
        (policy.most_a_person, _("At most %(value)s a person over a lifetime.")),
        (policy.most_a_base_year, _("At most %(value)s a base and year.")),
        (policy.most_a_batch, _("At most %(value)s in one payment batch.")),
    ]
    first = words[0][0]
    return [
        line % {"value": _number(value) if value is first else money(value)} for value, line in words if value
    ]  # fmt: skip


def rhythm_words(policy: Policy) -> str:
    """Return how often an allowance is claimed."""
    return _("Claimed every month.") if policy.rhythm == Rhythm.MONTHLY else _("Claimed once, after the stay.")


def deadline_lines(policy: Policy) -> list[str]:
    """Return windows, the length of the notice, and who decides besides."""
    lines = [
        _("To be claimed within %(days)s days after the period.") % {"days": policy.window_days},
        _("On public notice for %(days)s working days.") % {"days": policy.notice_working_days},
    ]
    if policy.group_from is not None:
        lines.append(_("From %(amount)s on the leading group decides.") % {"amount": money(policy.group_from)})
    if policy.recheck_percent:
        lines.append(_("%(percent)s%% are re-checked by a third person.") % {"percent": policy.recheck_percent})
    return lines


def _hosts(policy: Policy) -> Iterable[PolicyHost]:
    return policy.policy_hosts.select_related("host").order_by("pk")


def _whole_months(counting: Counting) -> list[str]:
    if counting.full_from_days is None:
        return [_("Only whole months count: those that the stay covers from first to last day.")]
    return [
        _("Only whole months count: those with at least %(days)s days of attendance.")
        % {"days": _number(counting.full_from_days)}
    ]


def _half_months(counting: Counting) -> list[str]:
    full = _("A month that the stay covers from first to last day counts whole.")
    if counting.full_from_days is not None:
        full = _("From %(days)s days of attendance a month counts whole.") % {"days": _number(counting.full_from_days)}
    half = _number(counting.half_from_days or Decimal(0))
    return [full, _("From %(days)s days of attendance a month counts half.") % {"days": half}]


def _day_bands(counting: Counting) -> list[str]:
    return [_band(band) for band in counting.bands]


def _band(band: Band) -> str:
    values = {"days": _number(band.from_days)}
    if band.amount is not None:
        return _("From %(days)s days of attendance: %(sum)s a month.") % {**values, "sum": money(band.amount)}
    return _("From %(days)s days of attendance: %(share)s%% of the rate.") % {
        **values, "share": _number(band.value * 100),
    }  # fmt: skip


def _by_day(counting: Counting) -> list[str]:
    return [
        _("By the day: the rate divided by %(days)s, for each day of attendance, at most the rate.")
        % {"days": _number(counting.days_a_month or Decimal(0))}
    ]


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"


_METHODS = {
    CountingMethod.WHOLE_MONTHS: _whole_months,
    CountingMethod.HALF_MONTHS: _half_months,
    CountingMethod.DAY_BANDS: _day_bands,
    CountingMethod.BY_DAY: _by_day,
}
