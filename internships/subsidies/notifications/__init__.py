"""What the money tells: each area declares its kinds of message in a file of its own."""

from internships.subsidies.notifications import claims, payments, reviews

__all__ = ["claims", "payments", "reviews"]
