"""``make lock``: resolve requirements/*.in into lists with hashes, for every platform and Python from 3.11 on.

The index is that of the user's configuration and is written into no file.
"""

import subprocess
import sys

from tools.bootstrap import venv
from tools.bootstrap.failures import SetUpError
from tools.bootstrap.places import ROOT, VENV

_OPTIONS = [
    "--generate-hashes", "--no-emit-index-url", "--no-emit-find-links", "--python-version", "3.11", "--universal",
    "--no-header",
]  # fmt: skip
_NAMES = ("runtime", "dev", "node", "lock")


def main() -> None:
    """Write each locked list."""
    try:
        venv.install("lock.txt")
    except SetUpError as error:
        sys.exit(str(error))
    for name in _NAMES:
        files = [f"requirements/{name}.in", "--output-file", f"requirements/{name}.txt"]
        subprocess.run([VENV / "bin" / "uv", "pip", "compile", "--quiet", *_OPTIONS, *files], cwd=ROOT, check=True)
        print(f"requirements/{name}.txt")


if __name__ == "__main__":
    main()
