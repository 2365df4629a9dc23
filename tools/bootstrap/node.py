"""Node.js for the front-end build: the machine's when it is new enough, else one inside the virtual environment."""

import os
import shutil
from pathlib import Path

from tools.bootstrap import commands, venv
from tools.bootstrap.failures import SetUpError
from tools.bootstrap.places import VENV

_LIST = "node.txt"


def folder() -> Path:
    """Return the folder of a usable ``node`` and ``npm``, installing them when there is none."""
    for candidate in (_on_path(), VENV / "bin"):
        if candidate is not None and _is_usable(candidate):
            return candidate
    venv.install(_LIST)
    if not _is_usable(VENV / "bin"):
        raise SetUpError("Node.js could not be installed; install Node.js 20.19 or newer, then try again.")
    return VENV / "bin"


def environment(node: Path) -> dict[str, str]:
    """Return the variables under which npm finds this Node.js."""
    return {"PATH": f"{node}{os.pathsep}{os.environ.get('PATH', '')}"}


def _on_path() -> Path | None:
    """Return the folder of the machine's own Node.js."""
    found = shutil.which("node")
    return Path(found).parent if found else None


def _is_usable(place: Path) -> bool:
    """Tell whether this Node.js is one that Vite supports (20.19, or 22.12 and newer) and has npm."""
    said = commands.answers(place / "node", "--version")
    if said is None or not (place / "npm").exists():
        return False
    major, minor = (int(part) for part in said.removeprefix("v").split(".")[:2])
    return (major == 20 and minor >= 19) or (major, minor) >= (22, 12)
