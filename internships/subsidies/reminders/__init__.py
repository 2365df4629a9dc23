"""What the money reminds of, an area a file."""

from internships.subsidies.reminders import claims

__all__ = ["claims"]
