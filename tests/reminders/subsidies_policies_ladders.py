"""Policies on their ladder."""

import pgtrigger
from django.utils import timezone

from internships.subsidies.models import Policy
from tests.factories.subsidies import PolicyFactory


def _ends(unit, officer):
    record = PolicyFactory(drafted_by=officer)

    def move(day):
        # An approved version is given its last day once; here the clock is turned, not the policy.
        with pgtrigger.ignore("subsidies.Policy:approved_is_final"):
            assert Policy.objects.filter(pk=record.pk).update(valid_until=day, updated_at=timezone.now()) == 1

    return record, move


SUBSIDY_POLICY_MAKERS = {"policy_ends": _ends}
