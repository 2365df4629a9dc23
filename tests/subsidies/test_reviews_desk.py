"""The desks of reviews, notices and objections: who opens what, one screen, many at once, the matrix."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from internships.subsidies import urls
from internships.subsidies.enums import ClaimState, Duty, NoticeState
from internships.subsidies.models import Claim, NoticeObjection, PublicNotice
from internships.subsidies.services.objection import raise_objection
from internships.subsidies.services.review import first_review
from tests.factories.accounts import UserFactory, staff
from tests.factories.reviews import drafted_notice, duty_of, hands, public_notice, sample_policy, worked_claim
from wenxi_portal.accounts.enums import Role
from wenxi_portal.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
C = ClaimState


def desk(user):
    client = Client()
    client.force_login(user)
    return client


def test_one_screen_decides_and_leads_to_the_next():
    policy = sample_policy()
    claims = [worked_claim(C.FIRST_REVIEWED, policy=policy) for _each in range(2)]
    client = desk(staff())
    page = reverse("admin:subsidies_review", args=["second", claims[0].pk])
    html = client.get(page).content.decode()
    assert claims[0].student.name in html
    assert claims[0].account.card not in html
    answer = client.post(page, {"decision": "pass", "opinion": "同意", "expected": C.FIRST_REVIEWED})
    assert answer.url == reverse("admin:subsidies_review", args=["second", claims[1].pk])
    # The back button and once more: it says that the claim has gone on, and changes nothing.
    assert client.post(page, {"decision": "pass", "opinion": "同意"}).url == reverse(
        "admin:subsidies_review_queue", args=["second"]
    )
    last = client.post(answer.url, {"decision": "hand_back", "opinion": "", "expected": C.FIRST_REVIEWED})
    assert last.status_code == 200
    last = client.post(answer.url, {"decision": "refuse", "opinion": "不符合条件", "expected": C.FIRST_REVIEWED})
    assert last.url == reverse("admin:subsidies_review_queue", args=["second"])
    assert list(Claim.objects.order_by("pk").values_list("state", flat=True)) == [C.SECOND_REVIEWED, C.REFUSED]


def test_the_button_is_grey_for_who_had_another_duty():
    claim = worked_claim(C.ENROLLED)
    people = hands(claim)
    first_review(claim=claim, actor=people["second"])
    page = reverse("admin:subsidies_review", args=["second", claim.pk])

    def button(user):
        return desk(user).get(page).content.decode().split('name="decision"')[1].split(">")[0]

    assert "disabled" in button(people["second"])
    assert "disabled" not in button(people["third"])
    posted = {"decision": "pass", "opinion": "同意", "expected": C.FIRST_REVIEWED}
    assert desk(people["second"]).post(page, posted).status_code == 200
    claim.refresh_from_db()
    assert claim.state == C.FIRST_REVIEWED


def test_many_at_once_takes_what_is_green_and_says_the_rest():
    policy = sample_policy()
    green, held = (worked_claim(C.FIRST_REVIEWED, policy=policy) for _each in range(2))
    held.flags.create(kind="same_card")
    client = desk(staff())
    page = reverse("admin:subsidies_review_queue", args=["second"])
    html = client.get(page).content.decode()
    assert f'value="{held.pk}" aria-label="{held.number}" disabled' in html
    done = client.post(page, {"claims": [green.pk, held.pk], "opinion": ""}, follow=True)
    assert held.number in "".join(str(message) for message in done.context["messages"])
    green.refresh_from_db()
    held.refresh_from_db()
    assert (green.state, held.state) == (C.SECOND_REVIEWED, C.FIRST_REVIEWED)


def test_a_lead_unit_sees_its_own_and_reviews_first_only():
    claim, foreign = worked_claim(C.ENROLLED), worked_claim(C.ENROLLED)
    client = desk(hands(claim)["officer"])
    html = client.get(reverse("admin:subsidies_review_queue", args=["first"])).content.decode()
    assert claim.number in html
    assert foreign.number not in html
    assert client.get(reverse("admin:subsidies_review", args=["first", foreign.pk])).status_code == 404
    assert (
        client.post(reverse("admin:subsidies_review_queue", args=["second"]), {"claims": [claim.pk]}).status_code == 403
    )


@pytest.mark.parametrize(
    ("role", "opens", "decides"),
    [
        (Role.ORGANIZATION_DEPARTMENT, 200, 302), (Role.AUDITOR, 200, 403), (Role.FINANCE, 200, 403),
        (Role.SYSTEM_ADMINISTRATOR, 403, 403),
    ],
)  # fmt: skip
def test_who_opens_the_desk(role, opens, decides):
    claim = worked_claim(C.ENROLLED)
    client = desk(staff(role))
    for name, args in (("review_queue", ["first"]), ("review", ["first", claim.pk]), ("duty_matrix", [])):
        assert client.get(reverse(f"admin:subsidies_{name}", args=args)).status_code == opens, name
    posted = {"decision": "pass", "opinion": "同意", "expected": C.ENROLLED}
    assert client.post(reverse("admin:subsidies_review", args=["first", claim.pk]), posted).status_code == decides


def test_the_matrix_shows_names_by_duty_and_leaves_as_a_workbook():
    claim = worked_claim(C.SECOND_REVIEWED)
    client = desk(staff(Role.AUDITOR))
    html = client.get(reverse("admin:subsidies_duty_matrix"), {"words": claim.number}).content.decode()
    for duty in (Duty.HOST_CONFIRM, Duty.FIRST_REVIEW, Duty.SECOND_REVIEW):
        assert duty_of(claim, duty).name in html
    answer = client.get(reverse("admin:subsidies_duty_matrix_sheet"))
    page = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert page.cell(4, 2).value == claim.number
    assert AuditEntry.objects.filter(verb="exported", details__sheet="duty_matrix").count() == 1


def test_a_notice_from_draft_to_public_and_down_again():
    claim = worked_claim(C.SECOND_REVIEWED)
    client = desk(staff())
    page = reverse("admin:subsidies_publicnotice_draft")
    assert claim.number in client.get(page).content.decode()
    refused = client.post(page, {"title": "电话 13800138000", "claims": [claim.pk]})
    assert refused.status_code == 200
    assert not PublicNotice.objects.exists()
    client.post(page, {"title": "示例公示", "introduction": "", "contact": "", "claims": [claim.pk]})
    notice = PublicNotice.objects.get()
    change = reverse("admin:subsidies_publicnotice_change", args=[notice.pk])
    assert client.get(change).status_code == 200
    for name, kind in (("sheet", "spreadsheetml"), ("paper", "wordprocessingml")):
        answer = client.get(reverse(f"admin:subsidies_publicnotice_{name}", args=[notice.pk]))
        assert kind in answer.headers["Content-Type"]
    publish = reverse("admin:subsidies_publicnotice_publish", args=[notice.pk])
    assert client.get(publish).status_code == 200
    assert client.post(publish).status_code == 302
    notice.refresh_from_db()
    assert notice.state == NoticeState.PUBLISHED
    auditor = desk(staff(Role.AUDITOR))
    assert auditor.get(change).status_code == 200
    assert (
        auditor.post(reverse("admin:subsidies_publicnotice_cancel", args=[notice.pk]), {"reason": "x"}).status_code
        == 403
    )


def test_an_objection_is_answered_and_its_sender_shown_on_a_reason():
    notice = public_notice()
    objection = raise_objection(line=notice.lines.get(), text="示例异议", name="示例群众", contact="0359-7022114")
    client = desk(staff())
    change = reverse("admin:subsidies_noticeobjection_change", args=[objection.pk])
    assert "示例群众" not in client.get(change).content.decode()
    reveal = reverse("admin:subsidies_noticeobjection_reveal", args=[objection.pk])
    assert "示例群众" not in client.post(reveal, {"reason": ""}).content.decode()
    assert "示例群众" in client.post(reveal, {"reason": "核实情况"}).content.decode()
    assert AuditEntry.objects.filter(verb="revealed").count() == 1
    answer = reverse("admin:subsidies_noticeobjection_answer_it", args=[objection.pk])
    assert client.post(answer, {"verdict": "upheld", "answer": "属实"}).status_code == 200
    assert client.post(answer, {"verdict": "rejected", "answer": "不成立"}).status_code == 302
    assert NoticeObjection.objects.get().answer == "不成立"


def test_the_first_page_of_the_desk_tells_what_waits():
    worked_claim(C.FIRST_REVIEWED)
    drafted_notice()
    worked_claim(C.SECOND_REVIEWED)
    html = desk(staff()).get(reverse("admin:index")).content.decode()
    for url in (
        reverse("admin:subsidies_review_queue", args=["second"]),
        reverse("admin:subsidies_publicnotice_draft"),
    ):
        assert url in html


def test_every_public_address_and_whom_it_answers():
    """Everybody reads notices and objects, signed in or not; a new address needs its line here."""
    notice = public_notice()
    table = {
        "notices": ([], 200), "notice": ([notice.number], 200), "notice_sheet": ([notice.number], 200),
        "object": ([notice.number, 1], 200), "objection_sent": ([], 302), "objection_answer": ([], 200),
    }  # fmt: skip
    names = {pattern.name for pattern in urls.urlpatterns if "notices/" in str(pattern.pattern)}
    assert names == set(table)
    for user in (None, UserFactory(), notice.lines.get().claim.student.user, staff()):
        client = Client() if user is None else desk(user)
        for name, (args, status) in table.items():
            assert client.get(reverse(f"subsidies:{name}", args=args)).status_code == status, name
