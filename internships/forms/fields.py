"""Fields that several forms of this room share."""

from typing import Any

from django import forms


class DayField(forms.DateField):
    """A day, picked from the phone's own calendar. 29 February of a year without one is refused in words."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(**{"widget": widget, "localize": False, "input_formats": ["%Y-%m-%d"], **kwargs})


def plain_text(rows: int) -> forms.Textarea:
    """Return a field of so many rows."""
    return forms.Textarea(attrs={"rows": rows})
