"""Which role opens which page of the admin. The table is the rule: a new page or role needs its line here."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from internships.models import AttendanceSheet, Certificate, PaperTemplate
from internships.subsidies.models import Milestone, OutsideList
from talent.enums import RegistrationState
from talent.models import MembershipProposal, SelfCheck
from talent.services.network import introduce
from tests.factories.accounts import UserFactory, staff
from tests.factories.bases import AgreementFactory, AnnouncedFigureFactory, BaseFactory
from tests.factories.care import care_records
from tests.factories.internships import (
    ApplicationFactory,
    NominationFactory,
    PlacementFactory,
    PositionFactory,
)
from tests.factories.organisations import MembershipFactory
from tests.factories.reviews import review_records
from tests.factories.subsidies import PolicyFactory, claim_in
from tests.factories.talent import ChannelFactory, contact, flexible, person, registration
from wenxi_portal.accounts.enums import STAFF_ROLES, Role
from wenxi_portal.audit.models import AuditEntry
from wenxi_portal.notifications.models import Message
from wenxi_portal.pages.models import Guide
from wenxi_portal.reminders.models import Holiday, ScanRun

pytestmark = pytest.mark.django_db

DEPARTMENT, OFFICER, FINANCE, AUDITOR, ADMINISTRATOR = (
    Role.ORGANIZATION_DEPARTMENT,
    Role.LEAD_UNIT_OFFICER,
    Role.FINANCE,
    Role.AUDITOR,
    Role.SYSTEM_ADMINISTRATOR,
)
EVERYBODY = set(STAFF_ROLES)

# Page: who opens its list, its record, its form for a new record.
TABLE = {
    "bases_base": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER}),
    "bases_agreement": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER}),
    "bases_basekind": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, set()),
    "bases_announcedfigure": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT}),
    # Finance pays claims of every unit, and so sees each of them.
    "organisations_organisation": (EVERYBODY, {DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT}),
    "organisations_membership": (
        {DEPARTMENT, AUDITOR, ADMINISTRATOR},
        {DEPARTMENT, AUDITOR, ADMINISTRATOR},
        {DEPARTMENT, ADMINISTRATOR},
    ),
    "accounts_user": ({AUDITOR, ADMINISTRATOR}, {AUDITOR, ADMINISTRATOR}, {ADMINISTRATOR}),
    "audit_auditentry": (
        {DEPARTMENT, AUDITOR, ADMINISTRATOR},
        {DEPARTMENT, AUDITOR, ADMINISTRATOR},
        set(),
    ),
    "talent_person": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER}),
    "talent_contact": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, set()),
    "talent_registration": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, AUDITOR}, set()),
    "talent_channel": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER}),
    "talent_introduction": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER}),
    "talent_flexibleagreement": (
        {DEPARTMENT, OFFICER, AUDITOR},
        {DEPARTMENT, OFFICER, AUDITOR},
        {DEPARTMENT, OFFICER},
    ),
    "talent_membershipproposal": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, set()),
    "talent_selfcheck": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, set()),
    "talent_townshipcollector": ({DEPARTMENT, AUDITOR}, {DEPARTMENT, AUDITOR}, {DEPARTMENT}),
    "internships_supportrequest": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, set()),
    "internships_servicerequest": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, set()),
    "internships_lodging": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER}),
    "internships_bedstay": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, set()),
    "internships_shuttlerun": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER}),
    "internships_groupactivity": (
        {DEPARTMENT, OFFICER, AUDITOR},
        {DEPARTMENT, OFFICER, AUDITOR},
        {DEPARTMENT, OFFICER},
    ),
    "internships_carevisit": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, set()),
    "internships_placement": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, set()),
    "internships_attendancesheet": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, set()),
    "internships_certificate": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, set()),
    "internships_papertemplate": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, set()),
    "internships_application": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, set()),
    "internships_student": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, set()),
    "internships_nomination": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, set()),
    "subsidies_claimduty": (
        {DEPARTMENT, OFFICER, AUDITOR, FINANCE},
        {DEPARTMENT, OFFICER, AUDITOR, FINANCE},
        set(),
    ),
    "subsidies_publicnotice": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, set()),
    "subsidies_noticeobjection": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, set()),
    "subsidies_scheme": (EVERYBODY - {ADMINISTRATOR}, EVERYBODY - {ADMINISTRATOR}, {DEPARTMENT}),
    "subsidies_policy": (EVERYBODY - {ADMINISTRATOR}, EVERYBODY - {ADMINISTRATOR}, {DEPARTMENT}),
    "pages_guide": ({DEPARTMENT, AUDITOR}, {DEPARTMENT, AUDITOR}, {DEPARTMENT}),
    "internships_position": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER}),
    # Finance reads claims and edits none.
    "subsidies_claim": ({DEPARTMENT, OFFICER, FINANCE, AUDITOR}, {DEPARTMENT, OFFICER, FINANCE, AUDITOR}, set()),
    "subsidies_bankaccount": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, set()),
    "subsidies_milestone": ({DEPARTMENT, OFFICER, AUDITOR}, {DEPARTMENT, OFFICER, AUDITOR}, set()),
    "subsidies_outsidelist": ({DEPARTMENT, AUDITOR}, {DEPARTMENT, AUDITOR}, set()),
    "notifications_message": (
        {DEPARTMENT, AUDITOR, ADMINISTRATOR},
        {DEPARTMENT, AUDITOR, ADMINISTRATOR},
        set(),
    ),
    "reminders_scanrun": ({DEPARTMENT, AUDITOR, ADMINISTRATOR}, {DEPARTMENT, AUDITOR, ADMINISTRATOR}, set()),
    "reminders_holiday": (
        {DEPARTMENT, OFFICER, AUDITOR, ADMINISTRATOR},
        {DEPARTMENT, OFFICER, AUDITOR, ADMINISTRATOR},
        {DEPARTMENT, ADMINISTRATOR},
    ),
}


def submitted():
    row = registration(state=RegistrationState.SUBMITTED, submitted_at=timezone.now())
    row.save()
    return row


@pytest.fixture
def records(client):
    """One record of each page, the lead unit's rows belonging to the officer's own unit."""
    membership = MembershipFactory(user=staff(OFFICER))
    unit = membership.organisation
    base = BaseFactory(lead_unit=unit)
    stay = PlacementFactory(on_post=True, position__lead_unit=unit, lead_unit=unit)
    found, other = person(owner_unit=unit), person(owner_unit=unit)
    application = ApplicationFactory(position__lead_unit=unit)
    claim, policy = claim_in("submitted", lead_unit=unit), PolicyFactory()
    return {
        "subsidies_claim": claim,
        "subsidies_bankaccount": claim.account,
        "subsidies_milestone": Milestone.objects.create(placement=stay, kind="contract", due_on="2026-01-01"),
        "subsidies_outsidelist": OutsideList.objects.create(
            scheme_name="示例", source="示例", uploaded_by=membership.user, file_hash="x"
        ),
        **review_records(unit),
        "subsidies_policy": policy,
        "subsidies_scheme": policy.scheme,
        **care_records(unit, membership.user),
        "internships_placement": stay,
        "internships_attendancesheet": AttendanceSheet.objects.create(placement=stay, month="2026-01-01"),
        "internships_certificate": Certificate.objects.create(
            placement=stay, number="示例", shown={}, issued_on="2026-01-01"
        ),
        "internships_papertemplate": PaperTemplate.objects.create(
            kind="agreement", title="示例", file="x", ending="docx", media_type="x", size=1, sha256="x"
        ),
        "internships_application": application,
        "internships_student": application.student,
        "internships_nomination": NominationFactory(position=application.position),
        "talent_person": found,
        "talent_contact": contact(found),
        "talent_registration": submitted(),
        "talent_channel": ChannelFactory(),
        "talent_introduction": introduce(introducer=found, introduced=other, actor=None),
        "talent_flexibleagreement": flexible(person=found),
        "talent_membershipproposal": MembershipProposal.objects.create(
            person=found, database="alumni", cause="graduation", on="2026-01-01"
        ),
        "talent_selfcheck": SelfCheck.objects.create(person=found, expires_at=timezone.now() + timedelta(days=1)),
        "talent_townshipcollector": staff().collected_townships.create(township="示例镇"),
        "officer": membership.user,
        "internships_position": PositionFactory(lead_unit=unit),
        "bases_base": base,
        "bases_agreement": AgreementFactory(lead_unit=unit),
        "bases_basekind": base.kind,
        "bases_announcedfigure": AnnouncedFigureFactory(),
        "organisations_organisation": unit,
        "organisations_membership": membership,
        "accounts_user": membership.user,
        "audit_auditentry": AuditEntry.objects.create(verb="created"),
        "pages_guide": Guide.objects.create(slug="example", title="示例指南"),
        "notifications_message": Message.objects.create(
            recipient=membership.user, kind="x", channel="sms", dedup_key="x"
        ),
        "reminders_scanrun": ScanRun.objects.create(),
        "reminders_holiday": Holiday.objects.first(),
    }


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_each_role_opens_what_the_table_says_and_deletes_nothing(client: Client, records, role):
    client.force_login(records["officer"] if role == OFFICER else staff(role))
    found, expected = {}, {}
    for page, (lists, opens, adds) in TABLE.items():
        addresses = (
            reverse(f"admin:{page}_changelist"),
            reverse(f"admin:{page}_change", args=[records[page].pk]),
            reverse(f"admin:{page}_add"),
        )
        found[page] = tuple(client.get(address).status_code == 200 for address in addresses)
        expected[page] = (role in lists, role in opens, role in adds)
    assert found == expected
    deleted = {
        page
        for page in TABLE
        for method in (client.get, client.post)
        if method(reverse(f"admin:{page}_delete", args=[records[page].pk])).status_code not in {403, 404}
        or not type(records[page]).objects.filter(pk=records[page].pk).exists()
    }
    assert deleted == set()


@pytest.mark.parametrize("role", [role for role in Role if role not in STAFF_ROLES])
def test_nobody_but_staff_enters(client: Client, role):
    client.force_login(UserFactory(role=role))
    assert client.get(reverse("admin:index")).status_code in {302, 403}
    assert client.get(reverse("admin:login")).status_code == 403


def test_visitors_are_led_to_the_portals_own_sign_in(client: Client):
    response = client.get(reverse("admin:bases_base_changelist"), follow=True)
    assert response.redirect_chain[-1][0].startswith(reverse("account_login"))


def test_auditors_change_nothing(client: Client, records):
    client.force_login(staff(AUDITOR))
    answers = {
        page: client.post(reverse(f"admin:{page}_change", args=[records[page].pk]), {"name": "x"}).status_code
        for page in TABLE
    }
    assert answers == dict.fromkeys(TABLE, 403)
