"""Sessions are sealed at rest: while somebody signs in they hold a mobile number and a code."""

from typing import Any

from django.core.signing import JSONSerializer

from wenxi_portal.core import cipher

SESSION_CONTEXT = "accounts.session"


class SealedSerializer:
    """JSON under the field cipher. A session that does not open counts as empty: its owner signs in again."""

    def dumps(self, value: Any) -> bytes:
        """Return ``value`` sealed."""
        plain = JSONSerializer().dumps(value).decode("latin-1")
        return cipher.seal(plain, context=SESSION_CONTEXT).encode("ascii")

    def loads(self, data: bytes) -> Any:
        """Return what was sealed; raise ``CipherError`` when the key is not ours."""
        plain = cipher.unseal(data.decode("ascii"), context=SESSION_CONTEXT)
        return JSONSerializer().loads(plain.encode("latin-1"))
