"""Bring the tables up to date, as Django does, in two thirds of the time."""

from typing import Any

from django.core.management.commands import migrate

from wenxi_portal.core.lean_migrations import only_new_models_are_made


class Command(migrate.Command):
    """Django's own command."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate."""
        with only_new_models_are_made():
            super().handle(*args, **options)
