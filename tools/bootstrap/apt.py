"""Debian packages, installed when we are root. A mirror that stumbles is asked again."""

import os
import shutil
import subprocess
import time

_TRIES = 4
_QUIET = {"DEBIAN_FRONTEND": "noninteractive"}


def is_possible() -> bool:
    """Tell whether we may install Debian packages here."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(*packages: str) -> bool:
    """Install packages; True when it went well."""
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(5 * attempt)
        # An old list names files that the mirror no longer has: refresh it before each try.
        if _apt("update") and _apt("install", "--yes", "--no-install-recommends", *packages):
            return True
    return False


def _apt(*words: str) -> bool:
    """Run apt-get; it waits for another one that holds the lock."""
    command = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::Retries=3", *words]
    done = subprocess.run(
        command, env=os.environ | _QUIET, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False
    )
    return done.returncode == 0
