"""The browser of the browser tests: found on the machine, or installed when we may."""

import os
import shutil

from tools.bootstrap import apt, commands

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FONT_PACKAGE = "fonts-noto-cjk"


def ensure() -> None:
    """Find or install Chromium and a Chinese font; say in one line when that is impossible."""
    if find() is None and apt.is_possible():
        apt.install("chromium")
    if not _has_chinese_font() and apt.is_possible():
        apt.install(_FONT_PACKAGE, "fontconfig")
    if find() is None:
        print(
            "No Chromium here and none can be installed: install it or set PORTAL_CHROMIUM; browser tests are skipped."
        )


def find() -> str | None:
    """Return Chromium's path: PORTAL_CHROMIUM, else the first known name; None when there is none."""
    named = os.environ.get("PORTAL_CHROMIUM")
    if named:
        return named if os.access(named, os.X_OK) else None
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def _has_chinese_font() -> bool:
    """Tell whether the browser will show Chinese as characters rather than boxes."""
    return bool(commands.answers("fc-list", ":lang=zh-cn", "family"))
