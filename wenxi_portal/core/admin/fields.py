"""Form fields as the admin shows them."""

from typing import Any

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper


def without_side_doors(field: Any) -> Any:
    """Return ``field`` without the buttons that add or edit the chosen record in a second window.

    Each record has its own page, where its own rules hold.
    """
    if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
        for door in ("can_add_related", "can_change_related", "can_delete_related", "can_view_related"):
            setattr(field.widget, door, False)
    return field
