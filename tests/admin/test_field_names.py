"""What the admin shows of a record bears a Chinese name."""

import pytest
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.urls import reverse
from django.utils import translation

from internships.admin.position import PositionAdmin
from tests.factories.accounts import staff
from tests.factories.internships import PositionFactory
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.services.roles import sync_roles

SITE = admin.site
# Columns that are written in Latin letters in Chinese too.
LATIN = {"ID", "URL", "IP"}


def shown_fields():
    """Return the fields that lists and read-only pages of the admin show, each with its model."""
    for model, options in SITE._registry.items():
        names = {name for name in options.list_display if isinstance(name, str)}
        names |= {name for name in options.readonly_fields if isinstance(name, str)}
        for name in sorted(names):
            try:
                yield model, model._meta.get_field(name)
            except FieldDoesNotExist:
                continue


def test_every_shown_field_has_a_chinese_name():
    with translation.override("zh-hans"):
        bare = [
            f"{model._meta.label}.{field.name}: {field.verbose_name}"
            for model, field in shown_fields()
            if str(field.verbose_name).isascii() and str(field.verbose_name) not in LATIN
        ]
    assert not bare


@pytest.mark.django_db
def test_who_may_only_look_sees_no_hidden_field(client, monkeypatch):
    sync_roles()
    shown = PositionFactory(state="draft")
    user = staff(Role.ORGANIZATION_DEPARTMENT)
    client.force_login(user)
    address = reverse("admin:internships_position_change", args=[shown.pk])
    assert 'name="expected_revision"' in client.get(address).content.decode()
    monkeypatch.setattr(PositionAdmin, "has_change_permission", lambda *_args, **_more: False)
    page = client.get(address).content.decode()
    assert shown.title in page
    assert "Expected revision" not in page
