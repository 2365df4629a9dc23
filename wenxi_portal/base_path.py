"""The portal as a section of another site: every address under one sub-path."""

from collections.abc import Callable, Iterable
from typing import Any

Environ = dict[str, Any]
WsgiApp = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


def under_base_path(app: WsgiApp, base_path: str | None) -> WsgiApp:
    """Return ``app`` reachable under ``base_path`` (``/talent``), whether or not the proxy has cut it off.

    ``None`` leaves the application at the root of its host.
    """
    if not base_path:
        return app

    def served(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == base_path or path.startswith(f"{base_path}/"):
            environ["PATH_INFO"] = path[len(base_path) :] or "/"
        environ["SCRIPT_NAME"] = base_path
        return app(environ, start_response)

    return served
