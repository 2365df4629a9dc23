"""``manage.py load_demo``: synthetic records."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from bases.models import BaseKind
from bases.services.demo import make_demo_bases
from internships.services.demo import MOST_INTERNS, load_demo_internships
from internships.subsidies.models import Policy
from internships.subsidies.services.demo_money import make_demo_money
from talent.services.demo import make_demo_people
from talent.services.demo_queues import fill_demo_queues
from wenxi_portal.accounts.permissions import demo_is_on
from wenxi_portal.pages.services.demo_entry import demo_cast, ensure_demo_accounts


class Command(BaseCommand):
    """Makes obviously fictitious organisations, bases, agreements, people and interns, up to the number asked for."""

    help = "Make synthetic bases with partners and agreements, up to the number asked for."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--scale", type=int, default=100, help="how many demo bases there shall be (default 100)")
        parser.add_argument("--people", type=int, help="how many demo people (default: as many as bases)")
        parser.add_argument("--interns", type=int, default=141, help="how many demo interns (default 141)")
        parser.add_argument(
            "--unpublished", action="store_true", help="keep bases, agreements and their partners behind the scenes"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Refuse outside development, then make what is missing."""
        if not settings.DEBUG:
            raise CommandError("Demo records are made with the development settings only.")
        if not 0 <= options["scale"] <= 1_000_000:
            raise CommandError("--scale lies between 0 and 1000000.")
        if not 0 <= options["interns"] <= MOST_INTERNS:
            raise CommandError(f"--interns lies between 0 and {MOST_INTERNS}.")
        if not BaseKind.objects.exists():
            raise CommandError("Load the kinds of base first: manage.py load_wenxi.")
        with tqdm(total=options["scale"], unit=" bases", desc="Demo") as bar:
            made = make_demo_bases(count=options["scale"], published=not options["unpublished"], progress=bar.update)
        self.stdout.write(f"Made {made} demo bases; {options['scale']} asked for.")
        if demo_is_on():
            # The figures of the demonstration own the next steps.
            ensure_demo_accounts()
        people = options["scale"] if options["people"] is None else options["people"]
        with tqdm(total=people, unit=" people", desc="Demo") as bar:
            made = make_demo_people(count=people, progress=bar.update)
        waiting = fill_demo_queues() if people else 0
        self.stdout.write(f"Made {made} demo people; {people} asked for. {waiting} matters wait to be decided on.")
        self._internships(options["interns"])

    def _internships(self, interns: int) -> None:
        """Play the internships; their people are figures of the demonstration, which act only while it is on."""
        cast = demo_cast() if demo_is_on() else None
        with tqdm(total=interns if cast else 0, unit=" interns", desc="Demo") as bar:
            made = load_demo_internships(cast=cast, interns=interns, progress=bar.update)
        self.stdout.write(
            f"Made {made.positions} demo positions, {made.stays} stays, {made.applications} further applications."
        )
        if cast is not None and Policy.objects.approved().exists():
            # A few claims walk every step to paid; the others are prepared.
            self.stdout.write(f"Played {make_demo_money(cast=cast)} demo claims.")
        if cast is None:
            self.stdout.write("Interns are played while the demonstration is on: PORTAL_DEMO=1.")
