"""The allowance that positions announce. It comes from the money above, found by name: this room never imports it."""

from collections.abc import Mapping
from decimal import Decimal

from wenxi_portal.core.rooms import modules_called

Announced = Mapping[str, tuple[Decimal, bool]]
# The module of the room that declares ``allowance_a_month()``.
MODULE = "selectors.announced"


def allowance_a_month() -> Announced:
    """Return the announced allowance a month in yuan by level, each with whether it is a sample parameter.

    Levels without one are not named.
    """
    return {level: told for room in modules_called(MODULE) for level, told in room.allowance_a_month().items()}
