"""Who may work with which row."""

import pytest
from django.contrib.auth.models import AnonymousUser

from bases.models import Agreement, Base
from tests.factories.accounts import UserFactory
from tests.factories.bases import AgreementFactory, BaseFactory
from tests.factories.organisations import HostFactory, LeadUnitFactory, MembershipFactory, UniversityFactory
from wenxi_portal.accounts.enums import Role
from wenxi_portal.organisations.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Two lead units with a draft and a public base each, a university and a host that take part in the first."""
    own, other = LeadUnitFactory(), LeadUnitFactory()
    university, host = UniversityFactory(), HostFactory()
    rows = {
        "own draft": BaseFactory(lead_unit=own, local_partner=host, universities=[university]),
        "own public": BaseFactory(lead_unit=own, unveiled=True, local_partner=host, universities=[university]),
        "other draft": BaseFactory(lead_unit=other),
        "other public": BaseFactory(lead_unit=other, unveiled=True),
    }
    return {"own": own, "university": university, "host": host, "rows": rows}


def member(role, organisation=None):
    user = UserFactory(role=role)
    if organisation:
        MembershipFactory(user=user, organisation=organisation)
    return user


EXPECTED = [
    (Role.ORGANIZATION_DEPARTMENT, None, {"own draft", "own public", "other draft", "other public"}),
    (Role.AUDITOR, None, {"own draft", "own public", "other draft", "other public"}),
    (Role.LEAD_UNIT_OFFICER, "own", {"own draft", "own public"}),
    (Role.LEAD_UNIT_OFFICER, None, set()),
    (Role.UNIVERSITY_LIAISON, "university", {"own public"}),
    (Role.HOST, "host", {"own public"}),
    (Role.STUDENT, None, set()),
    (Role.FINANCE, None, set()),
    (Role.SYSTEM_ADMINISTRATOR, None, set()),
]


@pytest.mark.parametrize(("role", "unit", "expected"), EXPECTED)
def test_bases_visible_to(world, role, unit, expected):
    user = member(role, world.get(unit))
    visible = set(Base.objects.visible_to(user))
    assert {name for name, base in world["rows"].items() if base in visible} == expected


def test_a_membership_that_ended_shows_nothing(world):
    user = UserFactory(role=Role.LEAD_UNIT_OFFICER)
    MembershipFactory(user=user, organisation=world["own"], since="2020-01-01", until="2021-01-01")
    assert not Base.objects.visible_to(user).exists()


def test_the_public_reads_what_was_unveiled(world, anonymous):
    names = {name for name, base in world["rows"].items() if base in set(Base.objects.readable_by(anonymous))}
    assert names == {"own public", "other public"}


def test_an_officer_also_reads_the_own_draft(world):
    user = member(Role.LEAD_UNIT_OFFICER, world["own"])
    names = {name for name, base in world["rows"].items() if base in set(Base.objects.readable_by(user))}
    assert names == {"own draft", "own public", "other public"}


def test_a_party_sees_public_agreements_only(world):
    liaison = member(Role.UNIVERSITY_LIAISON, world["university"])
    AgreementFactory(party=world["university"])
    shown = AgreementFactory(party=world["university"], is_public=True)
    AgreementFactory(is_public=True)
    assert list(Agreement.objects.visible_to(liaison)) == [shown]


def test_organisations_visible_to(world):
    officer = member(Role.LEAD_UNIT_OFFICER, world["own"])
    assert list(Organisation.objects.visible_to(officer)) == [world["own"]]
    assert Organisation.objects.visible_to(member(Role.AUDITOR)).count() == Organisation.objects.count()


@pytest.fixture
def anonymous():
    return AnonymousUser()
