"""Sealing again under the newest key whatever an older key sealed."""

from collections.abc import Iterator

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import F, TextField
from django.db.models.functions import Cast

from wenxi_portal.core.cipher import key_version
from wenxi_portal.core.fields import SealedTextField

BATCH = 500


def sealed_columns() -> Iterator[tuple[type[models.Model], SealedTextField]]:
    """Yield every sealed column of every model."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, SealedTextField):
                yield model, field


def rotate_column(model: type[models.Model], field: SealedTextField) -> int:
    """Seal the values of one column again that an older key sealed; return how many.

    Can be stopped and run again: what is sealed under the newest key is left alone. A value changed meanwhile by
    somebody else has been sealed under the newest key by that change.
    """
    newest, count, last = max(settings.FIELD_KEYS), 0, 0
    rows = model._default_manager.exclude(**{field.attname: ""}).annotate(stored=Cast(F(field.attname), TextField()))
    while batch := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", "stored")[:BATCH]):
        last = batch[-1][0]
        old = [pk for pk, stored in batch if stored and key_version(stored) < newest]
        with transaction.atomic():
            for row in model._default_manager.select_for_update(of=("self",), no_key=True).filter(pk__in=old):
                plain = getattr(row, field.attname)
                model._default_manager.filter(pk=row.pk).update(**{field.attname: plain})
                count += 1
    return count
