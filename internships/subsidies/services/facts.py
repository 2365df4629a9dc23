"""Loads the schemes and the versions of which the public knows the rates. What no source tells is a sample parameter.

Nobody of this county is on record as having approved them, so ``approved_by`` stays empty.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.subsidies.enums import PolicyState
from internships.subsidies.models import Policy, PolicyHost, PolicyStateChange, Scheme
from internships.subsidies.rules import Rules
from wenxi_portal.organisations.models import Organisation

FACTS = Path(__file__).resolve().parents[1] / "facts" / "policies.json"
_AS_PRINTED = ("title", "text", "rhythm", "papers", "rules", "published_parts")


@transaction.atomic
def load_policies() -> dict[str, int]:
    """Enter what is not on file yet; return how many schemes and policies were entered.

    The organisations must have been loaded before. A scheme that has any version stays as the office keeps it.
    """
    facts = json.loads(FACTS.read_text(encoding="utf-8"))
    schemes = sum(Scheme.objects.get_or_create(code=fact["code"], defaults=fact)[1] for fact in facts["schemes"])
    policies = sum(_load(fact, facts["source"]) for fact in facts["policies"])
    return {"schemes": schemes, "policies": policies}


def _load(fact: dict[str, Any], source: str) -> bool:
    scheme = Scheme.objects.get(code=fact["scheme"])
    if scheme.policies.exists():
        return False
    Rules.from_data(fact["rules"])
    values = {name: fact[name] for name in _AS_PRINTED}
    policy = Policy(
        scheme=scheme, version=1, valid_from=date.fromisoformat(fact["valid_from"]), is_sample=True, source=source,
        **values,
    )  # fmt: skip
    policy.full_clean()
    policy.save()
    for name in fact["hosts"]:
        PolicyHost.objects.create(policy=policy, host=Organisation.objects.get(name=name))
    policy.state, policy.approved_at = PolicyState.APPROVED, timezone.now()
    policy.save(update_fields=["state", "approved_at", "updated_at"])
    PolicyStateChange.objects.create(
        policy=policy, from_state=PolicyState.DRAFT, to_state=PolicyState.APPROVED, actor=None,
        reason=_("Entered as published: %(source)s") % {"source": source},
    )  # fmt: skip
    return True
