"""Where PostgreSQL's data lies and as whom it runs.

PostgreSQL refuses to run as root. Started by an ordinary user everything lies in the data folder; started by
root it runs as an unprivileged account, in a folder of its own under ``/var/lib/wenxi-portal``, because the
data folder may lie where that account cannot go. No folder that was there before is made wider.
"""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from wenxi_portal.embedded import programs, secrets
from wenxi_portal.embedded.failures import EmbeddedError

SHARED_ROOT = Path("/var/lib/wenxi-portal")
_ACCOUNTS = ("postgres", "nobody")


@dataclass(frozen=True)
class Ground:
    """A folder for the server, its programs, and the account that it runs as (None: whoever we are)."""

    home: Path
    binaries: Path
    account: pwd.struct_passwd | None = None

    @property
    def data(self) -> Path:
        """The cluster's folder."""
        return self.home / "data"

    def identity(self) -> dict[str, object]:
        """Return what ``subprocess`` needs to run a program on this ground."""
        environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "HOME": str(self.home)}
        shared: dict[str, object] = {"env": environment, "cwd": self.home, "umask": 0o077}
        if self.account is None:
            return shared
        return shared | {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give a file that we made to the server's account."""
        if self.account is not None:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)


def prepare(var: Path) -> Ground:
    """Return the ground of a data folder, made when it is not there yet."""
    if os.geteuid() != 0:
        home = var / "postgresql"
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        return Ground(home, programs.installed())
    return _prepare_as_root(var)


def erase(var: Path) -> None:
    """Remove the database of a data folder; its server must have been stopped."""
    home = _home_of(var) if os.geteuid() == 0 else var / "postgresql"
    shutil.rmtree(home, ignore_errors=True)


def _home_of(var: Path) -> Path:
    """Return root's folder for the database of this data folder."""
    return SHARED_ROOT / hashlib.sha256(os.fsencode(var.resolve())).hexdigest()[:20]


def _prepare_as_root(var: Path) -> Ground:
    """Make root's folder for this data folder and hand it to an unprivileged account."""
    _make_shared_root()
    home = _home_of(var)
    instance = secrets.kept(var, "instance")
    _set_aside_unless_ours(home, instance)
    if not home.exists():
        account = _unprivileged()
        home.mkdir(mode=0o700)
        os.chown(home, account.pw_uid, account.pw_gid)
        (home / "instance").write_text(instance, encoding="ascii")
    account = pwd.getpwuid(home.stat().st_uid)
    ground = Ground(home, programs.installed(), account)
    if _can_run(ground):
        return ground
    return Ground(home, programs.copied(SHARED_ROOT), account)


def _make_shared_root() -> None:
    """Make ``/var/lib/wenxi-portal``; refuse one that somebody else could have planted."""
    try:
        SHARED_ROOT.mkdir()
        SHARED_ROOT.chmod(0o755)
    except FileExistsError:
        found = SHARED_ROOT.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != 0:
            raise EmbeddedError(f"{SHARED_ROOT} exists but is not a folder of root; move it away.") from None
    except OSError as error:
        raise EmbeddedError(f"{SHARED_ROOT} cannot be made ({error.strerror}); set DATABASE_URL instead.") from None


def _set_aside_unless_ours(home: Path, instance: str) -> None:
    """Keep, as one previous generation, the database of a data folder that was deleted since."""
    if not home.exists():
        return
    try:
        known = (home / "instance").read_text(encoding="ascii")
    except OSError:
        known = ""
    if known != instance:
        previous = home.with_name(f"{home.name}.previous")
        shutil.rmtree(previous, ignore_errors=True)
        home.rename(previous)


def _unprivileged() -> pwd.struct_passwd:
    """Return the account that PostgreSQL runs as when we are root."""
    for name in _ACCOUNTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise EmbeddedError("PostgreSQL does not run as root and there is no account 'nobody'; set DATABASE_URL.")


def _can_run(ground: Ground) -> bool:
    """Tell whether the account reaches the installed programs."""
    try:
        done = subprocess.run(
            [ground.binaries / "initdb", "--version"],
            capture_output=True, check=False, **ground.identity(),  # type: ignore[call-overload]
        )  # fmt: skip
    except OSError:
        return False
    return bool(done.returncode == 0)
