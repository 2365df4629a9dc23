"""Views of the pages room."""
