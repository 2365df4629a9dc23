"""What the money reminds of, an area a file."""

from internships.subsidies.reminders import policies

__all__ = ["policies"]
