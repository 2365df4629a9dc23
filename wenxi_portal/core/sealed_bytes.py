"""Whole files sealed at rest, through the same ciphers and keys as single texts."""

from typing import Any

from django.conf import settings
from django.db import models

from wenxi_portal.core.cipher import CIPHERS, WRITING_CIPHER, CipherError


def seal_bytes(plain: bytes, *, context: str) -> bytes:
    """Encipher ``plain`` under the newest key: ``<cipher>:<key version>:`` and the cipher text as it is."""
    version = max(settings.FIELD_KEYS)
    sealed = CIPHERS[WRITING_CIPHER].encrypt(settings.FIELD_KEYS[version], plain, context.encode())
    return f"{WRITING_CIPHER}:{version}:".encode() + sealed


def unseal_bytes(stored: bytes, *, context: str) -> bytes:
    """Return the plain bytes; raise ``CipherError`` when key or cipher is missing or wrong."""
    try:
        name, version, sealed = bytes(stored).split(b":", 2)
        cipher, key = CIPHERS[name.decode()], settings.FIELD_KEYS[int(version)]
    except (KeyError, ValueError) as error:
        raise CipherError("This is no sealed file, or the key that sealed it is not configured.") from error
    return cipher.decrypt(key, sealed, context.encode())


class SealedBytesField(models.BinaryField):
    """Bytes that are enciphered in the database and plain in Python. ``context`` names the column once for all."""

    def __init__(self, *args: Any, context: str, **kwargs: Any) -> None:
        self.context = context
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Tell migrations the context."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, list(args), {**kwargs, "context": self.context}

    def from_db_value(self, value: bytes | None, *_context: Any) -> bytes | None:
        """Open the stored bytes."""
        return None if value is None else unseal_bytes(value, context=self.context)

    def get_prep_value(self, value: Any) -> Any:
        """Seal the bytes for the database."""
        return None if value is None else seal_bytes(bytes(value), context=self.context)
