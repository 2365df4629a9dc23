"""What the internships room reminds of, one file an area."""

from internships.reminders import stay

__all__ = ["stay"]
