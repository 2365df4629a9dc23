"""``manage.py rotate_field_keys``: seals everything again under the newest of FIELD_KEYS."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from wenxi_portal.core.rotation import sealed_places


class Command(BaseCommand):
    """Walks over everything that lies sealed. Afterwards the older keys can be taken out of the settings."""

    help = "Seal personal data again under the newest key. Safe to stop and to run again."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Rotate place by place and tell the numbers."""
        for place in sealed_places():
            self.stdout.write(f"{place.name}: {place.rotate()} sealed again.")
        self.stdout.write(f"Everything is sealed under key {max(settings.FIELD_KEYS)}.")
