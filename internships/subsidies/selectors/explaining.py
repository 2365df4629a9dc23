"""The arithmetic of a claim in the reader's language: each step of a line is one short sentence."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships.subsidies.enums import MilestoneKind, MonthBasis, Rounding
from talent.enums import StudyLevel
from wenxi_portal.core.money import money

Step = Mapping[str, Any]


def words_of(step: Step) -> str:
    """Return the sentence of one step of a line."""
    code = step["code"]
    if code in _WORDS:
        return _WORDS[code](step)
    return str(_SENTENCES[code]) % {name: _value(name, value) for name, value in step.items()}


def sentences(steps: list[Step] | tuple[Step, ...]) -> list[str]:
    """Return the sentences of a line in their order."""
    return [words_of(step) for step in steps]


# Steps that fill values into one sentence.
_SENTENCES = {
    "no_sheet": gettext_lazy("no confirmed attendance sheet"),
    "below": gettext_lazy("fewer than %(needed)s days: the month does not count"),
    "below_bands": gettext_lazy("fewer than %(needed)s days: nothing is due"),
    "not_whole": gettext_lazy("the stay does not cover the whole month: it does not count"),
    "half": gettext_lazy("from %(from)s days a half month counts"),
    "at_most_a_month": gettext_lazy("a month has %(days)s days at most"),
    "by_day": gettext_lazy("%(rate)s ÷ %(a_month)s × %(days)s days = %(amount)s"),
    "rate": gettext_lazy("%(rate)s × %(months)s months = %(amount)s"),
    "no_rate": gettext_lazy("the policy names no amount for this level: %(level)s"),
    "too_short": gettext_lazy("the stay has %(days)s days; the policy asks for at least %(needed)s"),
    "other_host": gettext_lazy("the policy does not apply to this employer"),
    "no_milestone": gettext_lazy("the policy pays nothing at this point"),
    "with_former": gettext_lazy("with %(days)s days at the host before the transfer: %(total)s days"),
    "less_former": gettext_lazy("less %(amount)s that the days before the transfer give by themselves"),
    "made_up": gettext_lazy("of which %(days)s days before the transfer, too few to be paid by themselves"),
    "cap_months": gettext_lazy("%(left)s months were left of the months a person may have: at most %(amount)s"),
    "cap_person": gettext_lazy("%(left)s was left of what a person may have"),
    "cap_base": gettext_lazy("%(left)s was left for this base in the year"),
    "already_paid": gettext_lazy("less %(amount)s paid with claim %(claim)s"),
    "top_up": gettext_lazy("top-up: %(percent)s%% of the allowance %(allowance)s, of which %(share)s%% now"),
}
_MONEY = {"rate", "amount", "allowance", "bonus"}


def _value(name: str, value: Any) -> str:
    if name == "level":
        return str(StudyLevel(value).label)
    return money(value) if name in _MONEY and value is not None else str(value)


def _month(step: Step) -> str:
    first, last = date.fromisoformat(step["from"]), date.fromisoformat(step["until"])
    if step["basis"] == MonthBasis.CALENDAR:
        period = formats.date_format(first, "YEAR_MONTH_FORMAT")
    else:
        period = _("%(first)s to %(last)s") % {
            "first": formats.date_format(first), "last": formats.date_format(last),
        }  # fmt: skip
    return _("%(period)s: %(days)s days of attendance") % {"period": period, "days": step["days"]}


def _whole(step: Step) -> str:
    if step["from"] is None:
        return _("the stay covers the whole month: it counts whole")
    return _("from %(days)s days the month counts whole") % {"days": step["from"]}


def _band(step: Step) -> str:
    if "amount" in step:
        return _("from %(days)s days: %(amount)s") % {"days": step["from"], "amount": money(step["amount"])}
    return _("from %(days)s days: %(share)s%% of the rate") % {"days": step["from"], "share": step["share"]}


def _rate(step: Step) -> str:
    words = str(_SENTENCES[step["code"]]) % {name: _value(name, value) for name, value in step.items()}
    if "rounding" not in step:
        return words
    return _("%(sum)s (rounded %(how)s)") % {"sum": words, "how": Rounding(step["rounding"]).label}


def _milestone(step: Step) -> str:
    kind = str(MilestoneKind(step["kind"]).label)
    if step["months"]:
        kind = _("%(months)s months of social insurance") % {"months": step["months"]}
    return _("%(milestone)s: %(share)s%% of the bonus %(bonus)s (%(level)s)") % {
        "milestone": kind, "share": step["share"], "bonus": money(step["bonus"]),
        "level": StudyLevel(step["level"]).label,
    }  # fmt: skip


def _before(step: Step) -> str:
    words = _("before this: %(months)s months and %(amount)s of the caps are used") % {
        "months": step["months"], "amount": money(step["amount"]),
    }  # fmt: skip
    if step["base_left"] is None:
        return words
    return _("%(before)s; the base has %(left)s left in the year") % {
        "before": words, "left": money(step["base_left"]),
    }  # fmt: skip


# Steps whose sentence depends on what is in them.
_WORDS: dict[str, Callable[[Step], str]] = {
    "month": _month,
    "whole": _whole,
    "band": _band,
    "rate": _rate,
    "by_day": _rate,
    "milestone": _milestone,
    "before": _before,
}
