"""The bar above every list of the admin, and the page of one's own views."""

import pytest
from django.contrib.admin import site
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import staff
from tests.factories.organisations import MembershipFactory, UniversityFactory
from tests.factories.talent import person
from tests.saved_views.conftest import kept, tomorrow
from wenxi_portal.accounts.enums import Role
from wenxi_portal.saved_views.models import SavedView
from wenxi_portal.saved_views.services.looking import look

pytestmark = pytest.mark.django_db

# Statements of the page of own views, and of the list of people without a person.
OWN_PAGE, LIST_PAGE = 6, 16
LIST, KEEP, OWN = "/admin/talent/person/", "/admin/talent/person/keep-view/", "/saved-views/"


def names(response):
    return [(tab.name, tab.is_current, tab.is_shared) for tab in response.context_data["views"].tabs]


def test_a_view_is_kept_and_stands_above_the_list(department):
    answer = department.client.post(f"{KEEP}?q=李&township=示例镇&p=2", {"name": "示例镇的李姓"})
    assert answer.url == f"{LIST}?q=%E6%9D%8E&township=%E7%A4%BA%E4%BE%8B%E9%95%87"
    assert names(department.client.get(answer.url)) == [("示例镇的李姓", True, False)]
    whole = department.client.get(LIST)
    assert names(whole) == [("示例镇的李姓", False, False)]
    assert whole.context_data["views"].is_whole
    assert "示例镇的李姓" in whole.content.decode()


def test_every_list_of_the_admin_keeps_views(department):
    user = department.user
    lists = [
        model
        for model, admin in site._registry.items()
        if user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")
    ]
    assert len(lists) > 10
    for model in lists:
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_keep_view")
        assert department.client.post(url, {"name": "示例"}).status_code == 302
    assert SavedView.objects.of(user).count() == len(lists)


def test_colleagues_see_what_is_shared(officer):
    kept(officer.user, shared_with=officer.unit)
    colleague = MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER), organisation=officer.unit).user
    client = Client()
    client.force_login(colleague)
    assert names(client.get(LIST)) == [("示例查询", True, True)]
    assert client.get(OWN).context["entries"] == []


@pytest.mark.parametrize("query", ["", "?q=%00", "?unit=abc&o=99.x", "?no=1", f"?q={'a' * 3000}"])
def test_nonsense_in_the_address_keeps_nothing_wrong(department, query):
    # A NUL is refused at the door, before anything reads it.
    assert department.client.post(KEEP + query, {"name": "示例"}).status_code == (400 if "%00" in query else 302)
    for view in SavedView.objects.all():
        assert set(view.params) <= {"q", "o", "unit"}


@pytest.mark.parametrize("data", [{}, {"name": " "}, {"name": "甲" * 61}, {"name": "甲", "shared_with": "999999"}])
def test_nonsense_in_the_form_is_refused_in_words(department, data):
    answer = department.client.post(KEEP, data, follow=True)
    assert not SavedView.objects.exists()
    assert [str(message) for message in answer.context["messages"]] != []


def test_a_view_is_kept_by_post_only_and_by_who_sees_the_list(department):
    assert department.client.get(KEEP).status_code == 405
    client = Client()
    client.force_login(staff(Role.FINANCE))
    assert client.post(KEEP, {"name": "示例"}).status_code == 403
    assert not SavedView.objects.exists()


def test_only_what_is_new_is_shown_to_the_owner_alone(department):
    person(name="李示例")
    view = kept(department.user, params={"q": ["李"]}, tells=True)
    new = person(name="李样板")
    look(view.pk, now=tomorrow())
    answer = department.client.get(f"{OWN}{view.pk}/new/1/")
    shown = department.client.get(answer.url).context_data["cl"]
    assert [one.pk for one in shown.result_list] == [new.pk]
    other = Client()
    other.force_login(staff())
    assert other.get(f"{OWN}{view.pk}/new/1/").status_code == 404
    assert len(other.get(answer.url).context_data["cl"].result_list) == 2
    for mark in ("", "1", "x-1", f"{view.pk}-0", "9" * 40, f"{view.pk}-{'9' * 25}"):
        assert department.client.get(f"{LIST}?q=李&new_in={mark}").status_code == 200


def test_the_page_of_own_views(department):
    view = kept(department.user)
    page = department.client.get(OWN)
    assert [entry.url for entry in page.context["entries"]] == [f"{LIST}?"]
    change = f"{OWN}{view.pk}/"
    for deed, name in (("rename", "新名"), ("tell", ""), ("hush", ""), ("rename", "")):
        assert department.client.post(change, {"deed": deed, "name": name}).url == OWN
    view.refresh_from_db()
    assert (view.name, view.tells) == ("新名", False)
    assert department.client.post(change, {"deed": "nonsense"}).status_code == 404
    department.client.post(change, {"deed": "delete"})
    assert not SavedView.objects.exists()


def test_a_view_tells_its_conditions_in_words(department):
    university = UniversityFactory(name="示例大学")
    kept(
        department.user,
        params={"q": ["李"], "township": ["示例镇"], "university": [str(university.pk)], "database": ["alumni"]},
    )
    entry = department.client.get(OWN).context["entries"][0]
    assert set(entry.words) == {"搜索：李", "籍贯乡镇：示例镇", "高校：示例大学", "数据库：高校校友资源"}
    SavedView.objects.update(params={"q": ["李"], "state": ["nothing"]})
    department.user.groups.clear()
    assert "搜索：李" in department.client.get(OWN).content.decode()


def test_anothers_view_is_as_good_as_absent(department, officer):
    view = kept(department.user)
    for deed in ("rename", "tell", "hush", "delete"):
        assert officer.client.post(f"{OWN}{view.pk}/", {"deed": deed, "name": "甲"}).status_code == 404
    assert Client().get(OWN).status_code == 302
    assert Client().post(f"{OWN}{view.pk}/", {"deed": "delete"}).status_code == 302
    assert SavedView.objects.get().name == "示例查询"


@pytest.mark.parametrize("number", [1, 6])
def test_the_list_takes_the_same_statements_with_one_view_and_with_many(department, number, django_assert_num_queries):
    for at in range(number):
        kept(department.user, name=f"查询{at}", tells=True)
    department.client.get(OWN)
    with django_assert_num_queries(OWN_PAGE):
        department.client.get(OWN)
    department.client.get(LIST)
    with django_assert_num_queries(LIST_PAGE):
        department.client.get(LIST)
