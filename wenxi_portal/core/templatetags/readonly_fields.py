"""What read-only fields of the desk show: ``{{ field|as_opened_to:request.user }}``."""

from typing import Any

from django import template
from django.db.models import ForeignKey, Model

register = template.Library()


@register.filter
def as_opened_to(field: Any, user: Any) -> str:
    """Return the contents of a read-only field; another record is a link for those who may view its kind alone."""
    if record := _record_in(field):
        needed = f"{record._meta.app_label}.view_{record._meta.model_name}"
        if not user.has_perm(needed):
            return str(record)
    contents: str = field.contents
    return contents


def _record_in(field: Any) -> Model | None:
    found = getattr(field, "resolved_field", False)
    if not isinstance(found, tuple):
        return None
    column, _attribute, value = found
    return value if isinstance(column, ForeignKey) and isinstance(value, Model) else None
