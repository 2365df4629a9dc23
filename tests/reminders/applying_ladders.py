"""Applications and nominations on their ladders."""

from datetime import time

from django.utils import timezone

from internships.models import Application, Nomination
from tests.factories.internships import ApplicationFactory, NominationFactory
from wenxi_portal.reminders.ladders import moment


def _offer(unit, officer):
    record = ApplicationFactory(offered=True, student__user=officer)
    return record, lambda day: _changed(Application, record, offer_until=moment(day, time(20)))


def _waiting(unit, officer):
    record = ApplicationFactory(position__host=unit)
    return record, lambda day: _changed(Application, record, answer_due_on=day)


def _nomination(unit, officer):
    record = NominationFactory(university=unit)
    return record, lambda day: _changed(Nomination, record, answer_until=day)


def _changed(model, record, **values):
    assert model.objects.filter(pk=record.pk).update(updated_at=timezone.now(), **values) == 1


APPLYING_MAKERS = {
    "offer_unanswered": _offer,
    "application_waiting": _waiting,
    "nomination_unanswered": _nomination,
}
