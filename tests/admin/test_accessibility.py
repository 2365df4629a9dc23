"""axe on the staff's pages about people, reminders, messages and sheets: a browser walks through all."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from talent.enums import RegistrationState
from talent.models import SelfCheck
from talent.services.contact import hand_over
from talent.services.network import introduce
from tests.admin.test_browser import at_desk
from tests.browser import DESKTOP, PHONE
from tests.factories.accounts import staff
from tests.factories.bases import AgreementFactory
from tests.factories.talent import ChannelFactory, contact, flexible, person, registration
from wenxi_portal.accounts.services.roles import sync_roles
from wenxi_portal.notifications.models import Message
from wenxi_portal.reminders.models import ScanRun

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def addresses():
    """Every page with something on it."""
    sync_roles()
    now, today = timezone.now(), timezone.localdate()
    one, other = person(name="裴示例", mobile="13800000001"), person(name="裴样板", mobile="13800000001")
    introduce(introducer=one, introduced=other, actor=None)
    step = contact(one, due=today - timedelta(days=3), owner=staff())
    leaving, taking = staff(), staff()
    contact(one, due=today, owner=leaving)
    given = hand_over(from_user=leaving, to_user=taking, reason="岗位调整", actor=taking)
    queued = registration(state=RegistrationState.SUBMITTED, submitted_at=now)
    queued.save()
    answer = SelfCheck.objects.create(
        person=one, expires_at=now + timedelta(days=1), answered_at=now, answer="changed", message="换了单位"
    )
    agreement, channel = flexible(person=one), ChannelFactory()
    message = Message.objects.create(recipient=leaving, kind="agreement_expiring", channel="sms", dedup_key="x")
    ScanRun.objects.create(silent_since=now - timedelta(days=2))
    watched = AgreementFactory(signed=True)
    pages = {
        "talent_person_changelist": [],
        "talent_person_add": [],
        "talent_person_change": [one.pk],
        "talent_person_log_contact": [one.pk],
        "talent_person_reveal": [one.pk],
        "talent_person_duplicates": [],
        "talent_person_compare": [one.pk, other.pk],
        "talent_person_coverage": [],
        "talent_person_chains": [],
        "talent_contact_board": [],
        "talent_contact_week": [],
        "talent_contact_changelist": [],
        "talent_contact_settle": [step.pk],
        "talent_contact_hand_over": [],
        "talent_contact_briefing": [given.pk],
        "talent_registration_changelist": [],
        "talent_registration_change": [queued.pk],
        "talent_registration_refuse": [queued.pk],
        "talent_selfcheck_change": [answer.pk],
        "talent_channel_change": [channel.pk],
        "talent_introduction_add": [],
        "talent_flexibleagreement_change": [agreement.pk],
        "talent_flexibleagreement_terminate": [agreement.pk],
        "reminders_scanrun_changelist": [],
        "reminders_holiday_changelist": [],
        "reminders_holiday_add": [],
        "bases_agreement_why_reminded": [watched.pk],
        "notifications_message_changelist": [],
        "notifications_message_change": [message.pk],
        "spreadsheets_importrun_add": [],
        "spreadsheets_exportfile_changelist": [],
        "audit_auditentry_retention": [],
    }
    chain = reverse("admin:talent_person_chains") + f"?person={other.pk}"
    return [reverse(f"admin:{name}", args=args) for name, args in pages.items()] + [chain]


# The dark shares its colours among all pages: every third will do.
@pytest.mark.parametrize(
    ("size", "dark", "part"),
    [
        (PHONE, False, slice(0, 11)),
        (PHONE, False, slice(11, 22)),
        (PHONE, False, slice(22, None)),
        (DESKTOP, True, slice(None, None, 3)),
    ],
)
def test_axe_finds_nothing(live_server, open_page, axe, addresses, size, dark, part):
    page = at_desk(open_page(size, dark=dark), live_server)
    for address in addresses[part]:
        page.goto(live_server.url + address)
        axe(page)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{address} scrolls sideways"
