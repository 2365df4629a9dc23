"""What the money reminds of, an area a file."""

from internships.subsidies.reminders import claims, payments, policies, reviews

__all__ = ["claims", "payments", "policies", "reviews"]
