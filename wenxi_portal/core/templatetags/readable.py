"""What a read-only field of the admin shows of another record: a link only where it opens."""

from typing import Any

from django import template
from django.contrib.admin.sites import AdminSite
from django.db.models import Model
from django.http import HttpRequest

register = template.Library()


@register.simple_tag(takes_context=True)
def readable(context: template.Context, field: Any) -> Any:
    """Return the contents of a read-only field; the name alone of a record that the person may not open."""
    contents, found = field.contents, field.resolved_field
    request = context.get("request")
    value = found[2] if found and found[0] is not None else None
    if request is None or not isinstance(value, Model):
        return contents
    return contents if _opens(field.model_admin.admin_site, request, value) else str(value)


def _opens(site: AdminSite, request: HttpRequest, record: Model) -> bool:
    """Tell whether the record's page answers the person: by permission, and by row where rows are narrowed."""
    model = type(record)
    if not site.is_registered(model):
        return False
    target = site.get_model_admin(model)
    if not target.has_view_permission(request, record):
        return False
    return target.get_queryset(request).filter(pk=record.pk).exists()
