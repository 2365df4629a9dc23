"""What the money reminds of, an area a file."""

from internships.subsidies.reminders import claims, payments

__all__ = ["claims", "payments"]
