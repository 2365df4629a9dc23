"""The pages of students and hosts: few taps, kept writing without the card, no full number anywhere."""

import io
import logging

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from internships.subsidies.enums import ClaimState
from internships.subsidies.models import BankAccount, Recovery
from internships.subsidies.services.claim import hand_back
from internships.views import kept_writing
from tests.factories import stays
from tests.factories.accounts import staff
from tests.factories.stays import day
from tests.factories.subsidies import ClaimFactory, PolicyFactory, card_number, claim_in
from tests.internships.conftest import desk
from tests.subsidies.claims_world import WAY, handed_in, moved_on, policy, prepared, student_of
from wenxi_portal.accounts.enums import Role

pytestmark = pytest.mark.django_db
C = ClaimState
CARD = card_number(123456)
ODD = CARD[:-1] + str((int(CARD[-1]) + 1) % 10)


def page(claim, name="claim"):
    return reverse(f"my_subsidies:{name}", args=[claim.number])


def posted(claim, card=CARD, **kwargs):
    return {
        "seen": claim.computation, "declared": "on", "holder": claim.student.name, "card": card, "card_again": card,
        "bank": "示例银行", "branch": "", **kwargs,
    }  # fmt: skip


def in_groups(card):
    return [card, " ".join(card[at : at + 4] for at in range(0, len(card), 4))]


def test_from_the_list_to_handed_in_with_one_form(caplog):
    claim = prepared()
    client = desk(student_of(claim)).client
    listed = client.get(reverse("my_subsidies:claims")).content.decode()
    assert claim.number in listed
    shown = client.get(page(claim)).content.decode()
    assert claim.policy.document_number in shown
    assert f"{claim.amount:,.2f}" in shown
    with caplog.at_level(logging.DEBUG):
        answer = client.post(page(claim, "hand_in"), posted(claim), follow=True)
    claim.refresh_from_db()
    assert (answer.redirect_chain[0][0], claim.state) == (page(claim), C.SUBMITTED)
    # The back button and the second press lead to the claim and change nothing.
    again = client.post(page(claim, "hand_in"), posted(claim))
    assert again.url == page(claim)
    assert BankAccount.objects.count() == 1
    for address in (reverse("my_subsidies:claims"), page(claim), reverse("my_subsidies:account")):
        html = client.get(address).content.decode()
        assert not any(written in html for written in in_groups(CARD))
    assert not any(written in caplog.text for written in in_groups(CARD))
    assert_nowhere_in_the_database(CARD)


def test_a_policy_whose_number_is_not_on_file_is_cited_as_that():
    claim = prepared(policy(document_number=""))
    shown = desk(student_of(claim)).client.get(page(claim)).content.decode()
    assert "文号待补录" in shown
    assert "，，" not in shown
    assert str(claim.policy) != str(PolicyFactory(document_number="", scheme=claim.scheme, version=2, draft=True))


def assert_nowhere_in_the_database(card):
    """No column of any table of ours holds the number in the clear."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type IN ('text', 'character varying', 'jsonb')"
        )
        columns = cursor.fetchall()
        for table, column in columns:
            query = f'SELECT count(*) FROM "{table}" WHERE "{column}"::text LIKE %s'  # noqa: S608 - the catalogue's names
            cursor.execute(query, [f"%{card}%"])
            assert cursor.fetchone()[0] == 0, (table, column)


def test_an_odd_number_is_a_warning_that_can_be_confirmed_without_typing_it_again():
    claim = prepared()
    client = desk(student_of(claim)).client
    first = client.post(page(claim, "hand_in"), posted(claim, ODD))
    html = first.content.decode()
    assert first.status_code == 200
    assert not any(written in html for written in in_groups(ODD))
    assert f"{ODD[:4]} **** **** {ODD[-4:]}" in html
    kept = first.context["form"].data["kept_card"]
    values = posted(claim, "", kept_card=kept, is_odd_right="on")
    assert client.post(page(claim, "hand_in"), values).url == page(claim)
    assert BankAccount.objects.get().card == ODD


def test_errors_are_summed_up_and_nothing_is_half_done():
    claim = prepared()
    client = desk(student_of(claim)).client
    values = posted(claim, holder="别人")
    del values["declared"]
    answer = client.post(page(claim, "hand_in"), values)
    assert {"declared", "holder"} <= answer.context["form"].errors.keys()
    answer = client.post(page(claim, "hand_in"), posted(claim, holder="别人"))
    assert "holder" in answer.context["form"].errors
    assert not BankAccount.objects.exists()
    claim.refresh_from_db()
    assert claim.state == C.DRAFT


def test_an_amount_that_has_changed_is_shown_before_it_is_handed_in():
    claim = prepared()
    client = desk(student_of(claim)).client
    answer = client.post(page(claim, "hand_in"), posted(claim, seen=claim.computation + 5))
    assert answer.url == page(claim)
    claim.refresh_from_db()
    assert claim.state == C.DRAFT


def test_a_lost_session_keeps_what_was_written_but_never_the_card():
    claim = prepared()
    student = student_of(claim)
    form = desk(student).client.get(page(claim, "hand_in"))
    browser = Client()
    values = posted(claim, branch="示例支行", writer=str(form.context["request"].writer))
    assert browser.post(page(claim, "hand_in"), values).status_code == 302
    assert CARD not in str(dict(browser.session))
    assert kept_writing._KEY in browser.session
    browser.force_login(student)
    answer = browser.get(page(claim, "hand_in"))
    html = answer.content.decode()
    assert "示例支行" in html
    assert not any(written in html for written in in_groups(CARD))
    assert len(list(answer.context["messages"])) == 2


def test_handed_back_it_says_what_is_missing_and_is_withdrawn_by_a_button():
    claim = handed_in()
    hand_back(claim=claim, actor=staff(), reason="请补盖章", due_on=day(4))
    client = desk(student_of(claim)).client
    assert "请补盖章" in client.get(page(claim)).content.decode()
    assert "请补盖章" in client.get(page(claim, "hand_in")).content.decode()
    assert client.post(page(claim, "withdraw")).url == page(claim)
    assert client.post(page(claim, "withdraw")).url == page(claim)
    claim.refresh_from_db()
    assert claim.state == C.WITHDRAWN
    assert client.get(page(claim, "hand_in")).url == page(claim)


def test_a_returned_payment_is_corrected_from_the_page_of_the_claim():
    claim = claim_in(C.RETURNED)
    client = desk(student_of(claim)).client
    assert reverse("my_subsidies:account") in client.get(page(claim)).content.decode()
    address = f"{reverse('my_subsidies:account')}?claim={claim.number}"
    values = {"holder": claim.student.name, "card": CARD, "card_again": CARD, "bank": ""}
    assert "bank" in client.post(address, values).context["form"].errors
    assert client.post(address, values | {"bank": "示例银行"}).url == page(claim)
    claim.refresh_from_db()
    assert (claim.state, claim.account.card) == (C.CORRECTED, CARD)
    other = claim_in(C.RETURNED)
    desk(student_of(other)).client.post(page(other, "pay_again"))
    other.refresh_from_db()
    assert other.state == C.CORRECTED


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_many(many, django_assert_num_queries):
    claim = claim_in(C.SUBMITTED)
    client = desk(student_of(claim)).client
    for number in range(1, many):
        ClaimFactory(
            placement=claim.placement, student=claim.student, policy=claim.policy,
            starts_on=day(-200 * number - 100), ends_on=day(-200 * number - 60),
        )  # fmt: skip
    client.get(reverse("my_subsidies:claims"))
    with django_assert_num_queries(11):
        client.get(reverse("my_subsidies:claims"))


def test_the_host_confirms_on_one_page_without_seeing_money():
    claim = handed_in()
    host = stays.host_of(claim.placement)
    client = desk(host).client
    assert claim.student.name in client.get(reverse("host_subsidies:claims")).content.decode()
    address = reverse("host_subsidies:claim", args=[claim.pk])
    html = client.get(address).content.decode()
    assert f"{claim.amount:,.2f}" not in html
    assert claim.account.masked_card not in html
    assert "agree" in client.post(address, {}).context["form"].errors
    assert client.post(address, {"agree": "on", "opinion": "属实"}).url == reverse("host_subsidies:claims")
    claim.refresh_from_db()
    assert claim.state == C.HOST_CONFIRMED
    assert claim.student.name in client.get(reverse("host_subsidies:claims")).content.decode()


def test_the_office_sees_all_of_a_claim_and_a_number_only_with_a_reason():
    claim = handed_in(number=77)
    client = desk(staff(Role.ORGANIZATION_DEPARTMENT)).client
    card = claim.account.card
    for address in (
        reverse("admin:subsidies_claim_changelist") + "?state=submitted&held=no&round=first",
        reverse("admin:subsidies_claim_change", args=[claim.pk]),
        reverse("admin:subsidies_bankaccount_changelist"),
        reverse("admin:subsidies_bankaccount_change", args=[claim.account_id]),
    ):
        html = client.get(address).content.decode()
        assert not any(written in html for written in in_groups(card))
    reveal = reverse("admin:subsidies_bankaccount_reveal", args=[claim.account_id])
    assert in_groups(card)[1] not in client.post(reveal, {"reason": " "}).content.decode()
    shown = client.post(reveal, {"reason": "核对退票"})
    assert in_groups(card)[1] in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    back = reverse("admin:subsidies_claim_hand_back", args=[claim.pk])
    client.post(back, {"reason": "请补材料", "due_on": day(6).isoformat()})
    claim.refresh_from_db()
    assert claim.state == C.HANDED_BACK


def test_a_list_of_another_scheme_is_uploaded_and_bad_rows_are_named():
    client = desk(staff(Role.ORGANIZATION_DEPARTMENT)).client
    address = reverse("admin:subsidies_outsidelist_upload_list")
    shown = client.get(address).content.decode()
    assert 0 < shown.index("admin/js/core.js") < shown.index("calendar.js"), (
        "the calendar asks for what comes before it"
    )
    file = io.BytesIO("姓名,身份证号\n甲,123\n".encode())
    file.name = "list.csv"
    values = {"scheme_name": "示例补贴", "source": "示例单位", "starts_on": "2026-01-01", "ends_on": "", "upload": file}
    answer = client.post(address, values)
    assert answer.status_code == 200
    assert [number for number, _words in answer.context["problems"]] == [2], answer.context["form"].errors


def test_money_that_is_asked_back_stands_on_top_and_a_new_card_names_its_own_bank():
    claim = moved_on(handed_in(), *WAY)
    client = desk(student_of(claim)).client
    paid = client.get(page(claim)).content.decode()
    assert "无需再办理" in paid
    Recovery.objects.create(
        claim=claim, amount=claim.amount, reason="示例", due_on=day(30), demanded_by=staff(), state="demanded"
    )
    asked = client.get(page(claim)).content.decode()
    assert "无需再办理" not in asked
    assert f"前退回¥{claim.amount:,.2f}" in asked
    assert "等您办理" in client.get(reverse("my_subsidies:claims")).content.decode()
    form = client.get(reverse("my_subsidies:account")).context["form"]
    assert not form["bank"].value()
