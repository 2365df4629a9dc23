"""Positions on their ladders."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from internships.models import Position
from tests.factories.internships import PositionFactory
from wenxi_portal.reminders.ladders import moment


def _review(unit, officer):
    record = PositionFactory(in_review=True, lead_unit=unit)
    return record, lambda day: _changed(record, updated_at=moment(day))


def _unconfirmed(unit, officer):
    record = PositionFactory(host=unit)

    def move(day):
        last = day - timedelta(days=settings.POSITION_RECONFIRM_DAYS)
        _changed(record, reconfirmed_on=last, updated_at=timezone.now())

    return record, move


def _changed(record, **values):
    assert Position.objects.filter(pk=record.pk).update(**values) == 1


POSITION_MAKERS = {"position_review": _review, "position_unconfirmed": _unconfirmed}
