"""The internships room in the admin."""

from internships.admin.position import PositionAdmin

__all__ = ["PositionAdmin"]
