"""Sealing again under the newest key whatever an older key sealed: columns of text and of bytes, and files."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import BinaryField, F, TextField, Value
from django.db.models.fields.files import FieldFile
from django.db.models.functions import Cast, Substr

from wenxi_portal.core.cipher import key_version
from wenxi_portal.core.fields import SealedTextField
from wenxi_portal.core.sealed_bytes import SealedBytesField, seal_bytes, unseal_bytes

# Texts are short; a pack for the auditors may be large.
BATCH, BATCH_OF_BYTES = 500, 5
# The cipher's name and the version of the key stand before the second colon.
HEAD = 40


def sealed_columns() -> Iterator[tuple[type[models.Model], SealedTextField | SealedBytesField]]:
    """Yield every sealed column of every model."""
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, SealedTextField | SealedBytesField):
                yield model, field


def sealed_files() -> Iterator[tuple[type[models.Model], str, str]]:
    """Yield every model whose files lie sealed, the name of its file field and the context they are sealed in.

    Such a model names them: ``sealed_file = ("file", CONTEXT)``.
    """
    for model in apps.get_models():
        if declared := getattr(model, "sealed_file", None):
            yield (model, *declared)


def rotate_column(model: type[models.Model], field: SealedTextField | SealedBytesField) -> int:
    """Seal the values of one column again that an older key sealed; return how many.

    Can be stopped and run again: what is sealed under the newest key is left alone. A value changed meanwhile by
    somebody else has been sealed under the newest key by that change.
    """
    newest, count, last = max(settings.FIELD_KEYS), 0, 0
    is_text = isinstance(field, SealedTextField)
    empty = {field.attname: ""} if is_text else {f"{field.attname}__isnull": True}
    rows = model._default_manager.exclude(**empty).annotate(stored=_stored(field.attname, is_text=is_text))
    size = BATCH if is_text else BATCH_OF_BYTES
    while batch := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", "stored")[:size]):
        last = batch[-1][0]
        old = [pk for pk, stored in batch if stored and _version(stored) < newest]
        with transaction.atomic():
            for row in model._default_manager.select_for_update(of=("self",), no_key=True).filter(pk__in=old):
                plain = getattr(row, field.attname)
                model._default_manager.filter(pk=row.pk).update(**{field.attname: plain})
                count += 1
    return count


def rotate_files(model: type[models.Model], name: str, context: str, missed: Callable[[str], None]) -> int:
    """Seal the files of one model again that an older key sealed; return how many.

    Each takes the place of the old one in one step of the file system, so that whoever is stopped in the middle leaves
    whole files only, and the row in the database stays as it is. ``missed`` is told the name of a file that is not
    there. Raises ``CipherError`` for a file that does not open, and leaves it.
    """
    newest, count = max(settings.FIELD_KEYS), 0
    for row in model._default_manager.order_by("pk").iterator(BATCH):
        file: FieldFile = getattr(row, name)
        try:
            with file.open("rb") as stream:
                head = stream.read(HEAD)
                if _version(head) >= newest:
                    continue
                plain = unseal_bytes(head + stream.read(), context=context)
        except FileNotFoundError:
            missed(Path(file.name or "").name)
            continue
        _put_in_place(Path(file.path), seal_bytes(plain, context=context))
        count += 1
    return count


def _put_in_place(path: Path, content: bytes) -> None:
    """Write ``content`` beside ``path``, with its rights, and let it take its place."""
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as fresh:
        beside = Path(fresh.name)
        try:
            fresh.write(content)
            fresh.flush()
            beside.chmod(path.stat().st_mode & 0o777)
            beside.replace(path)
        finally:
            with suppress(FileNotFoundError):
                beside.unlink()


def _stored(column: str, *, is_text: bool) -> Any:
    """Return the head of what lies in the database, unopened."""
    if is_text:
        return Cast(F(column), TextField())
    return Substr(Cast(F(column), BinaryField()), Value(1), Value(HEAD), output_field=BinaryField())


def _version(stored: str | bytes | memoryview) -> int:
    if isinstance(stored, str):
        return key_version(stored)
    return int(bytes(stored).split(b":", 2)[1])
