"""What the internships room reminds of, an area a file."""

from internships.reminders import care

__all__ = ["care"]
