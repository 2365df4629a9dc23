"""Makers of the records that the ladders of payment watch."""

from decimal import Decimal

from django.utils import timezone

from internships.subsidies.models import BudgetLine, PaymentBatch, Recovery
from internships.subsidies.services.budget import allot
from tests.factories.payments import sealed
from tests.factories.subsidies import BudgetLineFactory, claim_in
from wenxi_portal.notifications.models import Message
from wenxi_portal.reminders.ladders import moment

# They belong to no unit: the department takes the part of the heads.
WITHOUT_UNIT = {"batch_waiting", "result_waiting", "budget_nearly_used"}


def _batch():
    batch = sealed(number=1)
    # What the students were told is no reminder.
    Message.objects.all().delete()
    return batch


def _sealed(_unit, officer):
    batch = _batch()
    return batch, lambda day: _changed(batch, sealed_by=officer, sealed_at=moment(day), updated_at=timezone.now())


def _released(_unit, officer):
    batch = _batch()

    def move(day):
        _changed(batch, state="released", released_by=officer, released_at=moment(day), updated_at=timezone.now())

    return batch, move


def _recovery(unit, officer):
    claim = claim_in("paid", lead_unit=unit)
    record = Recovery.objects.create(
        claim=claim, amount=Decimal(100), reason="示例", due_on=timezone.localdate(), demanded_by=officer
    )

    def move(day):
        Recovery.objects.filter(pk=record.pk).update(due_on=day, demanded_at=timezone.now())

    return record, move


def _line(_unit, officer):
    line = BudgetLineFactory()
    allot(budget_line=line, amount=Decimal(100), document="示例", actor=officer)
    BudgetLine.objects.filter(pk=line.pk).update(free=Decimal(10))
    return line, lambda day: BudgetLine.objects.filter(pk=line.pk).update(updated_at=moment(day))


def _changed(batch, **values):
    assert PaymentBatch.objects.filter(pk=batch.pk).update(**values) == 1


SUBSIDIES_PAYMENTS = {
    "batch_waiting": _sealed,
    "result_waiting": _released,
    "recovery_overdue": _recovery,
    "budget_nearly_used": _line,
}
