"""Invitations: no password anywhere until the invited person chooses one."""

from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.test import Client

from tests.factories.accounts import UserFactory
from tests.factories.organisations import LeadUnitFactory
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User
from wenxi_portal.accounts.services.invitations import accept_invitation, invitation_token, invite, invited_user
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.models import AuditEntry
from wenxi_portal.core.errors import DomainError

CHOICE = {"password1": "Shi-Mo-17", "password2": "Shi-Mo-17"}

pytestmark = pytest.mark.django_db


def invited() -> tuple[User, str]:
    """Invite somebody; return the account and the path of the link."""
    user = invite(email="New@example.invalid", name="周明", role=Role.LEAD_UNIT_OFFICER)
    return user, f"/accounts/invitation/{invitation_token(user)}/"


def test_an_invited_person_chooses_a_password_and_signs_in(client: Client) -> None:
    user, link = invited()

    page = client.get(link)
    done = client.post(link, CHOICE)

    assert "周明" in page.content.decode()
    assert "牵头单位" in page.content.decode()
    assert done["Location"] == "/accounts/login/password/"
    user.refresh_from_db()
    assert (user.email, user.is_staff, user.check_password("Shi-Mo-17")) == ("new@example.invalid", True, True)
    client.post("/accounts/login/password/", {"login": "new@example.invalid", "password": "Shi-Mo-17"})
    assert client.get("/admin/")["Location"] == "/accounts/second-step/"


def test_the_link_works_once(client: Client) -> None:
    _user, link = invited()
    client.post(link, CHOICE)

    for answer in (client.get(link), client.post(link, {"password1": "Other-9-x", "password2": "Other-9-x"})):
        assert answer.status_code == 410
        assert "重新索取" in answer.content.decode()


def test_the_link_works_for_seven_days(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    user, _link = invited()
    token, now = invitation_token(user), time.time()

    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 7 * 24 * 3600 - 60)
    assert invited_user(token) == user
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 7 * 24 * 3600 + 60)
    with pytest.raises(DomainError):
        invited_user(token)


def test_another_address_or_a_closed_account_voids_the_link() -> None:
    user, _link = invited()
    token = invitation_token(user)

    User.objects.filter(pk=user.pk).update(is_active=False)
    with pytest.raises(DomainError):
        invited_user(token)
    User.objects.filter(pk=user.pk).update(is_active=True, email="other@example.invalid")
    with pytest.raises(DomainError):
        accept_invitation(token=token, password="Shi-Mo-17")


@pytest.mark.parametrize("token", ["x", "a:b:c", "W10:1abc:sig", "W10", "%00", "é", "a" * 5000])
def test_a_forged_link_says_what_to_do(client: Client, token: str) -> None:
    assert client.get(f"/accounts/invitation/{token}/").status_code in {400, 410, 413}


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [("abcdefgh", "abcdefgh", "password1"), ("Shi-Mo-17", "Shi-Mo-18", "password2"), ("", "", "password1")],
)
def test_a_bad_choice_is_told_beside_the_field(client: Client, first: str, second: str, field: str) -> None:
    user, link = invited()

    page = client.post(link, {"password1": first, "password2": second})

    assert field in page.context["form"].errors
    user.refresh_from_db()
    assert not user.has_usable_password()


def test_the_command_prints_a_link_and_records_the_deed(capsys: pytest.CaptureFixture[str], client: Client) -> None:
    unit = LeadUnitFactory()

    call_command(
        "invite_staff",
        email="new@example.invalid",
        name="周明",
        role="lead_unit_officer",
        unit=unit.name,
        site="https://portal.example.invalid/",
    )

    link = capsys.readouterr().out.strip().splitlines()[-1]
    user = User.objects.get()
    assert link.startswith("https://portal.example.invalid/accounts/invitation/")
    assert client.get(link.removeprefix("https://portal.example.invalid")).status_code == 200
    assert [membership.organisation for membership in user.memberships.all()] == [unit]
    assert AuditEntry.objects.get(verb=Verb.ROLE_GIVEN).subject_id == str(user.pk)


def test_the_command_sends_the_link_on_request(
    capsys: pytest.CaptureFixture[str], mailoutbox: list[EmailMessage]
) -> None:
    options = {
        "email": "new@example.invalid",
        "name": "周明",
        "role": "auditor",
        "site": "https://portal.example.invalid",
    }

    call_command("invite_staff", send=True, **options)

    assert "/accounts/invitation/" in mailoutbox[0].body
    assert mailoutbox[0].to == ["new@example.invalid"]
    assert "/accounts/invitation/" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "options",
    [
        {"unit": "没有这个单位"},
        {"email": "not an address"},
        {"email": "taken@example.invalid"},
    ],
)
def test_the_command_refuses_in_one_sentence_and_leaves_nothing(options: dict[str, str]) -> None:
    UserFactory(email="taken@example.invalid", password="Shi-Mo-17")
    given = {
        "email": "new@example.invalid",
        "name": "周明",
        "role": "auditor",
        "site": "https://portal.example.invalid",
    }

    with pytest.raises(CommandError):
        call_command("invite_staff", **given | options)

    assert User.objects.count() == 1


def test_the_command_asks_for_the_address_of_a_portal_that_has_many(settings: Any) -> None:
    settings.ALLOWED_HOSTS = [".example.invalid"]

    with pytest.raises(CommandError, match="--site"):
        call_command("invite_staff", email="new@example.invalid", name="周明", role="auditor")


def test_a_second_invitation_keeps_the_account_and_the_first_link() -> None:
    first, _link = invited()
    second, _link = invited()

    assert first == second
    assert invited_user(invitation_token(second)) == first


def test_there_is_no_superuser() -> None:
    with pytest.raises(CommandError, match="invite_staff"):
        call_command("createsuperuser", "--noinput", "--email", "root@example.invalid")

    assert not User.objects.exists()
