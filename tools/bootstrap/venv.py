"""The virtual environment and what is installed in it, exactly as locked."""

import importlib.util
import platform
import shutil
import sys
from pathlib import Path

from tools.bootstrap import apt, commands, stamps
from tools.bootstrap.failures import SetUpError
from tools.bootstrap.places import PYTHON, ROOT, VENV

# Each list holds everything of the ones before it.
_LISTS = ("runtime", "dev")


def ensure(name: str) -> bool:
    """Install the list ``runtime`` or ``dev``; False when it was installed already."""
    if PYTHON.exists() and stamps.holds(_stamp(name), _digest(name)):
        return False
    if commands.answers(PYTHON, "-c", "import sys; sys.exit(sys.version_info < (3, 11))") is None:
        _make()
    install(f"{name}.txt")
    for held in _LISTS[: _LISTS.index(name) + 1]:
        stamps.put(_stamp(held), _digest(held))
    return True


def install(list_file: str) -> None:
    """Install a locked list with hashes; indexes and mirrors are those of the user's pip configuration."""
    path = ROOT / "requirements" / list_file
    words: list[str | Path] = [
        "install",
        "--require-hashes",
        "--no-deps",
        "--disable-pip-version-check",
        "--requirement",
        path,
    ]
    commands.run([*_pip(), *words], f"pip could not install requirements/{list_file}; what it said stands above.")


def _stamp(name: str) -> Path:
    """Return the stamp of a list."""
    return VENV / f".portal-{name}"


def _digest(name: str) -> str:
    """Return what the list is installed from."""
    return stamps.digest([ROOT / "requirements" / f"{name}.txt"], platform.python_version())


def _make() -> None:
    """Make the environment anew, with its own pip where Python brings one."""
    shutil.rmtree(VENV, ignore_errors=True)
    if _has_ensurepip() or _outer_pip() or _install_debian_venv():
        options = [] if _has_ensurepip() else ["--without-pip"]
        commands.run(
            [sys.executable, "-m", "venv", *options, VENV], "Python could not make the virtual environment .venv."
        )
        return
    raise SetUpError(
        f"Python {platform.python_version()} has neither venv nor pip: install python3-venv and try again."
    )


def _has_ensurepip() -> bool:
    """Tell whether a new environment can have a pip; Debian leaves this out of its basic Python."""
    importlib.invalidate_caches()
    found = importlib.util.find_spec("ensurepip")
    return found is not None and found.origin is not None


def _outer_pip() -> bool:
    """Tell whether the interpreter that runs us has a pip that can install elsewhere (22.3 or newer)."""
    said = commands.answers(sys.executable, "-m", "pip", "--version")
    if said is None:
        return False
    major, minor = (int(part) for part in said.split()[1].split(".")[:2])
    return (major, minor) >= (22, 3)


def _install_debian_venv() -> bool:
    """Install Debian's venv package for the interpreter that runs us."""
    if not apt.is_possible():
        return False
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return (apt.install(f"{version}-venv") or apt.install("python3-venv")) and _has_ensurepip()


def _pip() -> list[str | Path]:
    """Return the pip that installs into the environment: its own, else the one outside."""
    if commands.answers(PYTHON, "-m", "pip", "--version"):
        return [PYTHON, "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", PYTHON]
