"""Makers of the records that the ladders of care watch."""

from datetime import timedelta

from django.utils import timezone

from internships.models import BedStay, ServiceRequest, ShuttleRun, SupportRequest
from tests.factories.care import BedFactory, LodgingFactory, ServiceFactory, ShuttleFactory, SupportFactory
from tests.factories.internships import PlacementFactory
from wenxi_portal.reminders.ladders import moment


def _case(factory, model, *, in_hand):
    def make(unit, officer):
        held = {"state": "in_hand", "owner": officer} if in_hand else {}
        record = factory(unit=unit, **held)
        return record, lambda day: model.objects.filter(pk=record.pk).update(due_on=day, updated_at=timezone.now())

    return make


def _shuttle(unit, officer):
    record = ShuttleFactory(owner_unit=unit, driver=officer)
    return record, lambda day: ShuttleRun.objects.filter(pk=record.pk).update(
        leaves_at=moment(day), updated_at=timezone.now()
    )


def _arrival(unit, officer):
    bed, stay = BedFactory(lodging=LodgingFactory(owner_unit=unit, keeper=officer)), PlacementFactory(on_post=True)
    record = BedStay.objects.create(bed=bed, placement=stay, starts_on=stay.starts_on, ends_on=stay.ends_on)
    return record, lambda day: BedStay.objects.filter(pk=record.pk).update(
        starts_on=day, ends_on=day + timedelta(days=5), updated_at=timezone.now()
    )


CARE = {
    "support_unclaimed": _case(SupportFactory, SupportRequest, in_hand=False),
    "support_overdue": _case(SupportFactory, SupportRequest, in_hand=True),
    "service_unclaimed": _case(ServiceFactory, ServiceRequest, in_hand=False),
    "service_overdue": _case(ServiceFactory, ServiceRequest, in_hand=True),
    "shuttle_tomorrow": _shuttle,
    "arrival_tomorrow": _arrival,
}
