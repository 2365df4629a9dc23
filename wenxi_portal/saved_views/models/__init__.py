"""Rows of the saved-views room."""

from wenxi_portal.saved_views.models.saved_view import SavedView, SeenRow

__all__ = ["SavedView", "SeenRow"]
