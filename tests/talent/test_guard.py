"""No page, log, export or message of the staff holds a full ID or mobile number; no public page shows a person."""

import io
import logging

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.urls import NoReverseMatch, get_resolver, reverse
from django.views.debug import SafeExceptionReporterFilter

from talent.models import Person, PersonField, Registration
from talent.querysets import id_index
from talent.services.duplicate import merge_people, undo_merge
from talent.services.registration import accept_registration, begin_registration
from tests.factories.accounts import staff
from tests.factories.talent import contact, flexible, id_number, person, registration
from tests.test_reading_never_writes import named
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.models import AuditEntry
from wenxi_portal.core.cipher import key_version
from wenxi_portal.core.rotation import sealed_columns

pytestmark = pytest.mark.django_db
MOBILE, NAME = "13812345678", "裴守护示例"


@pytest.fixture
def secret():
    """A person with everything that hangs on one; returns the ID number."""
    number = id_number()
    found = person(name=NAME, number=number, mobile=MOBILE, study=[{"university_name": "示例大学"}], fields=["遥感"])
    contact(found)
    flexible(person=found)
    other = person(name=NAME, mobile=MOBILE, birth_date=found.birth_date)
    undo_merge(merge=merge_people(kept=found, gone=other, actor=None, reason="测试"), actor=None, reason="测试")
    # With the number of the person: one address opens either.
    row = registration(pk=found.pk, name=NAME, mobile=MOBILE, document_kind="resident_id", id_number=number)
    begin_registration(registration=row)
    Registration.objects.update(state="submitted", submitted_at="2026-01-01T00:00:00Z")
    return number


def addresses():
    # One of each is enough: every address is asked by the staff and by a stranger.
    one, other = Person.objects.order_by("pk").values_list("pk", flat=True)
    assert Registration.objects.get().pk == one
    for name, arity in named(get_resolver().url_patterns):
        if "delete" in name or "logout" in name:
            continue
        try:
            yield reverse(name, args=[one, other][:arity])
        except NoReverseMatch:
            continue


def test_no_page_of_the_staff_shows_a_full_number_and_no_public_page_a_person(secret, caplog):
    caplog.set_level(logging.DEBUG)
    desk, visitor, opened = Client(), Client(), 0
    desk.force_login(staff())
    for address in addresses():
        for client in (desk, visitor):
            response = client.get(address)
            body = b"".join(response.streaming_content) if response.streaming else response.content
            text = body.decode("utf-8", "replace")
            assert secret not in text, address
            assert MOBILE not in text, address
            if client is visitor:
                assert NAME not in text, address
        opened += 1
    assert opened > 60
    for entry in caplog.records:
        assert secret not in entry.getMessage()
        assert MOBILE not in entry.getMessage()


def test_no_audit_entry_holds_a_number(secret):
    accept_registration(registration=Registration.objects.get(), actor=staff())
    text = "".join(f"{entry.subject}{entry.reason}{entry.details}" for entry in AuditEntry.objects.all())
    assert NAME in text
    assert secret not in text
    assert MOBILE not in text


def test_an_error_report_hides_what_was_typed(client, secret, monkeypatch):
    assert SafeExceptionReporterFilter.hidden_settings
    monkeypatch.setattr("talent.views.register.begin_registration", lambda **_kwargs: 1 / 0)
    client.raise_request_exception = False
    answer = client.post(
        reverse("talent:register"),
        {"name": "李", "contact": MOBILE, "university_name": "示", "consent": "on", "id_number": secret},
    )
    assert answer.status_code == 500
    assert secret not in answer.content.decode()
    assert MOBILE not in answer.content.decode()


def test_keys_are_rotated_in_every_room(secret):
    User.objects.create_user(mobile=MOBILE)
    assert {field.context for _model, field in sealed_columns()} >= {
        "talent.person.id_number",
        "talent.person.mobile",
        "talent.registration.id_number",
        "accounts.user.mobile",
    }
    told = io.StringIO()
    with override_settings(FIELD_KEYS={1: b"1" * 32, 2: b"2" * 32}):
        call_command("rotate_field_keys", stdout=told)
        assert "talent.Person.id_number: 1 sealed again" in told.getvalue()
        again = io.StringIO()
        call_command("rotate_field_keys", stdout=again)
        assert ": 1 sealed" not in again.getvalue()
    with override_settings(FIELD_KEYS={2: b"2" * 32}):
        found = Person.objects.get(id_index=id_index(secret))
        assert (found.id_number, found.mobile) == (secret, MOBILE)
        with connection.cursor() as cursor:
            cursor.execute("SELECT id_number FROM talent_person WHERE id_index IS NOT NULL")
            assert key_version(cursor.fetchone()[0]) == 2


def test_demo_people_are_made_once_and_belong_to_nobody(settings):
    settings.DEBUG = True
    call_command("load_wenxi", verbosity=0)
    for _run in range(2):
        call_command("load_demo", "--scale", "3", "--people", "40", "--unpublished", stdout=io.StringIO())
    made = Person.objects.filter(is_demo=True)
    # Forty, and seven who wait in the queues.
    assert made.count() == 47
    assert PersonField.objects.count() == 40
    assert all(found.id_number.startswith("999999") for found in made if found.id_number)
    assert made.matching("oy").exists()
