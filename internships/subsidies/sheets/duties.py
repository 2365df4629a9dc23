"""The duty matrix as a workbook."""

from collections.abc import Callable

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from internships.subsidies.enums import Duty
from internships.subsidies.selectors.duty_matrix import MatrixRow
from wenxi_portal.core.wording import part_list
from wenxi_portal.spreadsheets.sheet import Column, ColumnKind, Sheet


def _names(duty: Duty) -> Callable[[MatrixRow], str]:
    def shown(row: MatrixRow) -> str:
        hands = row.hands.get(duty, [])
        return part_list(f"{hand.name} {date_format(hand.on, 'Y-m-d')}" for hand in hands)

    return shown


DUTY_MATRIX = Sheet(
    title=gettext_lazy("Duty matrix"),
    columns=(
        Column(gettext_lazy("claim"), lambda row: row.claim.number, 16, ColumnKind.CODE),
        Column(pgettext_lazy("of a person", "name"), lambda row: row.claim.student.name, 12),
        Column(gettext_lazy("scheme"), lambda row: row.claim.scheme.name, 18),
        Column(gettext_lazy("state"), lambda row: str(row.claim.get_state_display()), 14),
        Column(gettext_lazy("amount in yuan"), lambda row: row.claim.amount, 14, ColumnKind.MONEY, total=True),
        *(Column(duty.label, _names(duty), 20) for duty in Duty),
        Column(gettext_lazy("separate hands"), lambda row: _("yes") if row.is_separate else _("NO"), 10),
    ),
)
