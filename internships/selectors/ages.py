"""How old somebody is."""

from datetime import date


def age_on(born: date, day: date) -> int:
    """Return the full years of somebody on ``day``. Born on 29 February, one grows older on 1 March of other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
