"""Accounts: invited, given roles, switched off, all of it recorded; nobody lifts themselves."""

import pytest
from django.urls import reverse

from tests.admin.conftest import at_desk
from tests.admin.posting import form_values
from tests.factories.accounts import UserFactory, staff
from tests.factories.organisations import LeadUnitFactory
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User
from wenxi_portal.accounts.permissions import has_second_factor
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.models import AuditEntry

ADD = "admin:accounts_user_add"


@pytest.fixture
def administrator(db):
    return at_desk(staff(Role.SYSTEM_ADMINISTRATOR))


def change(user):
    return reverse("admin:accounts_user_change", args=[user.pk])


def deeds(user):
    found = AuditEntry.objects.filter(subject_type="accounts.user", subject_id=str(user.pk)).order_by("pk")
    return [(entry.verb, entry.details.get("role")) for entry in found]


def test_roles_are_given_and_taken_and_recorded(administrator):
    user = UserFactory(role=Role.AUDITOR)
    values = form_values(administrator.client, change(user)) | {"roles": [Role.FINANCE.value]}
    assert administrator.client.post(change(user), values).status_code == 302
    assert User.objects.get(pk=user.pk).role_names == {Role.FINANCE.value}
    assert (Verb.ROLE_GIVEN, Role.FINANCE.value) in deeds(user)
    assert (Verb.ROLE_TAKEN, Role.AUDITOR.value) in deeds(user)
    history = administrator.client.get(reverse("admin:accounts_user_history", args=[user.pk]))
    assert "财政" in history.rendered_content


def test_nobody_changes_the_own_roles_or_switches_themselves_off(administrator):
    values = form_values(administrator.client, change(administrator.user))
    values |= {"roles": [Role.ORGANIZATION_DEPARTMENT.value]}
    values.pop("is_active")
    response = administrator.client.post(change(administrator.user), values)
    assert {"roles", "is_active"} <= set(response.context_data["adminform"].form.errors)
    assert administrator.user.has_role(Role.SYSTEM_ADMINISTRATOR)


def test_an_account_is_switched_off(administrator):
    user = UserFactory(role=Role.FINANCE)
    values = form_values(administrator.client, change(user))
    values.pop("is_active")
    assert administrator.client.post(change(user), values).status_code == 302
    user.refresh_from_db()
    assert not user.is_active


def test_an_invitation_shows_a_link_that_opens(administrator, client):
    values = {"email": "new@example.invalid", "name": "测试新人", "role": Role.FINANCE.value}
    response = administrator.client.post(reverse(ADD), values, follow=True)
    user = User.objects.get(email="new@example.invalid")
    assert not user.has_usable_password()
    assert (Verb.ROLE_GIVEN, Role.FINANCE.value) in deeds(user)
    words = " ".join(str(message) for message in response.context["messages"])
    link = next(word for word in words.split("：")[-1].split() if word.startswith("http"))
    assert client.get(link.removeprefix("http://testserver")).status_code == 200


def test_an_invited_officer_acts_for_the_unit_chosen(administrator):
    unit = LeadUnitFactory()
    values = {"email": "o@example.invalid", "name": "测试新人", "role": "lead_unit_officer", "unit": unit.pk}
    assert administrator.client.post(reverse(ADD), values).status_code == 302
    user = User.objects.get(email="o@example.invalid")
    assert user.memberships.get().organisation == unit
    entry = AuditEntry.objects.get(verb=Verb.ROLE_GIVEN, subject_id=str(user.pk))
    assert (entry.actor, entry.details) == (administrator.user, {"role": "lead_unit_officer", "invited": True})


def test_an_unknown_unit_invites_nobody(administrator):
    values = {"email": "o@example.invalid", "name": "测试新人", "role": "lead_unit_officer", "unit": "99999"}
    response = administrator.client.post(reverse(ADD), values)
    assert "unit" in response.context_data["form"].errors
    assert not User.objects.filter(email="o@example.invalid").exists()


def reset(user):
    return reverse("admin:accounts_user_reset_factor", args=[user.pk])


def test_a_lost_second_factor_is_reset_with_a_reason_that_stays(administrator):
    user = staff(Role.FINANCE)
    assert administrator.client.get(reset(user)).status_code == 200
    assert has_second_factor(user)
    assert "reason" in administrator.client.post(reset(user), {"reason": " "}).context_data["form"].errors
    assert has_second_factor(user)
    assert administrator.client.post(reset(user), {"reason": "手机遗失，已当面核实"}).status_code == 302
    assert not has_second_factor(user)
    entry = AuditEntry.objects.get(verb=Verb.FACTOR_RESET)
    assert (entry.actor, entry.subject_id, entry.reason) == (administrator.user, str(user.pk), "手机遗失，已当面核实")
    history = administrator.client.get(reverse("admin:accounts_user_history", args=[user.pk]))
    assert "手机遗失，已当面核实" in history.rendered_content
    assert administrator.client.post(reset(user), {"reason": "再来一次"}).status_code == 409


def test_nobody_resets_the_own_second_factor(administrator):
    assert administrator.client.get(reset(administrator.user)).status_code == 404
    assert administrator.client.post(reset(administrator.user), {"reason": "示例"}).status_code == 409
    assert has_second_factor(administrator.user)
    page = administrator.client.get(change(administrator.user))
    assert not any("second-factor" in button["path"] for button in page.context_data["actions_detail"])


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ORGANIZATION_DEPARTMENT, Role.LEAD_UNIT_OFFICER, Role.FINANCE])
def test_only_system_administrators_reset_a_second_factor(db, role):
    user = staff(Role.FINANCE)
    answer = at_desk(staff(role)).client.post(reset(user), {"reason": "示例"})
    assert answer.status_code in {403, 404}
    assert has_second_factor(user)


def test_a_second_invitation_for_a_password_holder_is_refused(administrator):
    UserFactory(email="old@example.invalid", password="Example-2024!")
    values = {"email": "old@example.invalid", "name": "测试", "role": Role.FINANCE.value}
    response = administrator.client.post(reverse(ADD), values)
    assert "email" in response.context_data["form"].errors


def test_the_mobile_number_is_masked(administrator):
    user = UserFactory(mobile="13900001234")
    page = administrator.client.get(change(user)).rendered_content
    assert "139****1234" in page
    assert "13900001234" not in page


def test_superuser_cannot_be_posted(administrator):
    user = UserFactory()
    values = form_values(administrator.client, change(user)) | {"is_superuser": "on", "is_staff": "on"}
    administrator.client.post(change(user), values)
    user.refresh_from_db()
    assert (user.is_superuser, user.is_staff) == (False, False)
