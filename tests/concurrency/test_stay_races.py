"""Two at the same moment, one certificate, one confirmation, one seat."""

import pytest

from internships.models import AttendanceSheet, Certificate, Placement, Position
from internships.services.attendance import confirm_sheet, open_sheet
from internships.services.certificate import issue_certificate
from internships.services.stay_agreement import confirm_by_link, generate, link_token
from internships.services.transfer import transfer
from tests.factories import stays
from tests.factories.accounts import staff
from tests.factories.internships import PositionFactory
from tests.factories.stays import day
from wenxi_portal.accounts.services.roles import sync_roles
from wenxi_portal.core.errors import DomainError

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 6


@pytest.fixture(autouse=True)
def _roles():
    sync_roles()


def refusals(outcomes):
    return [outcome for outcome in outcomes if isinstance(outcome, Exception)]


def test_one_month_is_opened_and_confirmed_once(at_once):
    stay, actor = stays.on_post(-70, 20), staff()
    opened = at_once(*[lambda: open_sheet(placement=stay, month=stay.starts_on)] * TIMES)
    assert refusals(opened) == []
    sheet = AttendanceSheet.objects.get()
    outcomes = at_once(*[lambda: confirm_sheet(sheet=sheet, actor=actor)] * TIMES)
    assert [type(error) for error in refusals(outcomes)] == [DomainError] * (TIMES - 1)
    assert sheet.state_changes.count() == 1


def test_the_last_seat_of_a_transfer_is_given_once(at_once):
    there, actor = PositionFactory(seats=1), staff()
    running = [stays.on_post(-10, 30) for _number in range(3)]
    outcomes = at_once(
        *[
            lambda one=one: transfer(
                placement=one, actor=actor, position=there, on=day(-1), ends_on=day(30), reason="x"
            )
            for one in running
        ]
    )
    assert {error.code for error in refusals(outcomes)} == {"full"}
    assert Placement.objects.filter(position=there).count() == 1
    assert Position.objects.get(pk=there.pk).seats_taken == 1


def test_one_agreement_one_signature_one_certificate(at_once):
    stay = stays.planned()
    made = at_once(*[lambda: generate(placement=stay, actor=None)] * 3)
    assert len({one.pk for one in made}) == 1
    token = link_token(made[0], stays.AgreementParty.HOST)
    signed = at_once(*[lambda: confirm_by_link(token=token, signer="示例")] * TIMES)
    assert len({one.pk for one in signed}) == 1
    done, actor = stays.over(-20, -15), staff()
    for month in {done.starts_on.replace(day=1), done.ends_on.replace(day=1)}:
        stays.confirmed(done, month)
    stays.appraised(done)
    issued = at_once(*[lambda: issue_certificate(placement=done, actor=actor, site="https://example.invalid/")] * TIMES)
    assert len({one.pk for one in issued}) == 1
    assert Certificate.objects.count() == 1
