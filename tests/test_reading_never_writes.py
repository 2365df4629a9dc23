"""Opening a page changes nothing, whoever opens it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.admin import site
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from bases.models import Agreement, Base
from tests.factories.accounts import staff
from wenxi_portal.accounts.enums import Role
from wenxi_portal.organisations.models import Organisation

pytestmark = pytest.mark.django_db

# A session remembers where somebody is in signing in, and the audit that a paper was opened: neither is a record.
# A sign-in form may also ask for a token that the session keeps.
ALLOWED_TABLES = {"django_session", "audit_auditentry", "accounts_user"}
WRITES = re.compile(r"^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
SECOND_FACTOR_SETUP = "account/"


def addresses() -> Iterator[str]:
    """Every address of the portal that can be made from the records on file."""
    county = sorted(
        {
            Base.objects.public().values_list("pk", flat=True)[0],
            Organisation.objects.universities().values_list("pk", flat=True)[0],
            Agreement.objects.values_list("pk", flat=True)[0],
        }
    )
    for name, arity in named(get_resolver().url_patterns):
        if arity > 1 or "delete" in name or "logout" in name:
            continue
        for pk in numbers(name, county) if arity else [None]:
            try:
                yield reverse(name, args=[pk] if arity else [])
            except NoReverseMatch:
                continue


def numbers(name: str, county: list[int]) -> list[Any]:
    """The numbers to open an address with: in each room that of a record of its own, where there is one.

    The rooms of bases, universities and agreements share their numbers: each of their addresses is opened with all.
    """
    if any(room in name for room in ("base", "organisation", "universit", "agreement")):
        return county
    for model in site._registry:
        if name.startswith(f"admin:{model._meta.app_label}_{model._meta.model_name}_"):
            own = model._default_manager.order_by("pk").values_list("pk", flat=True).first()
            return county[:1] if own is None else [own]
    return county[:1]


def named(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, int]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from named(pattern.url_patterns, inner)
        elif pattern.name:
            yield f"{prefix}{pattern.name}", pattern.pattern.regex.groups


HEALTH = "/health/"


@pytest.mark.parametrize("role", [None, Role.ORGANIZATION_DEPARTMENT, Role.SYSTEM_ADMINISTRATOR])
def test_no_get_writes_a_record_or_fails(county_facts, role):
    client = Client()
    if role:
        client.force_login(staff(role))
    written: list[tuple[str, str]] = []
    opened = 0

    for address in addresses():

        def guard(execute, sql, params, many, context, address=address):
            found = WRITES.match(sql)
            if found and found[1] not in ALLOWED_TABLES:
                written.append((address, sql[:80]))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(guard):
            response = client.get(address)
        if response.streaming:
            b"".join(response.streaming_content)
        # Whether clock and worker beat is told by a status of its own.
        assert response.status_code < 500 or address == HEALTH, address
        opened += 1
    assert written == []
    assert opened > 25
