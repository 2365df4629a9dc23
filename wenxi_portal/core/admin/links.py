"""Addresses of records in the admin."""

from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString


def change_url(record: Model) -> str:
    """Return where the record's form is."""
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[record.pk])


def change_link(record: Model) -> SafeString:
    """Return a link to the record's form that shows its name."""
    return format_html('<a class="portal-link" href="{}">{}</a>', change_url(record), record)
