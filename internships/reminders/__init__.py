"""What the internships room reminds of, one file an area; each declares its ladders when it is read."""

from internships.reminders import applying

__all__ = ["applying"]
