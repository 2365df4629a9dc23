"""How the staff's admin looks (django-unfold)."""

UNFOLD: dict[str, object] = {}
