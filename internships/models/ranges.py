"""Ranges of days as the database compares them."""

from django.contrib.postgres.fields import DateRangeField
from django.db.models import Func


class DateRange(Func):
    """PostgreSQL's ``daterange``, both ends included; an empty end is open."""

    function = "DATERANGE"
    output_field = DateRangeField()
