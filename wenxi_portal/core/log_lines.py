"""What the log tells of a failure: not the row over which it came about."""

import logging
import re

# "DETAIL:  Failing row contains (17, 王…", "Key (email)=(…) already exists.", where in which COPY it happened: up to
# the next part of the message, since a quoted value may have lines of its own.
_QUOTED = re.compile(
    r"^(?P<blanks>[ \t]*)(?P<part>DETAIL|CONTEXT):.*?"
    r"(?=^[ \t]*(?:HINT:|CONTEXT:|DETAIL:)|^(?:The above exception|During handling|Traceback \()|\Z)",
    re.MULTILINE | re.DOTALL,
)


class LineFormatter(logging.Formatter):
    """Leaves out what the database quotes of a record when it refuses it: names, addresses, numbers."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, and the traceback where there is one, without such quotations."""
        return _QUOTED.sub("\\g<blanks>\\g<part>: left out\n", super().format(record)).rstrip("\n")
