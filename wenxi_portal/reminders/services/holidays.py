"""The only writer of the working-day calendar."""

from django.db import transaction

from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.reminders.models import Holiday
from wenxi_portal.reminders.services.notice import Day, read
from wenxi_portal.reminders.services.scanning import look_again


@transaction.atomic
def import_notice(*, actor: User | None, year: int, text: str, source: str = "") -> list[Day]:
    """Put a year's notice into the calendar in place of what was there, and look at open reminders anew.

    Raises ``DomainError`` for a text that cannot be read; nothing is changed then.
    """
    days = read(text, year)
    present = {day.day: day for day in days}
    Holiday.objects.filter(day__year=year).exclude(day__in=present).delete()
    for day in days:
        values = {"is_working": day.is_working, "name": day.name, "source": source[:200]}
        Holiday.objects.update_or_create(day=day.day, defaults=values)
    look_again()
    first = Holiday.objects.get(day=days[0].day)
    record(actor=actor, verb=Verb.CHANGED, subject=first, reason=source, year=year, days=len(days))
    return days
