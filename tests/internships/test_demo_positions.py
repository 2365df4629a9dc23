"""Sample positions go the way of every position, over the hosts on file, and are read as samples everywhere."""

import pytest
from django.core.management import call_command

from internships.models import Position
from internships.services.demo_positions import IN_REVIEW, make_demo_positions

pytestmark = pytest.mark.django_db


def test_samples_are_made_once_and_marked():
    call_command("load_wenxi", verbosity=0)
    made = make_demo_positions()
    assert made >= 20
    assert make_demo_positions() == 0
    assert Position.objects.open().count() == made - len(IN_REVIEW)
    assert Position.objects.waiting_for_review().count() == len(IN_REVIEW)
    for position in Position.objects.select_related("host"):
        assert "示例" in position.title
        assert "(sample)" in position.title_en
        assert position.is_demo
        assert not position.host.is_demo
        assert position.state_changes.count() == (2 if position.title[:-4] in IN_REVIEW else 3)


def test_without_hosts_nothing_is_invented():
    assert make_demo_positions() == 0
