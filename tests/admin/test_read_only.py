"""Pages of records that somebody may only look at: no hidden field, no link that does not open."""

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from tests.admin.conftest import at_desk
from tests.factories.accounts import staff
from tests.factories.talent import contact, person
from wenxi_portal.accounts.enums import Role

pytestmark = pytest.mark.django_db


def test_a_name_is_a_link_only_where_its_page_opens():
    one = contact(due=timezone.localdate(), owner=staff(name="经办甲"))
    page = at_desk(staff(Role.ORGANIZATION_DEPARTMENT)).client.get(
        reverse("admin:talent_contact_change", args=[one.pk])
    )
    text = page.content.decode()
    assert "经办甲" in text
    assert reverse("admin:accounts_user_change", args=[one.next_owner_id]) not in text
    assert reverse("admin:talent_person_change", args=[one.person_id]) in text


def test_no_hidden_field_is_printed_and_nothing_is_saved_under_tabs_that_only_show():
    address = reverse("admin:talent_person_change", args=[person().pk])
    looked = at_desk(staff(Role.AUDITOR)).client.get(address).content.decode()
    assert "Expected revision" not in looked
    assert 'name="_save"' not in looked
    worked = at_desk(staff(Role.ORGANIZATION_DEPARTMENT)).client.get(address).content.decode()
    assert worked.index('x-show="!String(activeTab)') < worked.index('name="_save"')


def test_only_public_pages_are_offered_beside_a_record():
    # Django offers every record that knows its address; the student's own pages do not answer the staff.
    offered = {
        model._meta.model_name
        for model, one in admin.site._registry.items()
        if one.view_on_site is True and hasattr(model, "get_absolute_url")
    }
    assert offered == {"certificate"}
