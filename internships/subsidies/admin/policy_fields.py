"""How the form of a policy is laid out."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from internships.subsidies.enums import SchemeKind
from internships.subsidies.forms.rules import BANDS, MILESTONES
from internships.subsidies.models import Policy
from talent.enums import StudyLevel

LEVELS = [level.value for level in StudyLevel]
FACTS = ["scheme", ("document_number", "title"), "source", "text", ("valid_from", "valid_until")]
RATES = [tuple(f"rate_{level}" for level in LEVELS[at : at + 2]) for at in range(0, len(LEVELS), 2)]
COUNTING = [
    ("method", "basis"), ("half_from_days", "full_from_days"), ("days_a_month", "minimum_stay_days"),
    ("rounding", "rounding_step"), "transfers",
]  # fmt: skip
BAND_ROWS = [(f"band_{number}_from", f"band_{number}_share", f"band_{number}_amount") for number in BANDS]
BONUS = [
    *(tuple(f"bonus_{level}" for level in LEVELS[at : at + 2]) for at in range(0, len(LEVELS), 2)),
    "percent_of_allowance",
    *((f"milestone_{number}_months", f"milestone_{number}_share") for number in MILESTONES),
]  # fmt: skip
CAPS = [("most_months", "most_a_person"), ("most_a_base_year", "most_a_batch")]
COURSE = [
    ("rhythm", "window_days"), ("notice_working_days", "recheck_percent"), "group_from", "papers",
]  # fmt: skip
SAMPLES = ["is_sample", "published_parts", "expected_revision"]


def fieldsets_of(policy: Policy | None, *, may_edit: bool) -> list[tuple[Any, dict[str, Any]]]:
    """Return the groups of fields: all of them for a new draft, those of its kind for one on file."""
    if not may_edit:
        return [(None, {"fields": [*FACTS]})]
    kind = policy.scheme.kind if policy else None
    parts: list[tuple[Any, dict[str, Any]]] = [(_("The paper"), {"fields": FACTS})]
    if kind != SchemeKind.BONUS:
        parts += [
            (
                _("Allowance: rates in yuan a month"),
                {"fields": RATES, "description": _("By the level being studied. Empty: no allowance for this level.")},
            ),
            (_("Allowance: how days are counted"), {"fields": COUNTING}),
            (
                _("Allowance: bands of days"),
                {
                    "fields": BAND_ROWS,
                    "classes": ["collapse"],
                    "description": _(
                        "Only for the rule “fixed shares by bands of days”: from so many days either a share of the"
                        " rate or a fixed amount."
                    ),
                },
            ),
        ]
    if kind != SchemeKind.ALLOWANCE:
        parts.append(
            (
                _("Bonus: amounts in yuan, and when they are paid"),
                {
                    "fields": BONUS,
                    "description": _(
                        "Without milestones the bonus is paid once, after the employment contract. The shares of the"
                        " milestones come to 100 percent."
                    ),
                },
            )
        )
    return [
        *parts,
        (_("Caps"), {"fields": CAPS, "description": _("An empty cap is no cap.")}),
        (_("Way of a claim"), {"fields": COURSE}),
        (
            _("Sample parameters"),
            {
                "fields": SAMPLES,
                "description": _(
                    "Values that no paper of the county gives are marked as such wherever they are shown."
                ),
            },
        ),
    ]
