"""The fields of a policy's rates and counting rule: numbers and choices, from which the data is made."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.widgets import UnfoldAdminDecimalFieldWidget, UnfoldAdminIntegerFieldWidget, UnfoldAdminSelectWidget

from internships.subsidies.enums import CountingMethod, MilestoneKind, MonthBasis, Rounding, Transfers
from talent.enums import StudyLevel

BANDS = range(1, 6)
MILESTONES = range(1, 5)
COUNTING = (
    "method", "basis", "half_from_days", "full_from_days", "days_a_month", "minimum_stay_days", "rounding",
    "rounding_step", "transfers",
)  # fmt: skip


def _money(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_value=100000, decimal_places=2,
        widget=UnfoldAdminDecimalFieldWidget, **more,
    )  # fmt: skip


def _days(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=Decimal("0.5"), max_value=31, decimal_places=2,
        widget=UnfoldAdminDecimalFieldWidget, **more,
    )  # fmt: skip


def _percent(label: Any, most: int = 100) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_value=most, decimal_places=2, widget=UnfoldAdminDecimalFieldWidget
    )


def _choice(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=UnfoldAdminSelectWidget)


def rule_fields() -> dict[str, forms.Field]:
    """Return the fields in their order."""
    fields: dict[str, forms.Field] = {f"rate_{level}": _money(level.label) for level in StudyLevel}
    fields |= {
        "method": _choice(_("counting rule"), CountingMethod.choices),
        "basis": _choice(_("months"), MonthBasis.choices),
        "half_from_days": _days(_("half month from so many days")),
        "full_from_days": _days(
            _("whole month from so many days"), help_text=_("Empty: the stay has to cover the whole month.")
        ),
        "days_a_month": _days(
            _("days a month"), help_text=_("By the day: the rate is divided by this. Usually 21.75, 22 or 30.")
        ),
        "minimum_stay_days": forms.IntegerField(
            label=_("shortest stay, in days"), required=False, min_value=0, max_value=366,
            widget=UnfoldAdminIntegerFieldWidget,
        ),
        "rounding": _choice(pgettext_lazy("of amounts", "rounded"), Rounding.choices),
        "rounding_step": _money(_("rounded to steps of, in yuan"), help_text=_("Empty: to the cent.")),
        "transfers": _choice(_("in a month with a transfer count"), Transfers.choices),
    }  # fmt: skip
    for number in BANDS:
        fields[f"band_{number}_from"] = _days(_("from days"))
        fields[f"band_{number}_share"] = _percent(_("share of the rate, in percent"))
        fields[f"band_{number}_amount"] = _money(_("or a fixed amount, in yuan"))
    fields |= {f"bonus_{level}": _money(level.label) for level in StudyLevel}
    fields["percent_of_allowance"] = _percent(_("top-up: percent of the allowance paid"), 1000)
    for number in MILESTONES:
        fields[f"milestone_{number}_months"] = forms.IntegerField(
            label=_("months of social insurance"), required=False, min_value=0, max_value=120,
            help_text=_("0: the employment contract"), widget=UnfoldAdminIntegerFieldWidget,
        )  # fmt: skip
        fields[f"milestone_{number}_share"] = _percent(_("share of the bonus, in percent"))
    return fields


def to_data(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of the rules that the fields describe; empty fields leave nothing behind."""
    data: dict[str, Any] = {}
    rates = _by_level("rate", values)
    if rates:
        data["rates"] = rates
    counting: dict[str, Any] = {name: _text(values[name]) for name in COUNTING if values.get(name) not in (None, "")}
    bands = [band for number in BANDS if (band := _band(number, values))]
    if bands:
        counting["bands"] = bands
    if counting.get("method") and (rates or bands):
        data["counting"] = counting
    bonus: dict[str, Any] = {}
    if amounts := _by_level("bonus", values):
        bonus["amounts"] = amounts
    if values.get("percent_of_allowance"):
        bonus["percent_of_allowance"] = _text(values["percent_of_allowance"])
    if bonus:
        milestones = [one for number in MILESTONES if (one := _milestone(number, values))]
        data["bonus"] = bonus | ({"milestones": milestones} if milestones else {})
    return data


def to_values(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the fields show for the data of rules."""
    values: dict[str, Any] = {f"rate_{level}": rate for level, rate in (data.get("rates") or {}).items()}
    counting, bonus = data.get("counting") or {}, data.get("bonus") or {}
    values |= {name: counting[name] for name in COUNTING if name in counting}
    for number, band in enumerate(counting.get("bands") or (), start=1):
        values[f"band_{number}_from"] = band["from_days"]
        if "share" in band:
            values[f"band_{number}_share"] = Decimal(str(band["share"])) * 100
        else:
            values[f"band_{number}_amount"] = band["amount"]
    values |= {f"bonus_{level}": amount for level, amount in (bonus.get("amounts") or {}).items()}
    values["percent_of_allowance"] = bonus.get("percent_of_allowance")
    for number, one in enumerate(bonus.get("milestones") or (), start=1):
        values[f"milestone_{number}_months"] = one.get("months", 0)
        values[f"milestone_{number}_share"] = Decimal(str(one["share"])) * 100
    return values


def field_at(place: str) -> str:
    """Return the field in which the value at ``place`` of the rules was entered."""
    head, _dot, rest = place.partition(".")
    if head == "rates":
        return f"rate_{rest}" if rest else f"rate_{StudyLevel.BACHELOR}"
    if head == "counting":
        name, _dot, more = rest.partition(".")
        if name == "bands":
            number = int(more.partition(".")[0] or 0) + 1
            return f"band_{number}_from"
        return name or "method"
    name, _dot, more = rest.partition(".")
    if name == "milestones":
        number = int(more.partition(".")[0] or 0) + 1
        return f"milestone_{number}_{'months' if more.endswith('months') else 'share'}"
    return f"bonus_{more}" if name == "amounts" and more else f"bonus_{StudyLevel.BACHELOR}"


def _by_level(name: str, values: Mapping[str, Any]) -> dict[str, str]:
    found = {level.value: values.get(f"{name}_{level}") for level in StudyLevel}
    return {level: _text(amount) for level, amount in found.items() if amount is not None}


def _band(number: int, values: Mapping[str, Any]) -> dict[str, str]:
    share, amount = values.get(f"band_{number}_share"), values.get(f"band_{number}_amount")
    parts = {
        "from_days": values.get(f"band_{number}_from"),
        "share": None if share is None else share / 100,
        "amount": amount,
    }
    return {name: _text(value) for name, value in parts.items() if value is not None}


def _milestone(number: int, values: Mapping[str, Any]) -> dict[str, Any]:
    months, share = values.get(f"milestone_{number}_months"), values.get(f"milestone_{number}_share")
    if share is None:
        return {} if months is None else {"kind": _kind(months), "months": months}
    return {"kind": _kind(months or 0), "months": months or 0, "share": _text(share / 100)}


def _kind(months: int) -> str:
    return (MilestoneKind.MONTHS if months else MilestoneKind.CONTRACT).value


def _text(value: Any) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
