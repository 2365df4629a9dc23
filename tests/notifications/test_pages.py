"""The inbox and the preferences page, with and without a browser."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.browser import DESKTOP, PHONE
from tests.factories.accounts import UserFactory, staff
from tests.notifications import kinds
from wenxi_portal.accounts.enums import Role
from wenxi_portal.notifications.enums import Channel, MessageState, Rhythm
from wenxi_portal.notifications.kinds import all_kinds, by_area, kinds_for
from wenxi_portal.notifications.kinds import find as find_kind
from wenxi_portal.notifications.models import ChannelChoice, DeliveryHours, Message, RecordedSending
from wenxi_portal.notifications.services.delivery import deliver
from wenxi_portal.notifications.services.outbox import tell

pytestmark = pytest.mark.django_db
INBOX, PREFERENCES = reverse("notifications:inbox"), reverse("notifications:preferences")


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def filled(user, number=3):
    for each in range(number):
        tell(recipient=user, kind=kinds.KIND.name, about=str(each), params={"n": each})
    return list(Message.objects.inbox_of(user))


def test_strangers_sign_in_first(client):
    for address in (INBOX, PREFERENCES):
        assert client.get(address).status_code == 302


def test_the_newest_stands_first_and_only_mine(reader):
    filled(UserFactory())
    filled(reader)
    page = signed_in(reader).get(INBOX)
    assert [message.params["n"] for message in page.context["page"]] == [2, 1, 0]
    assert "3条未读" in page.content.decode()


@pytest.mark.parametrize("number", [1, 15])
def test_it_costs_the_same_with_many_messages(reader, number, django_assert_num_queries):
    filled(reader, number)
    client = signed_in(reader)
    with django_assert_num_queries(6):
        client.get(INBOX)


def test_marking_as_read_is_a_button_and_goes_on_to_the_matter(reader):
    message = filled(reader)[0]
    client = signed_in(reader)
    assert client.get(reverse("notifications:read", args=[message.pk])).status_code == 405
    assert (
        client.post(reverse("notifications:read", args=[message.pk]), {"show": "unread"})["Location"]
        == f"{INBOX}?show=unread"
    )
    assert [each.params["n"] for each in client.get(f"{INBOX}?show=unread").context["page"]] == [1, 0]
    client.post(reverse("notifications:read_all"))
    assert Message.objects.inbox_of(reader).unread().count() == 0
    assert "已全部读完" in client.get(f"{INBOX}?show=unread").content.decode()


def test_nobody_marks_the_messages_of_others(reader):
    message = filled(reader)[0]
    assert signed_in(UserFactory()).post(reverse("notifications:read", args=[message.pk])).status_code == 404
    message.refresh_from_db()
    assert message.read_at is None


def test_an_empty_inbox_says_what_it_is_for(reader):
    assert "还没有消息" in signed_in(reader).get(INBOX).content.decode()


def test_choices_are_kept_and_shown():
    reader = staff(Role.ORGANIZATION_DEPARTMENT)
    client = signed_in(reader)
    values = {
        "kind-agreement_expiring": ["inbox"],
        "rhythm": "daily",
        "language": "en",
        "quiet_from": "20:00",
        "quiet_until": "07:30",
    }
    assert client.post(PREFERENCES, values).status_code == 302
    hours = DeliveryHours.objects.get(user=reader)
    assert hours.language == "en"
    assert (hours.rhythm, f"{hours.quiet_from:%H:%M}", f"{hours.quiet_until:%H:%M}") == (Rhythm.DAILY, "20:00", "07:30")
    chosen = ChannelChoice.objects.filter(user=reader, wanted=True).values_list("kind", "channel")
    # What must reach the inbox always does, chosen or not.
    assert [choice for choice in chosen if not find_kind(choice[0]).mandatory] == [("agreement_expiring", "inbox")]
    form = client.get(PREFERENCES).context["form"]
    assert form["kind-agreement_expiring"].value() == ["inbox"]
    assert form["kind-base_quiet"].value() == []


def test_nobody_is_asked_about_what_only_staff_are_told(reader):
    client = signed_in(reader)
    form = client.get(PREFERENCES).context["form"]
    asked = {name.removeprefix("kind-") for name in form.fields if name.startswith("kind-")}
    assert asked
    assert not {name for name in asked if find_kind(name).for_staff}
    values = {"rhythm": "daily", "language": "en", "quiet_from": "20:00", "quiet_until": "07:30"}
    assert client.post(PREFERENCES, values | {"kind-agreement_expiring": ["inbox"]}).status_code == 302
    assert DeliveryHours.objects.get(user=reader).rhythm == Rhythm.DAILY
    # Whoever joins the staff later has not declined what was never offered.
    assert not ChannelChoice.objects.filter(kind="agreement_expiring").exists()


def test_every_kind_stands_under_a_heading(reader):
    found = [kind for kind in all_kinds() if not kind.subject.__module__.startswith("tests.")]
    *_areas, (rest, others) = by_area(found)
    assert (str(rest), [kind.name for kind in others]) == ("其他事项", ["saved_view"])
    page = signed_in(reader).get(PREFERENCES).content.decode()
    assert page.count('<details class="choices">') == len(by_area(kinds_for(reader)))
    assert 'aria-label="岗位已发布 · 邮箱" checked>' in page


def test_a_broken_time_comes_back_with_words(reader):
    page = signed_in(reader).post(PREFERENCES, {"rhythm": "at_once", "quiet_from": "25:00", "quiet_until": "08:00"})
    assert page.status_code == 200
    assert not ChannelChoice.objects.exists()


def test_the_desk_shows_messages_masked_and_without_words(reader):
    filled(reader, 1)
    mail = Message.objects.get(channel=Channel.EMAIL)
    deliver(message_id=mail.pk)
    client = signed_in(staff(Role.SYSTEM_ADMINISTRATOR))
    listed = client.get(reverse("admin:notifications_message_changelist")).rendered_content
    one = client.get(reverse("admin:notifications_message_change", args=[mail.pk])).rendered_content
    for text in (listed, one):
        assert reader.email not in text
        assert "13900001234" not in text
    assert RecordedSending.objects.get().address in one


def test_what_was_given_up_is_tried_again_by_a_button(reader):
    filled(reader, 1)
    mail = Message.objects.get(channel=Channel.EMAIL)
    client = signed_in(staff(Role.SYSTEM_ADMINISTRATOR))
    retry = reverse("admin:notifications_message_retry", args=[mail.pk])
    assert retry not in client.get(reverse("admin:notifications_message_change", args=[mail.pk])).rendered_content
    Message.objects.filter(pk=mail.pk).update(state=MessageState.GIVEN_UP, last_error="refused")
    assert retry in client.get(reverse("admin:notifications_message_change", args=[mail.pk])).rendered_content
    assert client.post(retry).status_code == 302
    mail.refresh_from_db()
    assert mail.state == MessageState.WAITING
    assert signed_in(staff(Role.AUDITOR)).post(retry).status_code == 403


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("size", "dark"), [(PHONE, False), (DESKTOP, True)])
def test_axe_finds_nothing(live_server, open_page, axe, size, dark):
    user = UserFactory()
    filled(user)
    page = signed_browser(open_page(size, dark=dark), user, live_server)
    for address in (
        INBOX,
        f"{INBOX}?show=unread",
        PREFERENCES,
        f"{reverse('pages:display')}?display=elder&next={INBOX}",
    ):
        page.goto(live_server.url + address)
        axe(page)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_keyboard_reads_and_chooses_without_scripts(live_server, open_page):
    user = UserFactory()
    filled(user, 2)
    page = signed_browser(open_page(scripts=False), user, live_server)
    page.goto(live_server.url + INBOX)
    page.get_by_role("button", name="标为已读 示例1").focus()
    page.keyboard.press("Enter")
    page.get_by_text("1条未读").first.wait_for()
    page.get_by_role("link", name="消息设置").click()
    page.get_by_role("radio", name="每天汇总发送一次").check()
    page.get_by_role("button", name="保存设置").click()
    page.get_by_text("设置已保存").wait_for()
    assert DeliveryHours.objects.get(user=user).rhythm == Rhythm.DAILY


def signed_browser(page, user, live_server):
    cookie = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return page
