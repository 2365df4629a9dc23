"""What leaves the house is worded in the recipient's language."""

import pytest

from tests.factories.accounts import UserFactory
from tests.reminders.ladders import at, watched
from wenxi_portal.notifications.models import DeliveryHours, Message
from wenxi_portal.notifications.selectors.languages import language_of
from wenxi_portal.notifications.services.delivery import outgoing
from wenxi_portal.reminders.services.scanning import scan

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "words"), [("en", "ends on"), ("zh-hans", "到期"), ("", "到期")])
def test_mail_speaks_the_chosen_language(language, words):
    one = watched("agreement_expiring")
    if language:
        DeliveryHours.objects.create(user=one.officer, language=language)
    scan(now=at(-90))
    assert words in outgoing(Message.objects.get(recipient=one.officer, channel="email")).subject


def test_a_language_the_portal_no_longer_speaks_falls_back():
    user = UserFactory()
    DeliveryHours.objects.create(user=user, language="tlh")
    assert language_of(user) == "zh-hans"
