"""What the internships room reminds of, an area a file."""

from internships.reminders import applying, care, positions, stay

__all__ = ["applying", "care", "positions", "stay"]
