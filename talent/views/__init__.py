"""The public door of the talent room."""
