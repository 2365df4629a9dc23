"""The same form sent many times at once makes one position; clock and host close it once."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone

from internships.models import Position
from internships.services.position import close_due_positions, close_position, save_position
from tests.factories.internships import PositionFactory
from tests.factories.organisations import HostFactory, LeadUnitFactory

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 8


def test_a_form_sent_eight_times_at_once_makes_one_position(at_once):
    host, unit = HostFactory(), LeadUnitFactory()
    built = [PositionFactory.build(title="示例同时", host=host, lead_unit=unit, draft=True) for _ in range(TIMES)]
    outcomes = at_once(*[lambda row=row: save_position(position=row, actor=None) for row in built])
    assert Position.objects.count() == 1
    refused = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert len(refused) == TIMES - 1
    assert all(isinstance(error, IntegrityError | ValidationError) for error in refused)


def test_clock_and_host_close_once(at_once):
    position = PositionFactory(apply_until=timezone.localdate() - timedelta(days=1))
    clocks = [close_due_positions] * 4
    outcomes = at_once(*clocks, *[lambda: close_position(position=position, actor=None, reason="示例")] * 4)
    assert [error for error in outcomes if isinstance(error, Exception)] == []
    assert position.state_changes.count() == 1
