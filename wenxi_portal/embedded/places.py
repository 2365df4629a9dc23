"""The project's root and the data folder, for what runs without Django."""

import os
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parents[2]


def data_folder() -> Path:
    """Return the data folder: PORTAL_VAR (a relative one starts at the project's root), else ``var``."""
    return (PROJECT_ROOT / (os.environ.get("PORTAL_VAR", "").strip() or "var")).resolve()
