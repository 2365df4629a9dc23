"""Sealing again under the newest key whatever an older key sealed.

Sealed columns are found by their fields. What lies sealed elsewhere (in a document of a library, in a file) a room
declares as ``SEALED`` in its module ``sealed``.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import F, TextField
from django.db.models.functions import Substr

from wenxi_portal.core.cipher import is_old
from wenxi_portal.core.fields import SealedTextField
from wenxi_portal.core.rooms import modules_called
from wenxi_portal.core.sealed_bytes import SealedBytesField

MODULE = "sealed"
BATCH = 500
# So much of a sealed value as tells cipher and key.
HEAD = 32


@dataclass(frozen=True, slots=True)
class SealedPlace:
    """Where something lies sealed: its name, and the deed that seals it again and returns how many there were.

    The deed leaves alone what the newest key has sealed, so that it can be stopped and done again.
    """

    name: str
    rotate: Callable[[], int]


def sealed_places() -> list[SealedPlace]:
    """Return every place in which something lies sealed for longer than a session."""
    columns = [
        SealedPlace(f"{model._meta.label}.{field.name}", partial(rotate_column, model, field))
        for model, field in sealed_columns()
    ]
    return [*columns, *(place for room in modules_called(MODULE) for place in getattr(room, "SEALED", ()))]


def sealed_columns() -> Iterator[tuple[type[models.Model], SealedTextField | SealedBytesField]]:
    """Yield every sealed column of every model."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, SealedTextField | SealedBytesField):
                yield model, field


def rotate_column(model: type[models.Model], field: SealedTextField | SealedBytesField) -> int:
    """Seal the values of one column again that an older key sealed; return how many.

    Can be stopped and run again: what is sealed under the newest key is left alone. A value changed meanwhile by
    somebody else has been sealed under the newest key by that change.
    """
    count, last = 0, 0
    # Whole files are opened one at a time.
    at_once = BATCH if isinstance(field, SealedTextField) else 1
    rows = model._default_manager.annotate(sealed_head=Substr(F(field.attname), 1, HEAD, output_field=TextField()))
    while batch := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", "sealed_head")[:BATCH]):
        last = batch[-1][0]
        old = [pk for pk, head in batch if head and is_old(_text(head))]
        for begin in range(0, len(old), at_once):
            count += _seal_again(model, field, old[begin : begin + at_once])
    return count


@transaction.atomic
def _seal_again(model: type[models.Model], field: SealedTextField | SealedBytesField, keys: list[int]) -> int:
    rows = model._default_manager.select_for_update(of=("self",), no_key=True).filter(pk__in=keys)
    for row in rows.only("pk", field.attname):
        model._default_manager.filter(pk=row.pk).update(**{field.attname: getattr(row, field.attname)})
    return len(keys)


def _text(head: Any) -> str:
    return head if isinstance(head, str) else bytes(head).decode("ascii", errors="replace")
