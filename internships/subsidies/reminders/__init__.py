"""What the money reminds of, an area a file."""

from internships.subsidies.reminders import payments

__all__ = ["payments"]
