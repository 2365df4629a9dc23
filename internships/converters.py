"""Months in addresses: 2026-11."""

from datetime import date


class MonthConverter:
    """A month as ``2026-11``; in Python its first day."""

    regex = "20[0-9]{2}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        """Return the first day of the month."""
        year, month = value.split("-")
        return date(int(year), int(month), 1)

    def to_url(self, value: date | str) -> str:
        """Return the month as it stands in addresses."""
        return value if isinstance(value, str) else f"{value:%Y-%m}"
