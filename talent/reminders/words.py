"""What the sentences of this room's reminders share."""

from django.db.models import F, TextField
from django.db.models.functions import Cast
from django.utils.dateparse import parse_date
from django.utils.formats import date_format

from wenxi_portal.notifications.kinds import Params

# A record is told by its number: its title would be the name of a person.
NUMBER = Cast(F("pk"), TextField())


def day(params: Params) -> str:
    """Return the due date in the reader's language."""
    return date_format(parse_date(params["due"]), "DATE_FORMAT")
