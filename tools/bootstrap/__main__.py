"""``python -m tools.bootstrap run|test``: prepare everything that does not need the portal itself.

``run`` prepares what the portal needs to run; ``test`` adds the tools of the tests and a browser.
"""

import argparse
import sys

from tools.bootstrap import chromium, front_end, translations, venv
from tools.bootstrap.failures import SetUpError
from tools.steps import step


def main() -> None:
    """Prepare what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tools.bootstrap", description=__doc__)
    parser.add_argument("purpose", choices=["run", "check", "test"])
    purpose = parser.parse_args().purpose
    try:
        prepare(purpose)
    except SetUpError as error:
        sys.exit(f"\n{error}")
    except KeyboardInterrupt:
        sys.exit("\nStopped.")


def prepare(purpose: str) -> None:
    """Take the steps; each is skipped when its inputs have not changed."""
    with step(1, "Python packages"):
        venv.ensure("runtime" if purpose == "run" else "dev")
    with step(2, "Front-end packages"):
        front_end.ensure_packages()
    with step(3, "Front end built"):
        front_end.ensure_built()
    with step(4, "Translations compiled"):
        translations.ensure_compiled()
    if purpose == "test":
        chromium.ensure()


if __name__ == "__main__":
    main()
