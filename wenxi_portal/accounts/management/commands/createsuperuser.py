"""There is no superuser."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    """Refuses: nobody stands above the rules, and the database keeps it so."""

    help = "Refused: there is no superuser. Use invite_staff."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take and ignore the options people know from elsewhere."""
        for option in ("--email", "--username", "--database"):
            parser.add_argument(option)
        for option in ("--noinput", "--no-input"):
            parser.add_argument(option, action="store_true")

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Say what to do instead."""
        raise CommandError("There is no superuser here; invite people with a role: manage.py invite_staff --help")
