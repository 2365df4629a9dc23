"""Forms in the admin's clothes."""

from typing import Any

from django import forms
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminEmailInputWidget,
    UnfoldAdminFileFieldWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminSingleDateWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

_CLOTHES: dict[type[forms.Widget], type[forms.Widget]] = {
    forms.TextInput: UnfoldAdminTextInputWidget,
    forms.EmailInput: UnfoldAdminEmailInputWidget,
    forms.NumberInput: UnfoldAdminIntegerFieldWidget,
    forms.DateInput: UnfoldAdminSingleDateWidget,
    forms.Select: UnfoldAdminSelectWidget,
    forms.Textarea: UnfoldAdminTextareaWidget,
    # A bare one breaks the script of the admin, which shows the name of the file that was chosen.
    forms.ClearableFileInput: UnfoldAdminFileFieldWidget,
    forms.CheckboxSelectMultiple: UnfoldAdminCheckboxSelectMultipleWidget,
}


class DressedForm(forms.Form):
    """A plain form whose widgets look like those of the admin."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field)


def dress(field: forms.Field) -> None:
    """Exchange the widget of ``field`` for the admin's one of the same sort."""
    clothes = _CLOTHES.get(type(field.widget))
    if clothes is None:
        return
    old = field.widget
    extra = {"rows": old.attrs.get("rows", 3)} if isinstance(old, forms.Textarea) else {}
    field.widget = clothes(attrs={**{k: v for k, v in old.attrs.items() if k not in {"cols", "rows"}}, **extra})
    field.widget.is_required = field.required
    if isinstance(field, forms.ModelChoiceField) and field.empty_label:
        field.empty_label = "—"
    if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)):
        field.widget.choices = field.choices  # type: ignore[attr-defined]
