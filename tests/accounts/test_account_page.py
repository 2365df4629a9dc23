"""My account, and changes of address and number."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.db import IntegrityError
from django.test import Client

from tests.factories.accounts import UserFactory, staff
from tests.factories.internships import StudentFactory
from tests.factories.organisations import HostFactory, MembershipFactory, UniversityFactory
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User
from wenxi_portal.accounts.services.emails import put_email
from wenxi_portal.organisations.services.membership import join

ME = "/accounts/me/"

pytestmark = pytest.mark.django_db


def one_truth(user: User) -> bool:
    """Tell whether the account and the library's table know the same address."""
    user.refresh_from_db()
    known = list(EmailAddress.objects.filter(user=user).values_list("email", "primary"))
    return known == ([(user.email, True)] if user.email else [])


def test_it_shows_who_i_am_and_masks_my_number(client: Client) -> None:
    user = UserFactory(name="王小明", mobile="13900001234", roles=[Role.HOST, Role.NATIVE_TALENT])
    join(user=user, organisation=HostFactory(name="测试公司"))
    client.force_login(user)

    page = client.get(ME).content.decode()

    for expected in ("王小明", "139****1234", "测试公司", "用人单位", user.email):
        assert expected in page
    assert "13900001234" not in page


@pytest.mark.parametrize("memberships", [1, 3])
def test_it_costs_the_same_with_many_organisations(
    client: Client, memberships: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    user = UserFactory(role=Role.HOST)
    for _number in range(memberships):
        join(user=user, organisation=HostFactory())
    client.force_login(user)

    with django_assert_num_queries(10):  # type: ignore[attr-defined]
        client.get(ME)


def test_strangers_sign_in_first(client: Client) -> None:
    assert client.get(ME)["Location"] == f"/accounts/login/?next={ME}"


def test_the_address_changes_after_its_code(
    client: Client, mailoutbox: list[EmailMessage], code_in: Callable[[EmailMessage], str]
) -> None:
    user = UserFactory(email="old@example.invalid", role=Role.STUDENT)
    client.force_login(user)

    client.post("/accounts/email/", {"email": "New@example.invalid", "action_add": ""})
    assert User.objects.get().email == "old@example.invalid"
    client.post("/accounts/confirm-email/", {"code": code_in(mailoutbox[0])})

    assert User.objects.get().email == "new@example.invalid"
    assert one_truth(user)


def test_the_number_changes_after_its_code(
    client: Client, sms: list[tuple[str, str]], code_in: Callable[[str], str]
) -> None:
    user = UserFactory(mobile="13900001234", mobile_verified=True)
    client.force_login(user)

    client.post("/accounts/phone/change/", {"phone": "139 0000 5678"})
    assert User.objects.get().mobile == "13900001234"
    client.post("/accounts/phone/verify/", {"code": code_in(sms[0][1])})

    changed = User.objects.get()
    assert (changed.mobile, changed.mobile_verified) == ("13900005678", True)
    assert User.objects.with_mobile("13900005678").exists()
    assert not User.objects.with_mobile("13900001234").exists()


def test_anothers_number_is_not_given_away(client: Client, sms: list[tuple[str, str]]) -> None:
    UserFactory(mobile="13900005678")
    client.force_login(UserFactory())

    client.post("/accounts/phone/change/", {"phone": "13900005678"})

    assert User.objects.with_mobile("13900005678").count() == 1


@pytest.mark.parametrize("number", ["12900001234", "1390000123", "139000012345", "abc", ""])
def test_a_broken_number_is_told(client: Client, number: str) -> None:
    client.force_login(UserFactory())

    page = client.post("/accounts/phone/change/", {"phone": number})

    assert page.context["form"].errors["phone"]


def test_put_email_keeps_one_truth() -> None:
    user = UserFactory(email="a@example.invalid", mobile="13900001234")

    for email in ("B@example.invalid", "c@example.invalid", "", "d@example.invalid"):
        put_email(user=user, email=email, verified=True)
        assert one_truth(user)


def test_two_accounts_never_share_an_address() -> None:
    UserFactory(email="a@example.invalid")

    with pytest.raises(IntegrityError):
        put_email(user=UserFactory(), email="A@example.invalid", verified=True)


def test_signing_out_needs_a_post(client: Client) -> None:
    client.force_login(UserFactory())

    assert client.get("/accounts/logout/").status_code == 200
    assert client.get(ME).status_code == 200
    client.post("/accounts/logout/")
    assert client.get(ME).status_code == 302


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "login/", "login/password/", "signup/", "password/reset/", "inactive/", "me/", "email/", "phone/change/",
        "password/change/", "logout/", "second-step/", "second-step/totp/activate/", "second-step/webauthn/add/",
        "second-step/webauthn/", "reauthenticate/",
    ],
)  # fmt: skip
def test_every_page_opens_in_both_languages(client: Client, path: str, language: str) -> None:
    client.cookies["portal_language"] = language
    if not path.startswith(("login", "signup", "password/reset", "inactive")):
        client.post(
            "/accounts/login/password/", {"login": UserFactory(password="Shi-Mo-17").email, "password": "Shi-Mo-17"}
        )

    answer = client.get(f"/accounts/{path}")

    assert answer.status_code == 200, answer.get("Location")
    text = answer.content.decode()
    assert "<script>" not in text
    assert " style=" not in text
    assert "placeholder" not in text


@pytest.mark.parametrize(
    ("who", "shown", "hidden"),
    [
        (UserFactory, ("我的补贴",), ("本单位岗位", "我校学生")),
        (lambda: StudentFactory().user, ("我的补贴",), ("本单位岗位",)),
        (lambda: MembershipFactory(organisation=HostFactory()).user, ("本单位岗位",), ("我的补贴", "我校学生")),
        (lambda: MembershipFactory(organisation=UniversityFactory()).user, ("我校学生",), ("我的补贴", "本单位岗位")),
        (staff, ("进入工作台",), ("我的补贴", "本单位岗位")),
    ],
)
def test_everybody_sees_the_ways_of_the_own_part(
    client: Client, who: Callable[[], User], shown: tuple[str, ...], hidden: tuple[str, ...]
) -> None:
    client.force_login(who())
    text = client.get(ME).content.decode()
    assert all(words in text for words in shown)
    assert not [words for words in hidden if words in text]
