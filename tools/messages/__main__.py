"""``python -m tools.messages merge|compile|check``.

``merge`` writes locale/zh_Hans/LC_MESSAGES/django.po from the sources and the fragments, sorted, without what nobody
says any more, and compiles it; ``compile`` only compiles the fragments; ``check`` lists every problem and fails.
"""

import argparse
import sys

from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from tools.messages import check, places
from tools.messages.extract import extract_all
from tools.messages.fragments import Translations


def main() -> None:
    """Do what the command line asks."""
    parser = argparse.ArgumentParser(prog="python -m tools.messages", description=__doc__)
    parser.add_argument("verb", choices=["merge", "compile", "check"])
    {"merge": merge, "compile": compile_fragments, "check": report}[parser.parse_args().verb]()


def merge() -> None:
    """Write the merged catalogue and compile it."""
    places.CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    whole = Translations().catalogue_of(extract_all())
    with places.CATALOGUE.open("wb") as stream:
        write_po(stream, whole, width=110, sort_output=True)
    compile_fragments()
    missing = sum(1 for message in whole if message.id and not message.string)
    print(f"{len(whole)} messages, {missing} without translation: {places.shown(places.CATALOGUE)}")


def compile_fragments() -> None:
    """Compile the fragments for Django."""
    path = places.CATALOGUE.with_suffix(".mo")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        write_mo(stream, Translations().catalogue())


def report() -> None:
    """List what is missing."""
    found = list(check.problems())
    if found:
        sys.exit("\n".join([*found, f"{len(found)} problems with the translations."]))


if __name__ == "__main__":
    main()
