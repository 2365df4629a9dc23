"""The pages of an import: who sees them, what they show, and that nothing personal stands on them in full."""

import dataclasses

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import staff
from tests.factories.organisations import UniversityFactory
from tests.spreadsheets.books import HEADER, universities, xlsx
from wenxi_portal.accounts.enums import Role
from wenxi_portal.audit.models import AuditEntry
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.spreadsheets import registry
from wenxi_portal.spreadsheets.enums import ImportState
from wenxi_portal.spreadsheets.models import ImportRow, ImportRun
from wenxi_portal.spreadsheets.services.applying import apply_import
from wenxi_portal.spreadsheets.services.reading import read_import
from wenxi_portal.spreadsheets.sheets import ORGANISATIONS

pytestmark = pytest.mark.django_db
ADD, LIST = reverse("admin:spreadsheets_importrun_add"), reverse("admin:spreadsheets_importrun_changelist")
# Eighteen digits that no office ever gave out.
NUMBER = "999999190001010018"


def at_desk(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def client(department):
    return at_desk(department)


def page_of(run, name="change"):
    return reverse(f"admin:spreadsheets_importrun_{name}", args=[run.pk])


def test_upload_preview_confirm_report(client):
    UniversityFactory(name="示例乙大学", city="旧市")
    rows = [HEADER, ["示例甲大学", "高校"], ["示例乙大学", "高校", "", "新市"], ["示例丙大学", "学堂"]]
    upload = SimpleUploadedFile("名册.xlsx", xlsx(rows))
    response = client.post(ADD, {"sheet": "organisations.organisation", "upload": upload})
    run = ImportRun.objects.get()
    assert response.url == page_of(run)
    assert "hx-get" in client.get(page_of(run)).content.decode()
    read_import(run.pk)
    assert client.get(page_of(run), {"progress": ""}).headers["HX-Refresh"] == "true"
    page = client.get(page_of(run)).content.decode()
    assert all(word in page for word in ("示例甲大学", "旧市", "新市", "学堂"))
    only = client.get(page_of(run), {"kind": "error"}).content.decode()
    assert "学堂" in only
    assert "示例甲大学" not in only
    assert client.get(page_of(run, "confirm")).status_code == 405
    client.post(page_of(run, "confirm"))
    apply_import(run.pk)
    run.refresh_from_db()
    assert run.state == ImportState.APPLIED
    assert Organisation.objects.filter(name="示例甲大学").exists()
    assert run.file_name in client.get(LIST).content.decode()


def test_an_empty_upload_is_refused_with_words(client):
    client.post(ADD, {"sheet": "organisations.organisation", "upload": SimpleUploadedFile("空.xlsx", b"")})
    run = ImportRun.objects.get()
    read_import(run.pk)
    run.refresh_from_db()
    assert run.state == ImportState.REFUSED
    assert run.message in client.get(page_of(run)).content.decode()


@pytest.mark.parametrize("role", [Role.FINANCE, Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR])
def test_others_find_no_upload_page(role, department):
    client = at_desk(staff(role))
    assert client.get(ADD).status_code == 404
    assert client.get(reverse("admin:spreadsheets_importrun_template", args=["bases.base"])).status_code == 404


def test_a_lead_unit_sees_neither_others_imports_nor_sheets_it_may_not_bring_in(read, department):
    run = read(xlsx(universities("示例甲大学")))
    officer = at_desk(staff(Role.LEAD_UNIT_OFFICER))
    for name in ("change", "repair"):
        assert officer.get(page_of(run, name)).status_code == 404
    for name in ("confirm", "drop", "resume"):
        assert officer.post(page_of(run, name)).status_code == 404
    template = reverse("admin:spreadsheets_importrun_template", args=["organisations.organisation"])
    assert officer.get(template).status_code == 404
    assert run.file_name not in officer.get(LIST).content.decode()
    posted = officer.post(ADD, {"sheet": "organisations.organisation", "upload": SimpleUploadedFile("x.xlsx", b"x")})
    assert posted.status_code == 200
    assert ImportRun.objects.count() == 1


def test_an_auditor_looks_and_touches_nothing(read):
    run = read(xlsx(universities("示例甲大学")))
    auditor = at_desk(staff(Role.AUDITOR))
    assert auditor.get(page_of(run)).status_code == 200
    assert auditor.post(page_of(run, "confirm")).status_code == 404


def test_a_possible_duplicate_is_decided_on_the_page(client, read):
    UniversityFactory(name="示例师范大学")
    run = read(xlsx(universities("示例失范大学")))
    row = run.rows.get()
    client.post(reverse("admin:spreadsheets_importrun_decide", args=[run.pk, row.pk]), {"decision": "new"})
    assert ImportRow.objects.get().accepted


def test_personal_values_are_sealed_in_wait_and_masked_on_the_page(client, read, monkeypatch, caplog):
    columns = tuple(
        dataclasses.replace(column, personal=True) if column.name == "address" else column
        for column in ORGANISATIONS.columns
    )
    sheets = {Organisation: dataclasses.replace(ORGANISATIONS, columns=columns)}
    monkeypatch.setattr(registry, "all_sheets", lambda: sheets)
    UniversityFactory(name="示例乙大学", address="888888190001010018")
    rows = [["名称", "类别", "地址", "城市"], ["示例甲大学", "高校", NUMBER, ""], ["示例乙大学", "高校", NUMBER, ""],
            ["示例丙大学", "学堂", NUMBER, NUMBER]]  # fmt: skip
    run = read(xlsx(rows))
    assert run.counts == {"new": 1, "changed": 1, "error": 1}
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(r::text, ' ') FROM spreadsheets_importrow r WHERE kind <> 'error'")
        stored = cursor.fetchone()[0]
    assert NUMBER not in stored
    assert "888888190001010018" not in stored
    for kind in ("", "error", "changed"):
        page = client.get(page_of(run), {"kind": kind}).content.decode()
        assert NUMBER not in page
        assert "888888190001010018" not in page
    assert "999***********0018" in client.get(page_of(run)).content.decode()
    assert NUMBER not in caplog.text
    assert NUMBER not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_preview_asks_the_same_number_of_questions(client, read, rows, django_assert_max_num_queries):
    run = read(xlsx(universities(*[f"示例{'甲乙丙'[at]}大学" for at in range(rows)])))
    client.get(page_of(run))
    with django_assert_max_num_queries(25):
        client.get(page_of(run))
