"""The owner of a view is told once of each new row, whatever was missed in between."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from talent.models import TownshipCollector
from tests.factories.accounts import staff
from tests.factories.talent import person
from tests.saved_views.conftest import kept, tomorrow
from wenxi_portal.accounts.enums import Role
from wenxi_portal.core.errors import DomainError
from wenxi_portal.notifications.models import Message
from wenxi_portal.saved_views.models import SeenRow
from wenxi_portal.saved_views.services import looking
from wenxi_portal.saved_views.services.looking import look, look_at_all
from wenxi_portal.saved_views.services.saved_view import set_telling

pytestmark = pytest.mark.django_db


def told(user):
    return list(Message.objects.filter(recipient=user, kind="saved_view", channel="inbox").order_by("pk"))


def test_what_was_there_is_no_news_and_what_comes_is_told_once(department):
    person(name="李示例")
    view = kept(department.user, params={"q": ["李"]}, tells=True)
    assert look(view.pk, now=tomorrow()) == 0
    new = person(name="李样板")
    person(name="王样板")
    assert look(view.pk, now=tomorrow(2)) == 1
    (message,) = told(department.user)
    assert message.params == {"view": view.pk, "look": 1, "count": 1, "listing": "admin:talent.person"}
    assert list(SeenRow.objects.filter(look=1).values_list("record", flat=True)) == [new.pk]
    assert look(view.pk, now=tomorrow(2)) == 0
    assert look(view.pk, now=tomorrow(3)) == 0
    assert len(told(department.user)) == 1


def test_a_missed_week_is_one_message(department):
    view = kept(department.user, params={"q": ["李"]}, tells=True)
    for _each in range(3):
        person(name="李示例")
    assert look_at_all(now=tomorrow(7)) == {"views": 1, "new": 3}
    assert [message.params["count"] for message in told(department.user)] == [3]
    view.refresh_from_db()
    assert view.looks == 1


def test_a_row_that_comes_to_match_is_new_and_one_that_comes_back_is_not(department):
    one = person(name="王示例")
    view = kept(department.user, params={"q": ["李"]}, tells=True)
    for name, new in (("李示例", 1), ("王示例", 0), ("李示例", 0)):
        one.name = name
        one.save()
        looking_at(one)
        view.refresh_from_db()
        assert look(view.pk, now=view.looked_at + looking.RHYTHM) == new


def looking_at(one):
    from talent.services.search_index import index_person

    index_person(person=one)


def test_a_unit_is_told_of_its_own_people_only(officer):
    view = kept(officer.user, tells=True)
    person(), person(owner_unit=officer.unit)
    assert look(view.pk, now=tomorrow()) == 1


def test_a_collector_is_told_of_the_own_township_only():
    collector = staff(Role.LEAD_UNIT_OFFICER)
    TownshipCollector.objects.create(user=collector, township="甲示例镇")
    view = kept(collector, tells=True)
    person(native_township="甲示例镇"), person(native_township="乙示例镇")
    assert look(view.pk, now=tomorrow()) == 1


def test_a_closed_account_is_not_looked_for(department):
    view = kept(department.user, tells=True)
    person()
    department.user.is_active = False
    department.user.save()
    assert look_at_all(now=tomorrow()) == {"views": 0, "new": 0}
    assert look(view.pk, now=tomorrow()) == 0
    assert not Message.objects.exists()


def test_who_may_no_longer_see_the_list_is_told_why_and_nothing_else(department):
    view, other = kept(department.user, tells=True), kept(staff(), tells=True)
    department.user.groups.clear()
    person()
    assert look_at_all(now=tomorrow()) == {"views": 2, "new": 1}
    view.refresh_from_db()
    assert view.trouble
    assert told(department.user) == []
    assert len(told(other.owner)) == 1


def test_a_filter_that_is_gone_stops_the_view_instead_of_widening_it(department):
    view = kept(department.user, params={"township": ["示例镇"]}, tells=True)
    type(view).objects.filter(pk=view.pk).update(params={"township": ["示例镇"], "no_such_filter": ["1"]})
    person()
    assert look(view.pk, now=tomorrow()) == 0
    view.refresh_from_db()
    assert view.trouble
    assert told(department.user) == []


def test_no_name_leaves_by_mail(department, settings, django_capture_on_commit_callbacks):
    view = kept(department.user, name="李四的同学", params={"q": ["李"]}, tells=True)
    person(name="李示例")
    look(view.pk, now=tomorrow())
    words = [f"{message.subject} {message.body} {message.url}" for message in Message.objects.all()]
    assert len(words) == 2
    assert not any("李" in each or "示例" in each for each in words)
    assert mail.outbox == []


def test_a_view_of_half_the_register_tells_nobody(department, monkeypatch):
    monkeypatch.setattr(looking, "MOST_WATCHED", 2)
    for _each in range(3):
        person()
    with pytest.raises(DomainError) as refusal:
        kept(department.user, tells=True)
    assert refusal.value.code == "too_many"
    assert not department.user.saved_views.exists()
    view = kept(department.user)
    with pytest.raises(DomainError):
        set_telling(view=view, tells=True, actor=department.user)
    view.refresh_from_db()
    assert not view.tells


def test_telling_can_end_and_begin_anew(department):
    view = kept(department.user, tells=True)
    set_telling(view=view, tells=False, actor=department.user)
    person()
    assert look_at_all(now=tomorrow()) == {"views": 0, "new": 0}
    view = set_telling(view=view, tells=True, actor=department.user)
    assert look(view.pk, now=tomorrow()) == 0


@pytest.mark.parametrize("new", [1, 12])
def test_a_look_takes_the_same_statements_for_one_row_and_for_many(department, new):
    view = kept(department.user, tells=True)
    for _each in range(new):
        person()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert look(view.pk, now=tomorrow()) == new
    statements = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
    assert len(statements) <= 12, statements
    assert sum("saved_views_seenrow" in each for each in statements) == 1
