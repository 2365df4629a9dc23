"""What the internships room reminds of, an area a file."""

from internships.reminders import positions

__all__ = ["positions"]
