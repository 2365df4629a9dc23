"""``manage.py load_wenxi``: the county's published facts."""

from typing import Any

from django.core.management.base import BaseCommand

from bases.services.facts import load_bases
from internships.subsidies.services.facts import load_policies
from wenxi_portal.organisations.services.facts import load_organisations
from wenxi_portal.pages.services.guides import load_guides


class Command(BaseCommand):
    """Enters the published facts about Wenxi's organisations, bases and agreements; safe to run again."""

    help = "Load the published facts of Wenxi County. Safe to run again: what is on file stays as it is."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load and say how many rows were new."""
        entered = {"organisations": load_organisations()} | load_bases() | {"guides": load_guides()} | load_policies()
        if not any(entered.values()):
            self.stdout.write("Nothing new: the published facts are already on file.")
            return
        self.stdout.write("Entered " + ", ".join(f"{count} {sort}" for sort, count in entered.items()) + ".")
