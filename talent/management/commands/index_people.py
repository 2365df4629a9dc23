"""``manage.py index_people``: make everybody findable anew, after the rules of finding have changed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from talent.services.search_index import index_everybody


class Command(BaseCommand):
    """Goes through everybody in the order of their numbers, a batch a transaction."""

    help = "Index everybody anew. May be stopped; --after goes on behind the last number shown."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where to go on."""
        parser.add_argument("--after", type=int, default=0)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Index, and show how far it has come."""
        for last in index_everybody(after=options["after"]):
            self.stdout.write(str(last))
