"""Ranges of days as the database compares them."""

from datetime import timedelta

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Aggregate, F, Func
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Least


class DateRange(Func):
    """PostgreSQL's ``daterange``; an empty end is open."""

    function = "DATERANGE"
    output_field = DateRangeField()


class RangeAgg(Aggregate):
    """The days of several ranges together, as one multirange."""

    function = "RANGE_AGG"
    output_field = DateRangeField()


class Contains(Func):
    """Whether a multirange holds every day of a range."""

    arg_joiner = " @> "
    template = "(%(expressions)s)"
    output_field = models.BooleanField()


def last_covered_day() -> Combinable:
    """Return the last day of an insurance: the day before its cancellation, where there is one."""
    return Cast(
        Least(
            F("ends_on"),
            Coalesce(Cast(F("cancelled_on") - timedelta(days=1), models.DateField()), F("ends_on")),
        ),
        models.DateField(),
    )
