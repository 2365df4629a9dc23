"""The demonstration lets everybody in; therefore it exists in DEBUG only."""

from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import Client

from tests.factories.organisations import LeadUnitFactory, UniversityFactory
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User
from wenxi_portal.core.errors import DomainError
from wenxi_portal.pages.enums import DemoRole
from wenxi_portal.pages.services.demo_entry import ensure_demo_account, ensure_demo_accounts

ENTER = "/enter-demo/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: Any) -> Any:
    """Switch the demonstration on."""
    settings.PORTAL_DEMO = settings.DEBUG = True
    return settings


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("choice", "role", "lands"),
    [
        (DemoRole.ORGANIZATION_DEPARTMENT, Role.ORGANIZATION_DEPARTMENT, "/admin/"),
        (DemoRole.REVIEWER, Role.ORGANIZATION_DEPARTMENT, "/admin/"),
        (DemoRole.LEAD_UNIT, Role.LEAD_UNIT_OFFICER, "/admin/"),
        (DemoRole.FINANCE, Role.FINANCE, "/admin/"),
        (DemoRole.AUDITOR, Role.AUDITOR, "/admin/"),
        (DemoRole.UNIVERSITY, Role.UNIVERSITY_LIAISON, "/accounts/me/"),
        (DemoRole.HOST, Role.HOST, "/accounts/me/"),
        (DemoRole.STUDENT, Role.STUDENT, "/accounts/me/"),
    ],
)
def test_one_click_enters(client: Client, choice: DemoRole, role: Role, lands: str) -> None:
    answer = client.post(ENTER, {"role": choice.value})

    user = answer.wsgi_request.user
    assert client.get(answer["Location"])["Location"] == lands
    assert (user.is_demo, user.has_usable_password(), user.role_names) == (True, False, {role.value})
    assert user.email.endswith("@example.invalid")
    assert user.name.startswith("演示·")


@pytest.mark.usefixtures("demo")
def test_a_visitor_is_signed_out(client: Client) -> None:
    client.post(ENTER, {"role": DemoRole.STUDENT.value})

    answer = client.post(ENTER, {"role": DemoRole.VISITOR.value}, follow=True)

    assert answer.redirect_chain == [("/", 302)]
    assert not answer.wsgi_request.user.is_authenticated


@pytest.mark.usefixtures("demo")
def test_figures_act_for_organisations_on_file() -> None:
    LeadUnitFactory(name="测试局")
    education = LeadUnitFactory(name="测试县教育局")
    university = UniversityFactory()

    made = ensure_demo_accounts()
    people = {user.role_names: user for user in made}

    assert ensure_demo_accounts() == made
    assert [m.organisation for m in people[frozenset({Role.LEAD_UNIT_OFFICER})].memberships.all()] == [education]
    assert [m.organisation for m in people[frozenset({Role.UNIVERSITY_LIAISON})].memberships.all()] == [university]
    assert not people[frozenset({Role.HOST})].memberships.exists()


@pytest.mark.usefixtures("demo")
def test_the_sign_in_page_offers_it_with_a_token(client: Client) -> None:
    page = client.get("/accounts/login/").content.decode()

    assert page.count('name="role"') == 9
    assert page.count("csrfmiddlewaretoken") == 2


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("role", ["", "system_administrator", "nobody"])
def test_other_roles_cannot_be_entered(client: Client, role: str) -> None:
    assert client.post(ENTER, {"role": role}).status_code == 404
    assert not User.objects.exists()


@pytest.mark.usefixtures("demo")
def test_it_needs_a_token_and_a_post() -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(ENTER, {"role": "student"}).status_code == 403
    assert strict.get(ENTER).status_code == 405


@pytest.mark.parametrize(("wanted", "debug"), [(True, False), (False, True), (False, False)])
def test_outside_the_demonstration_there_is_nothing(client: Client, settings: Any, wanted: bool, debug: bool) -> None:
    settings.PORTAL_DEMO, settings.DEBUG = wanted, debug

    assert client.post(ENTER, {"role": "student"}).status_code == 404
    assert 'name="role"' not in client.get("/accounts/login/").content.decode()
    with pytest.raises(DomainError):
        ensure_demo_account(role=DemoRole.STUDENT)
    assert not User.objects.exists()


def test_a_system_check_refuses_it_outside_debug(settings: Any) -> None:
    settings.PORTAL_DEMO, settings.DEBUG = True, False
    assert "accounts.E001" in {message.id for message in run_checks()}

    settings.DEBUG = True
    assert "accounts.E001" not in {message.id for message in run_checks()}


def test_a_session_of_the_demonstration_ends_with_it(client: Client, demo: Any) -> None:
    client.post(ENTER, {"role": DemoRole.ORGANIZATION_DEPARTMENT.value})
    assert client.get("/accounts/me/").status_code == 200

    demo.PORTAL_DEMO = False

    assert client.get("/accounts/me/")["Location"].startswith("/accounts/login/")


def test_a_demo_account_cannot_sign_in_by_code_or_password(
    client: Client, demo: Any, mailoutbox: list[Any], code_in: Any
) -> None:
    user = ensure_demo_account(role=DemoRole.STUDENT)
    user.set_password("Shi-Mo-17")
    user.save()
    demo.PORTAL_DEMO = False

    client.post("/accounts/login/", {"login": user.email})
    by_code = client.post("/accounts/login/code/confirm/", {"code": code_in(mailoutbox[0])})
    by_password = client.post("/accounts/login/password/", {"login": user.email, "password": "Shi-Mo-17"})

    assert by_code["Location"] == by_password["Location"] == "/accounts/inactive/"
    assert client.get("/accounts/me/").status_code == 302


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    "path", ["email/", "phone/change/", "password/set/", "second-step/", "second-step/totp/activate/"]
)
def test_nobody_changes_an_account_of_the_demonstration(client: Client, path: str) -> None:
    client.post(ENTER, {"role": DemoRole.STUDENT.value})

    for answer in (client.get(f"/accounts/{path}"), client.post(f"/accounts/{path}", {"email": "x@example.invalid"})):
        assert answer["Location"] == "/accounts/me/"
    assert "不能修改" in client.get("/accounts/me/").content.decode()
