"""The front end: its packages, and the build from static/src to static/dist."""

from pathlib import Path

from tools.bootstrap import commands, node, stamps
from tools.bootstrap.places import DIST, NODE_MODULES, ROOT

_PACKAGES = (ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc")
_SOURCES = (ROOT / "static" / "src", ROOT / "vite.config.js", *_PACKAGES)


def ensure_packages() -> None:
    """Install the locked packages unless they are installed."""
    _make_once(NODE_MODULES / ".portal", _PACKAGES, ["npm", "ci"], "npm could not install the front end's packages.")


def ensure_built() -> None:
    """Build the front end unless its sources are those of the last build."""
    _make_once(DIST / ".portal", _SOURCES, ["npm", "run", "build"], "Vite could not build the front end.")


def _make_once(stamp: Path, inputs: tuple[Path, ...], words: list[str], failure: str) -> None:
    """Run npm when the inputs have changed."""
    value = stamps.digest(inputs)
    if stamps.holds(stamp, value):
        return
    place = node.folder()
    npm = place / words[0]
    commands.run([npm, *words[1:]], f"{failure} What it said stands above.", node.environment(place))
    stamps.put(stamp, value)
