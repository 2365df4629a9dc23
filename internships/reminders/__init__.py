"""What the internships room reminds of, an area a file."""

from internships.reminders import care, positions, stay

__all__ = ["care", "positions", "stay"]
