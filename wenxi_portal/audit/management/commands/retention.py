"""``manage.py retention``: tells what has been kept long enough, and erases it when asked to."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wenxi_portal.audit.selectors import forecast
from wenxi_portal.audit.services.retention import apply_retention
from wenxi_portal.core.retention import kinds


class Command(BaseCommand):
    """Dry run by default."""

    help = "Tell which records have been kept long enough. Nothing is erased without --apply."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("kinds", nargs="*", help="names of kinds (default: all)")
        parser.add_argument("--apply", action="store_true", help="erase, and record it in the audit")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Tell the table, then erase if asked to."""
        declared = kinds()
        if unknown := sorted(set(options["kinds"]) - set(declared)):
            raise CommandError(f"No such kind: {', '.join(unknown)}. There are: {', '.join(declared)}.")
        chosen = options["kinds"] or list(declared)
        self._table(chosen)
        if not options["apply"]:
            self.stdout.write("Dry run: nothing was changed. Add --apply to erase what is due.")
            return
        for name in chosen:
            if declared[name].by_itself:
                self.stdout.write(f"{name}: left to its own sweep.")
                continue
            gone = 0
            # A run takes a limited number; the command goes on to the end.
            while count := apply_retention(declared[name], reason="manage.py retention --apply"):
                gone += count
            self.stdout.write(f"{name}: {gone} erased.")

    def _table(self, chosen: list[str]) -> None:
        line = "{:<24} {:>9} {:>9} {:>9}  {:<10}  {}".format
        self.stdout.write(line("kind", "days", "due", "kept back", "oldest", "by the clock"))
        for row in forecast():
            if row.kind.name in chosen:
                days = row.kind.period.days or "-"
                held = sum(count for _words, count in row.held)
                clock = "own sweep" if row.kind.by_itself else "on" if row.applied else "off"
                self.stdout.write(line(row.kind.name, days, row.due, held, str(row.oldest or "-"), clock))
