"""What the admin shows of a record bears a Chinese name."""

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.utils import translation

SITE = admin.site
# Columns that are written in Latin letters in Chinese too.
LATIN = {"ID", "URL", "IP"}


def shown_fields():
    """Return the fields that lists and read-only pages of the admin show, each with its model."""
    for model, options in SITE._registry.items():
        names = {name for name in options.list_display if isinstance(name, str)}
        names |= {name for name in options.readonly_fields if isinstance(name, str)}
        for name in sorted(names):
            try:
                yield model, model._meta.get_field(name)
            except FieldDoesNotExist:
                continue


def test_every_shown_field_has_a_chinese_name():
    with translation.override("zh-hans"):
        bare = [
            f"{model._meta.label}.{field.name}: {field.verbose_name}"
            for model, field in shown_fields()
            if str(field.verbose_name).isascii() and str(field.verbose_name) not in LATIN
        ]
    assert not bare
