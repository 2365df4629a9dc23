"""From a record of the desk to its public page."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseRedirect


def page_of_record(site: Any, request: HttpRequest, content_type_id: str, object_id: str) -> HttpResponseRedirect:
    """Lead to the page of a record that the person may see at the desk; anything else is not there.

    Django's own view looks up any table by any text, histories and views of the database among them, and fails on some.
    """
    kind = ContentType.objects.filter(pk=int(content_type_id)).first() if content_type_id.isdecimal() else None
    model_admin = site._registry.get(kind.model_class()) if kind else None  # noqa: SLF001 - the site's own register
    if model_admin is None or not model_admin.has_view_permission(request):
        raise Http404
    try:
        record = model_admin.get_queryset(request).filter(pk=object_id).first()
    except (ValueError, OverflowError, ValidationError):
        record = None
    if record is None or not hasattr(record, "get_absolute_url"):
        raise Http404
    return HttpResponseRedirect(record.get_absolute_url())
