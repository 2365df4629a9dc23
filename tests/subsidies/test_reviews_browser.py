"""A visitor on a phone reads a notice, objects to a line and looks the answer up; axe finds nothing on either side."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from internships.subsidies.enums import ClaimState
from internships.subsidies.models import NoticeObjection
from internships.subsidies.services.objection import answer_objection
from tests.browser import DESKTOP, PHONE
from tests.factories.accounts import staff
from tests.factories.reviews import public_notice, worked_claim

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_a_visitor_objects_and_the_desk_answers(open_page, axe, live_server):
    notice = public_notice(2)
    name = notice.lines.get(order=1).name
    phone = open_page(PHONE)
    phone.goto(live_server.url + reverse("subsidies:notices"))
    axe(phone)
    phone.get_by_role("link", name=notice.title).click()
    phone.get_by_role("searchbox").fill(name)
    phone.get_by_role("button", name="搜索").click()
    phone.wait_for_url("**q=**")
    axe(phone)
    assert fits(phone)
    phone.get_by_role("link", name=f"提出异议 1 {name}").click()
    axe(phone)
    phone.get_by_role("button", name="提交异议").click()
    assert phone.get_by_role("alert").first.is_visible()
    phone.locator("#id_text").fill("此人3月下旬不在岗（示例）")
    phone.get_by_role("button", name="提交异议").click()
    phone.wait_for_url("**/notices/objection/")
    axe(phone)
    assert fits(phone)
    objection = NoticeObjection.objects.get()
    answer_objection(objection=objection, verdict="rejected", answer="经核实属实（示例）", actor=staff())
    phone.goto(live_server.url + reverse("subsidies:objection_answer"))
    phone.locator("#id_reference").fill(objection.reference)
    phone.get_by_role("button", name="查询").click()
    phone.get_by_text("经核实属实（示例）").wait_for()
    axe(phone)

    claim = worked_claim(ClaimState.FIRST_REVIEWED)
    client, user = Client(), staff()
    client.force_login(user)
    desk = open_page(DESKTOP)
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    desk.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": kept, "url": live_server.url}])
    for name, args in (
        ("review_queue", ["second"]), ("duty_matrix", []), ("publicnotice_draft", []),
        ("publicnotice_change", [notice.pk]), ("noticeobjection_change", [objection.pk]),
        ("review", ["second", claim.pk]),
    ):  # fmt: skip
        desk.goto(live_server.url + reverse(f"admin:subsidies_{name}", args=args))
        axe(desk)
    # The one screen by keyboard: the opinion has the focus, the first button passes.
    desk.keyboard.type("同意（示例）")
    desk.keyboard.press("Alt+1")
    desk.wait_for_url("**/desk/second/")
    claim.refresh_from_db()
    assert claim.state == ClaimState.SECOND_REVIEWED
