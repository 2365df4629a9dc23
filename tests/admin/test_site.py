"""The admin as a site: its content policy, its doors, its search."""

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from tests.factories.accounts import UserFactory
from tests.factories.bases import BaseFactory
from wenxi_portal.accounts.enums import Role
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.models import AuditEntry


def policy(response):
    return response.headers["Content-Security-Policy"]


def test_only_staff_pages_have_the_loosened_policy(department, client):
    assert "'unsafe-eval'" in policy(department.client.get(reverse("admin:index")))
    public = policy(client.get(reverse("bases:list")))
    assert "unsafe" not in public
    assert "unsafe" not in policy(department.client.get(reverse("bases:list")))


def test_nothing_comes_from_elsewhere(department):
    page = department.client.get(reverse("admin:index")).rendered_content
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page


def test_leaving_is_a_post(department):
    assert department.client.get(reverse("admin:logout")).status_code == 405
    assert department.client.post(reverse("admin:logout")).status_code == 302
    assert settings.SESSION_COOKIE_NAME not in department.client.cookies or not department.client.session.keys()


def test_signing_in_leads_back_to_the_page_asked_for(client, db):
    target = reverse("admin:bases_base_changelist")
    response = client.get(f"{reverse('admin:login')}?next={target}")
    assert response.url.startswith(reverse("account_login"))
    assert target in response.url


def test_students_are_told_that_this_is_not_for_them(client, db):
    client.force_login(UserFactory(role=Role.STUDENT))
    assert client.get(reverse("admin:login")).status_code == 403


@pytest.mark.parametrize("query", ["", "s=x", "s=x&page=abc", "s=x&page=99999", "s=x&extended=1&page=-1"])
def test_the_search_for_pages_takes_any_number(department, query):
    assert department.client.get(f"{reverse('admin:search')}?{query}").status_code == 200


@pytest.mark.parametrize("address", ["auth/group/", "account/emailaddress/", "mfa/authenticator/", "nonsense/"])
def test_pages_of_libraries_are_not_there(department, address):
    assert department.client.get(f"{reverse('admin:index')}{address}").status_code == 404


def test_the_desk_speaks_english_too(department):
    address = reverse("pages:language") + f"?lang=en&next={reverse('admin:index')}"
    page = department.client.get(address, follow=True).content.decode()
    assert "Nothing waits for you today" in page


def test_an_audit_entry_is_told_in_words(department):
    BaseFactory(planned=True)
    assert b"".join(department.client.get(reverse("admin:bases_base_export_office")))
    entry = AuditEntry.objects.get(verb=Verb.EXPORTED)
    page = department.client.get(reverse("admin:audit_auditentry_change", args=[entry.pk])).content.decode()
    assert "条数：1" in page
    assert "清单：基地" in page


def test_the_way_to_the_public_page_leads_from_records_of_the_desk_only(department):
    base = BaseFactory()
    kinds = {kind.model_class(): kind.pk for kind in ContentType.objects.all()}
    assert department.client.get(f"/admin/r/{kinds[type(base)]}/{base.pk}/").url == base.get_absolute_url()
    for kind in (*kinds.values(), 0, "x"):
        for key in (0, "x", "9" * 30):
            assert department.client.get(f"/admin/r/{kind}/{key}/").status_code == 404, (kind, key)
