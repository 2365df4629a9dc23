"""Sample positions go the way of every position, over the hosts on file, and are read as samples everywhere."""

import pytest
from django.core.management import call_command

from internships.models import Position
from internships.services.demo import load_demo_internships

pytestmark = pytest.mark.django_db


def test_samples_are_made_once_and_marked():
    call_command("load_wenxi", verbosity=0)
    made = load_demo_internships(published=True)
    assert made >= 20
    assert load_demo_internships(published=True) == 0
    assert Position.objects.open().count() == made
    for position in Position.objects.select_related("host"):
        assert "示例" in position.title
        assert "(sample)" in position.title_en
        assert position.is_demo
        assert not position.host.is_demo
        assert position.state_changes.count() == 3


def test_behind_the_scenes_they_wait_for_review():
    call_command("load_wenxi", verbosity=0)
    assert load_demo_internships(published=False) == Position.objects.waiting_for_review().count()
    assert not Position.objects.public().exists()


def test_without_hosts_nothing_is_invented():
    assert load_demo_internships(published=True) == 0
