"""Who rides in a shuttle, as the office prints it."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy, pgettext_lazy

from internships.models import ShuttleSeat
from wenxi_portal.spreadsheets.sheet import Column, ColumnKind, Sheet


def _prepare(queryset: QuerySet[ShuttleSeat]) -> QuerySet[ShuttleSeat]:
    return queryset.select_related("run", "placement__student__university", "placement__host")


def _leaves(seat: ShuttleSeat) -> str:
    return date_format(timezone.localtime(seat.run.leaves_at), "DATETIME_FORMAT")


PASSENGERS = Sheet(
    title=gettext_lazy("Passenger list"),
    columns=(
        Column(gettext_lazy("shuttle"), lambda seat: seat.run.name, 20),
        Column(gettext_lazy("leaves at"), _leaves, 22),
        Column(gettext_lazy("seat"), lambda seat: seat.number, 8, kind=ColumnKind.NUMBER),
        Column(pgettext_lazy("of a person", "name"), lambda seat: seat.placement.student.name, 14),
        Column(gettext_lazy("university"), lambda seat: seat.placement.student.school, 24),
        Column(gettext_lazy("host"), lambda seat: seat.placement.host.name, 28),
    ),
    prepare=_prepare,
)
