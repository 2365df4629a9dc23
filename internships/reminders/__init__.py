"""What the internships room reminds of, an area a file."""

from internships.reminders import care, positions

__all__ = ["care", "positions"]
