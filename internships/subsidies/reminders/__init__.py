"""What the money reminds of, an area a file."""

from internships.subsidies.reminders import claims, reviews

__all__ = ["claims", "reviews"]
