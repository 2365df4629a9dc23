"""What the internships room tells; each area declares its kinds in a module of its own."""

from internships import stay_messages

__all__ = ["stay_messages"]
