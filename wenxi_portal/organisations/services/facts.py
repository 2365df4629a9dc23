"""Loads the county's organisations from the facts that come with the portal."""

import json
from pathlib import Path

from django.db import transaction

from wenxi_portal.organisations.models import Organisation
from wenxi_portal.organisations.services.organisation import save_organisation

FACTS = Path(__file__).resolve().parents[1] / "facts" / "wenxi.json"


@transaction.atomic
def load_organisations() -> int:
    """Enter the organisations of the facts that are not on file yet; return how many were entered.

    What is on file stays as it is: an officer may have completed it since.
    """
    entered = 0
    for fact in json.loads(FACTS.read_text(encoding="utf-8"))["organisations"]:
        if not Organisation.objects.filter(kind=fact["kind"], name=fact["name"]).exists():
            save_organisation(organisation=Organisation(**fact))
            entered += 1
    return entered
