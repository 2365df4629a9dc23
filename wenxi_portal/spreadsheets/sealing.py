"""Personal values of rows that wait, sealed and opened."""

import json
from typing import Any

from wenxi_portal.core import cipher

CONTEXT = "spreadsheets.importrow"
_json = json.JSONEncoder(ensure_ascii=False).encode


def sealed(value: Any) -> str | None:
    """Return a value sealed; None stays None."""
    return None if value is None else cipher.seal(_json(value), context=CONTEXT)


def opened(value: Any) -> Any:
    """Return a sealed value in the open; None stays None."""
    return None if value is None else json.loads(cipher.unseal(value, context=CONTEXT))
