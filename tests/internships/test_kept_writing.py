"""Writing that met a sign-in that had run out, or an account that was closed: for its writer, once, on its page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from internships.models import Application, AttendanceSheet, WeeklyNote
from internships.services.application import submit
from internships.services.deciding import shortlist
from internships.views import kept_writing
from tests.factories import stays
from tests.factories.internships import ApplicationFactory, PlacementFactory, StudentFactory
from tests.internships.conftest import desk
from wenxi_portal.accounts.enums import Role
from wenxi_portal.notifications.models import Message

pytestmark = pytest.mark.django_db
WORDS = "这一周写的周记"


@pytest.fixture
def stay():
    return PlacementFactory(on_post=True)


@pytest.fixture
def address(stay):
    return reverse("my_internships:stay_note", args=[stay.pk])


def lost(stay, address, *, to=None, text=WORDS):
    """Write a note with the sign-in run out; return the browser."""
    form = desk(stay.student.user).client.get(address)
    writer = str(form.context["request"].writer)
    assert f'name="writer" value="{writer}"' in form.content.decode()
    browser = Client()
    sent = browser.post(to or address, {"week": stay.starts_on, "text": text, "writer": writer})
    assert sent.url == f"{reverse('account_login')}?next={to or address}"
    assert not WeeklyNote.objects.exists()
    return browser


def test_it_comes_back_once(stay, address):
    browser = lost(stay, address)
    browser.force_login(stay.student.user)
    assert WORDS in browser.get(address).content.decode()
    assert WORDS not in browser.get(address).content.decode()


def test_whoever_else_signs_in_never_sees_it_and_ends_it(stay, address):
    browser = lost(stay, address)
    session = browser.session
    # Another student signs in with the same browser, on the page that the writing belongs to.
    other = PlacementFactory(on_post=True, application__student=StudentFactory(enrolment_code="ABCD1234"))
    shared = reverse("my_internships:profile_step", args=["wishes"])
    session[kept_writing._KEY] = session[kept_writing._KEY] | {"path": shared}
    session.save()
    browser.force_login(other.student.user)
    page = browser.get(shared)
    assert page.status_code == 200
    assert not page.context["form"].is_bound
    assert kept_writing._KEY not in browser.session


def test_it_belongs_to_its_page(stay, address):
    elsewhere = reverse("my_internships:ask_support", args=[stay.pk])
    browser = lost(stay, address)
    browser.force_login(stay.student.user)
    assert WORDS not in browser.get(elsewhere).content.decode()
    assert WORDS in browser.get(address).content.decode()


def test_it_waits_for_a_day(stay, address, monkeypatch):
    browser = lost(stay, address)
    browser.force_login(stay.student.user)
    late = timezone.now() + kept_writing.WAITS + timedelta(minutes=1)
    monkeypatch.setattr(kept_writing.timezone, "now", lambda: late)
    assert WORDS not in browser.get(address).content.decode()


def test_too_much_is_not_kept(stay, address):
    browser = lost(stay, address, text="字" * kept_writing.LONGEST)
    assert kept_writing._KEY not in browser.session


def test_a_button_leads_back_to_where_it_stood(stay):
    take = reverse("my_internships:take_seat", args=[stay.pk, 1])
    page = reverse("my_internships:living", args=[stay.pk])
    here = {"HTTP_REFERER": f"http://testserver{page}"}
    assert page in Client().post(take, **here).url
    away = Client().post(take, HTTP_REFERER="http://elsewhere.invalid/").url
    assert away == f"{reverse('account_login')}?next={reverse('accounts:me')}"


def test_the_reason_of_a_correction_comes_back_and_the_correction_begins_once():
    stay = stays.on_post(-70, 20)
    sheet = stays.confirmed(stay)
    host = stays.host_of(stay)
    page, correct = (reverse(f"host_desk:{name}", args=[sheet.pk]) for name in ("sheet", "correct_sheet"))
    writer = str(desk(host).client.get(page).context["request"].writer)
    browser = Client()
    sent = browser.post(correct, {"reason": "三号上午漏记", "writer": writer})
    assert sent.url == f"{reverse('account_login')}?next={correct}"
    browser.force_login(host)
    kept = browser.get(correct)
    assert "三号上午漏记" in kept.content.decode()
    assert AttendanceSheet.objects.count() == 1
    assert browser.get(correct).url == page
    assert "error-summary" in browser.post(correct, {"reason": " "}).content.decode()
    for _click in range(2):
        begun = browser.post(correct, {"reason": "三号上午漏记"})
    assert AttendanceSheet.objects.get(version=2).correction_reason == "三号上午漏记"
    assert begun.url == reverse("host_desk:sheet", args=[AttendanceSheet.objects.get(version=2).pk])


def test_a_host_whose_account_is_closed_while_deciding_decides_nothing_and_the_lead_unit_goes_on(host):
    one = ApplicationFactory(position=host.position, state="draft", submitted_at=None)
    officer = stays.member(host.position.lead_unit, Role.LEAD_UNIT_OFFICER)
    address = reverse("host_desk:decide", args=[ApplicationFactory(position=host.position).pk])
    type(host.user).objects.filter(pk=host.user.pk).update(is_active=False)
    answer = host.client.post(address, {"decision": "offered", "seen": "submitted"})
    assert answer.url.startswith(reverse("account_login"))
    assert not Application.objects.filter(state="offered").exists()
    one.student.enrolment_code = "ABCD1234"
    one.student.save()
    submit(application=one, actor=one.student.user)
    told = Message.objects.filter(kind="application_at_host", channel="inbox")
    assert [message.recipient for message in told] == [officer]
    shortlist(application=one, actor=officer)
    one.refresh_from_db()
    assert one.state == "shortlisted"
