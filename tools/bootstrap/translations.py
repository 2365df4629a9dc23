"""The compiled translations, made from locale/fragments."""

from tools.bootstrap import commands, stamps
from tools.bootstrap.places import PYTHON, ROOT

_COMPILED = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.mo"


def ensure_compiled() -> None:
    """Compile the catalogue unless its fragments are those of the last time."""
    stamp = _COMPILED.with_name(".portal")
    value = stamps.digest([ROOT / "locale" / "fragments", ROOT / "tools" / "messages"])
    if _COMPILED.exists() and stamps.holds(stamp, value):
        return
    commands.run([PYTHON, "-m", "tools.messages", "compile"], "The translations could not be compiled.")
    stamps.put(stamp, value)
