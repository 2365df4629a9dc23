"""Brings the guides that ship with the portal on file."""

import json
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from wenxi_portal.pages.models import Guide

GUIDES_FILE = Path(__file__).resolve().parents[1] / "facts" / "guides.json"


@transaction.atomic
def load_guides() -> int:
    """Add the guides of the facts file that are not on file yet and return how many were added.

    A guide that is already there is left as the office has edited it, so that loading twice changes nothing.
    """
    added = 0
    for order, entry in enumerate(json.loads(GUIDES_FILE.read_text(encoding="utf-8"))["guides"], start=1):
        values = {key: value for key, value in entry.items() if key != "slug"}
        _guide, is_new = Guide.objects.get_or_create(
            slug=entry["slug"],
            defaults=values | {"order": order * 10, "is_published": True, "published_on": timezone.localdate()},
        )
        added += is_new
    return added
