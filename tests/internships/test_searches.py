"""Searches of the list of positions that one keeps: new ones are told once, to the owner alone."""

import pytest
from django.test import Client
from django.urls import reverse

from internships.listings import POSITIONS
from tests.factories.accounts import UserFactory
from tests.factories.internships import PositionFactory
from tests.internships.conftest import desk
from tests.saved_views.conftest import tomorrow
from wenxi_portal.notifications.models import Message
from wenxi_portal.saved_views.models import SavedView
from wenxi_portal.saved_views.services.looking import look_at_all

pytestmark = pytest.mark.django_db
KEEP, OWN = reverse("my_internships:keep_search"), reverse("saved_views:list")
QUERY = "?sector=enterprise&lodging=true&closed=too"


@pytest.fixture
def me(db):
    return desk(UserFactory())


def kept(me, query=QUERY, name="企业岗位"):
    assert me.client.post(KEEP + query, {"name": name}).url == OWN
    return SavedView.objects.get(owner=me.user, name=name)


def told():
    return Message.objects.filter(kind="saved_view")


def test_the_public_list_leads_to_keeping_its_filters_after_the_sign_in(me):
    page = Client().get(reverse("internships:position_list") + "?sector=enterprise").content.decode()
    assert f'href="{KEEP}?sector=enterprise"' in page
    asked = Client().get(f"{KEEP}?sector=enterprise")
    assert asked.url == f"{reverse('account_login')}?next={KEEP}%3Fsector%3Denterprise"
    form = me.client.get(f"{KEEP}?sector=enterprise").context["form"]
    assert form["name"].value()
    assert OWN in me.client.get(reverse("my_internships:home")).content.decode()


def test_a_search_is_kept_once_and_opens_as_it_was(me):
    view = kept(me)
    assert kept(me) == view
    assert (view.listing, view.tells) == (POSITIONS, True)
    assert view.params == {"lodging": ["true"], "sector": ["enterprise"]}
    entry = me.client.get(OWN).context["entries"][0]
    assert entry.url.startswith(reverse("internships:position_list"))
    other = me.client.post(f"{KEEP}?sector=school", {"name": "企业岗位"})
    assert other.context["form"].errors["name"]
    assert me.client.post(KEEP, {"name": " "}).context["form"].errors["name"]


def test_a_new_position_that_fits_is_told_once_to_the_owner_alone(me):
    PositionFactory(lodging_offered=True)
    view = kept(me)
    assert look_at_all(now=tomorrow())["new"] == 0
    PositionFactory(lodging_offered=False)
    PositionFactory(lodging_offered=True, draft=True)
    new = PositionFactory(lodging_offered=True)
    assert look_at_all(now=tomorrow(2))["new"] == 1
    assert look_at_all(now=tomorrow(3))["new"] == 0
    # Inbox and e-mail tell of one and the same look.
    assert set(told().values_list("recipient", "params__look")) == {(me.user.pk, 1)}
    assert told().count() == told().values("channel").distinct().count()
    led = me.client.get(reverse("saved_views:new", args=[view.pk, 1]))
    assert [card.url for card in me.client.get(led.url).context["cards"]] == [new.get_absolute_url()]
    other = desk(UserFactory()).client
    assert other.get(led.url).status_code == 404
    assert other.post(reverse("saved_views:change", args=[view.pk]), {"deed": "delete"}).status_code == 404
    assert Client().get(led.url).status_code == 302
    change = reverse("saved_views:change", args=[view.pk])
    me.client.post(change, {"deed": "rename", "name": "新名"})
    assert SavedView.objects.get().name == "新名"
    me.client.post(change, {"deed": "delete"})
    assert not SavedView.objects.exists()


def test_a_closed_account_is_not_looked_for(me):
    kept(me, "")
    me.user.is_active = False
    me.user.save()
    PositionFactory()
    assert look_at_all(now=tomorrow()) == {"views": 0, "new": 0}
    assert not told().exists()


def test_a_filter_that_is_no_longer_known_is_said_beside_the_search(me):
    view = kept(me)
    SavedView.objects.filter(pk=view.pk).update(params={"sector": ["nonsense"]})
    look_at_all(now=tomorrow())
    view.refresh_from_db()
    assert view.trouble
    assert not told().exists()
