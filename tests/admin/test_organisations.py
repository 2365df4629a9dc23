"""Organisations: own rows, codes, stale forms, what may be chosen."""

import pytest
from django.urls import reverse

from tests.admin.posting import form_values
from tests.factories.accounts import UserFactory
from tests.factories.organisations import HostFactory, LeadUnitFactory, MembershipFactory, UniversityFactory
from wenxi_portal.accounts.enums import Role
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.models import AuditEntry
from wenxi_portal.organisations.models import Organisation

ADD = "admin:organisations_organisation_add"
LIST = "admin:organisations_organisation_changelist"
CHOICES = "admin:autocomplete"
# The check digit is right; the rest is nobody's.
GOOD_CODE, BAD_CODE = "91140823MA0000000H", "91140823MA00000001"


def change(organisation):
    return reverse("admin:organisations_organisation_change", args=[organisation.pk])


def test_an_officer_sees_the_own_unit_only(officer):
    LeadUnitFactory()
    UniversityFactory()
    response = officer.client.get(reverse(LIST))
    assert list(response.context_data["cl"].result_list) == [officer.unit]


def test_a_wrong_credit_code_stands_beside_its_field(department):
    values = {"name": "示例企业甲", "kind": "host", "host_kind": "enterprise", "credit_code": BAD_CODE}
    response = department.client.post(reverse(ADD), values)
    assert "credit_code" in response.context_data["adminform"].form.errors
    assert not Organisation.objects.exists()


def test_a_new_host_is_found_by_initials_and_recorded(department):
    values = {"name": "示例镁业", "kind": "host", "host_kind": "enterprise", "credit_code": GOOD_CODE.lower()}
    assert department.client.post(reverse(ADD), values).status_code == 302
    found = department.client.get(f"{reverse(LIST)}?q=slmy").context_data["cl"].result_list
    assert [organisation.name for organisation in found] == ["示例镁业"]
    assert AuditEntry.objects.filter(verb=Verb.CREATED, subject="示例镁业").exists()


def test_a_stale_form_overwrites_nothing(department):
    host = HostFactory(city="运城市")
    values = form_values(department.client, change(host))
    department.client.post(change(host), values | {"city": "临汾市"})
    response = department.client.post(change(host), values | {"city": "太原市"})
    assert response.context_data["adminform"].form.non_field_errors()
    host.refresh_from_db()
    assert host.city == "临汾市"


@pytest.mark.parametrize(("term", "count"), [("", 2), ("sldxj", 1), ("nothing", 0)])
def test_an_officer_may_choose_public_universities(officer, term, count):
    UniversityFactory(name="示例大学甲")
    UniversityFactory(name="示例学院乙")
    UniversityFactory(name="示例大学丙", is_public=False)
    query = {"app_label": "bases", "model_name": "baseuniversity", "field_name": "university", "term": term}
    assert len(officer.client.get(reverse(CHOICES), query).json()["results"]) == count


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"app_label": "bases"},
        {"app_label": "x", "model_name": "y", "field_name": "z"},
        {"app_label": "bases", "model_name": "baseuniversity", "field_name": "university", "page": "abc"},
        {"app_label": "bases", "model_name": "baseuniversity", "field_name": "university", "page": "99999"},
    ],
)
def test_odd_questions_for_choices_are_refused(department, query):
    assert department.client.get(reverse(CHOICES), query).status_code in {200, 403, 404}


@pytest.mark.parametrize("query", ["kind=nonsense", "host_kind=-", "o=xx", "p=99999", "q=%27"])
def test_odd_addresses_do_not_break_the_list(department, query):
    assert department.client.get(f"{reverse(LIST)}?{query}").status_code == 200


def test_who_may_enter_memberships_may_look_up_people(department, officer):
    query = {"app_label": "organisations", "model_name": "membership", "field_name": "user", "term": ""}
    assert department.client.get(reverse(CHOICES), query).status_code == 200
    assert officer.client.get(reverse(CHOICES), query).status_code == 403


def test_a_second_membership_in_the_same_time_is_refused(department, officer):
    values = {"user": officer.user.pk, "organisation": officer.unit.pk, "since": "2024-01-01"}
    response = department.client.post(reverse("admin:organisations_membership_add"), values)
    assert response.status_code == 200
    assert response.context_data["adminform"].form.non_field_errors()


def test_a_member_is_entered_on_the_page_of_the_unit(department):
    unit, person = LeadUnitFactory(), UserFactory(role=Role.LEAD_UNIT_OFFICER)
    values = form_values(department.client, change(unit)) | {
        "memberships-TOTAL_FORMS": 1,
        "memberships-0-user": person.pk,
        "memberships-0-title": "经办人",
        "memberships-0-since": "2024-01-01",
    }
    assert department.client.post(change(unit), values).status_code == 302
    assert person.memberships.get().organisation == unit
    assert AuditEntry.objects.filter(verb=Verb.CREATED, subject_type="organisations.membership").exists()


def test_a_member_entered_twice_is_refused(department):
    unit, person = LeadUnitFactory(), UserFactory(role=Role.LEAD_UNIT_OFFICER)
    MembershipFactory(user=person, organisation=unit)
    values = form_values(department.client, change(unit)) | {
        "memberships-TOTAL_FORMS": 2,
        "memberships-1-user": person.pk,
        "memberships-1-since": "2024-01-01",
    }
    assert department.client.post(change(unit), values).status_code == 200
    assert person.memberships.count() == 1
