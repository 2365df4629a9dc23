"""Language, layout and light: remembered, never guessed, and back on the same page."""

import pytest
from django.urls import reverse, set_script_prefix

from tests.factories.accounts import UserFactory
from wenxi_portal.pages.views.switches import after_sign_in

pytestmark = pytest.mark.django_db


def html_of(client, url="/accessibility/", **headers):
    return client.get(url, **headers).content.decode()


def test_chinese_is_the_default_whatever_the_browser_asks(client):
    response = client.get("/accessibility/", headers={"accept-language": "en-US,en"})
    assert '<html lang="zh-Hans"' in response.content.decode()
    assert response["Content-Language"] == "zh-hans"
    assert "accept-language" not in response["Vary"].lower()


def test_the_language_switch_keeps_the_page_and_its_query(client):
    response = client.get(reverse("pages:language"), {"lang": "en", "next": "/guides/?page=2"})
    assert response.status_code == 302
    assert response["Location"] == "/guides/?page=2"
    assert '<html lang="en"' in html_of(client)


def test_lang_in_the_address_is_obeyed_and_remembered(client):
    assert '<html lang="en"' in html_of(client, "/accessibility/?lang=en")
    assert '<html lang="en"' in html_of(client)
    assert '<html lang="zh-Hans"' in html_of(client, "/accessibility/?lang=zh-hans")


def test_the_canonical_address_drops_filters_and_names_the_language(client):
    assert '<link rel="canonical" href="http://testserver/accessibility/?lang=en">' in html_of(
        client, "/accessibility/?lang=en&x=1"
    )
    chinese = html_of(client, "/accessibility/?lang=zh-hans")
    assert '<link rel="canonical" href="http://testserver/accessibility/">' in chinese
    assert 'hreflang="en" href="http://testserver/accessibility/?lang=en"' in chinese


def test_switch_links_drop_the_language_from_the_address(client):
    assert "next=%2Faccessibility%2F%3Fa%3D1" in html_of(client, "/accessibility/?a=1&lang=en")


def test_elder_mode_stays_until_it_is_left(client):
    client.get(reverse("pages:display"), {"display": "elder", "next": "/"})
    html = html_of(client)
    assert 'data-display="elder"' in html
    assert "data-read-aloud" in html
    client.get(reverse("pages:display"), {"display": "standard", "next": "/"})
    assert 'data-display="standard"' in html_of(client)


def test_light_and_dark_are_remembered(client):
    client.get(reverse("pages:display"), {"theme": "dark", "next": "/"})
    assert 'data-theme="dark"' in html_of(client)


@pytest.mark.parametrize("value", ["pink", "", "<script>", "elder\x7f"])
def test_unknown_values_change_nothing(client, value):
    response = client.get(reverse("pages:display"), {"display": value, "theme": value, "lang": value, "next": "/"})
    assert response.status_code == 302
    assert not response.cookies
    client.cookies["portal_theme"] = "pink"
    client.cookies["portal_language"] = "tlh"
    assert 'lang="zh-Hans" data-display="standard" data-theme="auto"' in html_of(client)


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "guides/", ""]
)
def test_switches_lead_nowhere_else(client, target):
    response = client.get(reverse("pages:display"), {"display": "elder", "next": target})
    assert response["Location"] == reverse("pages:home")


def test_the_portal_lives_under_a_sub_path(client):
    set_script_prefix("/portal/")
    try:
        html = client.get("/accessibility/", SCRIPT_NAME="/portal").content.decode()
    finally:
        set_script_prefix("/")
    assert 'href="/portal/guides/"' in html
    assert 'href="/guides/"' not in html
    assert "next=%2Fportal%2Faccessibility%2F" in html
    assert '<link rel="canonical" href="http://testserver/portal/accessibility/">' in html


@pytest.mark.parametrize(("is_staff", "page"), [(True, "admin:index"), (False, "accounts:me")])
def test_after_signing_in_everybody_lands_where_their_things_are(rf, is_staff, page):
    request = rf.get("/")
    request.user = UserFactory.build(is_staff=is_staff)
    assert after_sign_in(request)["Location"] == reverse(page)


def test_nobody_is_sent_home_after_sign_in(client):
    assert client.get(reverse("pages:after_sign_in"))["Location"] == reverse("pages:home")
