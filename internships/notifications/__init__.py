"""What the internships room tells: each area declares its kinds of message in a file of its own."""

from internships.notifications import applying, care, positions, stay

__all__ = ["applying", "care", "positions", "stay"]
