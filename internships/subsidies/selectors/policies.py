"""Which version of which scheme holds, for whom, and with which caps."""

from datetime import date

from django.db.models import Q

from internships.subsidies.arithmetic import Caps
from internships.subsidies.enums import SchemeKind
from internships.subsidies.models import Policy, Scheme
from internships.subsidies.rules import Rules


def policy_on(scheme: Scheme, day: date) -> Policy | None:
    """Return the approved version of ``scheme`` that holds on ``day``, None when there is none."""
    found: Policy | None = Policy.objects.in_force_on(day).filter(scheme=scheme).select_related("scheme").first()
    return found


def policies_on(day: date, kind: SchemeKind | None = None) -> list[Policy]:
    """Return the approved versions that hold on ``day``, in the order of their schemes."""
    kinds = {} if kind is None else {"scheme__kind": kind}
    found = Policy.objects.in_force_on(day).filter(**kinds).select_related("scheme")
    return list(found.order_by("scheme__order", "scheme_id"))


def policies_to_show(day: date) -> list[Policy]:
    """Return approved versions that hold on ``day`` or will: the public reads them before they bind."""
    shown = Policy.objects.approved().filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))
    return list(shown.select_related("scheme").order_by("scheme__order", "scheme_id", "valid_from"))


def rules_of(policy: Policy) -> Rules:
    """Return the rules of a version. Raises ``RulesError``."""
    return Rules.from_data(policy.rules)


def caps_of(policy: Policy) -> Caps:
    """Return what a person may have under a version."""
    return Caps(policy.most_months, policy.most_a_person)


def hosts_of(policy: Policy) -> frozenset[int]:
    """Return the keys of the hosts a version is limited to; empty means all hosts."""
    return frozenset(policy.policy_hosts.values_list("host_id", flat=True))
