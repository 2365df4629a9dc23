"""The allowance that positions announce. It comes from the money above, found by name: this room never imports it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

Announced = Mapping[str, tuple[Decimal, bool]]


def allowance_a_month() -> Announced:
    """Return the announced allowance a month in yuan by level, each with whether it is a sample parameter.

    Levels without one are not named.
    """
    return cast("Announced", import_string(settings.ALLOWANCE_SOURCE)())
