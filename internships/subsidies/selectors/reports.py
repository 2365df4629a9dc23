"""What was paid, as it is reported upward: by month, scheme, university, host, level."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import Count, F, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, ExtractMonth, NullIf
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from internships.subsidies.enums import LineResult, SchemeKind
from internships.subsidies.models import PaymentLine
from talent.enums import StudyLevel


@dataclass(frozen=True, slots=True)
class Dimension:
    """By what payments are added up: an expression over payment lines, and how a value of it is called."""

    label: str | Promise
    by: Any
    words: Callable[[Any], str] = str


DIMENSIONS: dict[str, Dimension] = {
    "month": Dimension(gettext_lazy("month"), ExtractMonth("paid_on"), lambda month: _("month %(month)d")
                       % {"month": month}),
    "kind": Dimension(gettext_lazy("kind"), F("claim__kind"), lambda kind: str(SchemeKind(kind).label)),
    "scheme": Dimension(gettext_lazy("scheme"), F("claim__scheme__name")),
    "university": Dimension(
        gettext_lazy("university"),
        Coalesce("claim__student__university__name", NullIf("claim__student__university_name", Value("")), Value("—")),
    ),
    "host": Dimension(gettext_lazy("host"), F("claim__host__name")),
    "level": Dimension(pgettext_lazy("of studies", "level"), F("claim__level"),
                       lambda level: str(StudyLevel(level).label)),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One line of a report. ``months`` are months of the stays paid for, ``amount`` is yuan."""

    name: str
    people: int
    claims: int
    months: Decimal
    amount: Decimal


def paid_lines(year: int) -> QuerySet[PaymentLine]:
    """Return what was paid in ``year``. Demo records count only where the portal is a demo."""
    lines = PaymentLine.objects.filter(result=LineResult.PAID, paid_on__year=year)
    return lines if settings.PORTAL_DEMO else lines.filter(claim__is_demo=False)


def report(year: int, dimension: str) -> tuple[list[ReportRow], ReportRow]:
    """Return what was paid in ``year`` by a dimension, and the total. People are counted once in each."""
    chosen = DIMENSIONS[dimension]
    sums = {
        "people": Count("claim__student", distinct=True), "claims": Count("pk"), "months": Sum("claim__months"),
        "total": Sum("amount"),
    }  # fmt: skip
    lines = paid_lines(year)
    rows: Any = lines.order_by().annotate(group=chosen.by).values("group").annotate(**sums)
    order = (lambda row: row["group"]) if dimension == "month" else (lambda row: (-row["total"], str(row["group"])))
    found = [_row(chosen.words(row["group"]), row) for row in sorted(rows, key=order)]
    return found, _row(_("Total"), lines.aggregate(**sums))


def years() -> list[int]:
    """Return the years in which something was paid, newest first."""
    return sorted(
        {day.year for day in PaymentLine.objects.filter(result=LineResult.PAID).dates("paid_on", "year")}, reverse=True
    )


def _row(name: str, sums: dict[str, Any]) -> ReportRow:
    zero = Decimal(0)
    return ReportRow(name, sums["people"], sums["claims"], sums["months"] or zero, sums["total"] or zero)
