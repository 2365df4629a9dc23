"""A student on a phone asks for help in two taps; axe finds nothing on the pages of care, on either side of the desk."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from internships.models import GroupActivity, SupportRequest
from internships.services.demo_care import make_demo_care
from tests.browser import DESKTOP, PHONE
from tests.factories.care import officer_of, stays
from wenxi_portal.pages.services.guides import load_guides

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page, user, address, **cookies):
    client = Client()
    client.force_login(user)
    kept = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value, **cookies}
    page.context.add_cookies([{"name": name, "value": value, "url": address} for name, value in kept.items()])


def test_pages_of_care(open_page, axe, live_server):
    everybody = stays(3)
    stay, officer = everybody[0], officer_of(everybody[0].lead_unit)
    make_demo_care(stays=everybody, officer=officer)
    load_guides()
    case = SupportRequest.objects.filter(state="answered").get()
    student = case.placement.student.user

    phone = open_page(PHONE)
    sign_in(phone, student, live_server.url, portal_display="elder")
    phone.goto(live_server.url + reverse("my_internships:support_list", args=[stay.pk]))
    phone.get_by_role("link", name="其他", exact=True).click()
    phone.get_by_label("您需要什么帮助？").fill("想配一副眼镜（示例）")
    phone.get_by_role("button", name="提交").press("Enter")
    phone.wait_for_url("**/support/*/")
    assert phone.get_by_text("想配一副眼镜（示例）").is_visible()
    own = [reverse(f"my_internships:{name}", args=[stay.pk]) for name in ("living", "activities", "ask_support")]
    for address in [*own, reverse("my_internships:support", args=[case.pk]), reverse("internships:window")]:
        phone.goto(live_server.url + address)
        axe(phone)
        assert phone.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0

    held = GroupActivity.objects.get(state="held")
    house = stay.lead_unit.lodgings.get()
    desk = open_page(DESKTOP)
    sign_in(desk, officer, live_server.url)
    for name, args in (
        ("supportrequest_changelist", []), ("supportrequest_change", [case.pk]), ("lodging_nights", [house.pk]),
        ("lodging_needs", []), ("bedstay_give", [everybody[2].pk]), ("groupactivity_ticks", [held.pk]),
        ("shuttlerun_change", [stay.lead_unit.shuttle_runs.first().pk]), ("carevisit_log", [stay.pk]),
    ):  # fmt: skip
        desk.goto(live_server.url + reverse(f"admin:internships_{name}", args=args))
        axe(desk)
