"""The ladders of stays: a record of each, and what moves its due date."""

from datetime import date, timedelta

from django.utils import timezone

from internships.enums import Grade, PlacementState
from internships.models import Appraisal, AttendanceObjection, AttendanceSheet, Placement
from tests.factories.accounts import staff
from tests.factories.internships import PlacementFactory, StudentFactory
from wenxi_portal.reminders.ladders import moment

LONG_AGO = date(2020, 1, 1)
P = PlacementState


def _stay(unit, state, **kwargs):
    stay = PlacementFactory(**kwargs)
    return moved(stay, state=state, lead_unit=unit, host=unit)


def _beginning(state):
    def make(unit, officer):
        student = {"application__student": StudentFactory(user=officer)}
        stay = _stay(unit, state, **student)
        return stay, lambda day: moved(stay, starts_on=day, ends_on=day + timedelta(days=20))

    return make


def _ending(state):
    def make(unit, officer):
        stay = _stay(unit, state)
        return stay, lambda day: moved(stay, starts_on=LONG_AGO, ends_on=day)

    return make


def _certificate(unit, officer):
    stay = _stay(unit, P.COMPLETED)
    appraisal = Appraisal.objects.create(
        placement=stay, grade=Grade.GOOD, diligence=3, skill=3, teamwork=3, text="示例", given_by=staff()
    )

    def move(day):
        Appraisal.objects.filter(pk=appraisal.pk).update(given_at=moment(day), updated_at=timezone.now())

    return stay, move


def _sheet(unit, officer):
    stay = _stay(unit, P.ON_POST)
    sheet = AttendanceSheet.objects.create(placement=stay, month=date(2026, 8, 1))

    def move(day):
        AttendanceSheet.objects.filter(pk=sheet.pk).update(due_on=day, updated_at=timezone.now())

    return sheet, move


def _objection(unit, officer):
    sheet, _move = _sheet(unit, officer)
    objection = AttendanceObjection.objects.create(sheet=sheet, text="示例异议")
    return objection, lambda day: AttendanceObjection.objects.filter(pk=objection.pk).update(raised_at=moment(day))


def moved(stay, **values):
    """Write as an edit does."""
    Placement.objects.filter(pk=stay.pk).update(**values, updated_at=timezone.now())
    return stay


STAY_MAKERS = {
    "agreement_unsigned": _beginning(P.PLANNED),
    "insurance_missing": _beginning(P.PLANNED),
    "insurance_ending": _ending(P.ON_POST),
    "start_tomorrow_student": _beginning(P.READY),
    "start_tomorrow_host": _beginning(P.READY),
    "stay_past_its_day": _ending(P.ON_POST),
    "appraisal_due": _ending(P.COMPLETED),
    "certificate_waiting": _certificate,
    "attendance_due": _sheet,
    "objection_waiting": _objection,
}
