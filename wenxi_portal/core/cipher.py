"""The one seam through which personal data is enciphered.

A cipher text reads ``<cipher>:<key version>:<base64 of nonce + text + tag>``, so that keys can be rotated and
another cipher (SM4-GCM where a county must use it) can be registered in ``CIPHERS`` without touching a caller.
"""

import base64
import hashlib
import hmac
import os
from functools import lru_cache
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


class Cipher(Protocol):
    """What a cipher must offer: authenticated encryption of bytes under a 32-byte key."""

    def encrypt(self, key: bytes, plain: bytes, context: bytes) -> bytes:
        """Return nonce and cipher text."""

    def decrypt(self, key: bytes, sealed: bytes, context: bytes) -> bytes:
        """Return the plain text; raise ``CipherError`` when key, text or context do not belong together."""


class CipherError(Exception):
    """The stored text cannot be opened with the keys at hand."""


class AesGcm:
    """AES-256 in Galois/Counter Mode with a fresh random nonce for each text."""

    def encrypt(self, key: bytes, plain: bytes, context: bytes) -> bytes:
        """Return nonce and cipher text."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + _scheduled(key).encrypt(nonce, plain, context)

    def decrypt(self, key: bytes, sealed: bytes, context: bytes) -> bytes:
        """Return the plain text; raise ``CipherError`` when it was not made with this key and context."""
        try:
            return _scheduled(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context)
        except (InvalidTag, ValueError) as error:
            raise CipherError("The stored text does not open with this key.") from error


@lru_cache(maxsize=16)
def _scheduled(key: bytes) -> AESGCM:
    """Return the key made ready once: this takes longer than enciphering a number."""
    return AESGCM(key)


CIPHERS: dict[str, Cipher] = {"aes": AesGcm()}
WRITING_CIPHER = "aes"


def seal(plain: str, *, context: str) -> str:
    """Encipher ``plain`` under the newest key. ``context`` binds the text to its column."""
    keys = settings.FIELD_KEYS
    version = max(keys)
    sealed = CIPHERS[WRITING_CIPHER].encrypt(keys[version], plain.encode(), context.encode())
    return f"{WRITING_CIPHER}:{version}:{base64.b64encode(sealed).decode('ascii')}"


def unseal(stored: str, *, context: str) -> str:
    """Return the plain text of ``stored``; raise ``CipherError`` when key or cipher is missing or wrong."""
    name, _, rest = stored.partition(":")
    version, _, encoded = rest.partition(":")
    try:
        cipher, key, sealed = CIPHERS[name], settings.FIELD_KEYS[int(version)], base64.b64decode(encoded)
    except (KeyError, ValueError) as error:
        raise CipherError("This is no sealed text, or the key that sealed it is not configured.") from error
    return cipher.decrypt(key, sealed, context.encode()).decode()


def key_version(stored: str) -> int:
    """Return the version of the key under which ``stored`` (or what begins like it) was sealed."""
    return int(stored.split(":", 2)[1])


def is_old(stored: str) -> bool:
    """Tell whether a newer key than that of ``stored`` is configured."""
    return key_version(stored) < max(settings.FIELD_KEYS)


def keyed_index(plain: str, *, context: str) -> str:
    """Return the keyed fingerprint by which equal values are found without opening any (HMAC-SHA-256, hex)."""
    fingerprint = _begun(settings.FIELD_INDEX_KEY, context).copy()
    fingerprint.update(plain.encode())
    return fingerprint.hexdigest()


@lru_cache(maxsize=64)
def _begun(key: bytes, context: str) -> hmac.HMAC:
    """Return the fingerprint of ``context`` alone, to be copied and continued."""
    return hmac.new(key, f"{context}\0".encode(), hashlib.sha256)
