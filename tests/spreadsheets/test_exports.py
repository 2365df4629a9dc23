"""Lists handed out: a reason, a record, a password, an end; and no cell that any program runs."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from msoffcrypto import OfficeFile

from tests.factories.accounts import staff
from tests.factories.organisations import HostFactory, UniversityFactory
from tests.spreadsheets.books import HEADER, xlsx
from wenxi_portal.accounts.enums import Role
from wenxi_portal.audit.models import AuditEntry
from wenxi_portal.core.errors import DomainError
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.spreadsheets.enums import ExportState
from wenxi_portal.spreadsheets.models import ExportContent, ExportFile
from wenxi_portal.spreadsheets.repair import repair_workbook
from wenxi_portal.spreadsheets.services import sweeping
from wenxi_portal.spreadsheets.services.exports import ask_for_export, make_export
from wenxi_portal.spreadsheets.sheets import ORGANISATIONS
from wenxi_portal.spreadsheets.template import template_workbook

pytestmark = pytest.mark.django_db
EXPORT = reverse("admin:organisations_organisation_export_office")
PROTECTED = reverse("admin:organisations_organisation_export_protected")
PASSWORD = "sehr-geheim-1"


@pytest.fixture
def client(department):
    client = Client()
    client.force_login(department)
    return client


def many(count: int) -> None:
    rows = [Organisation(name=f"示例厂{at}", kind="host", sort_key=f"{at:06}") for at in range(count)]
    Organisation.objects.bulk_create(rows)


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_a_short_list_comes_at_once(client):
    UniversityFactory()
    response = client.get(EXPORT)
    assert body(response).startswith(b"PK")
    assert AuditEntry.objects.get(verb="exported").details["rows"] == 1


def test_a_longer_list_asks_why(client):
    many(101)
    asked = client.get(EXPORT)
    assert asked.status_code == 200
    assert 'name="reason"' in asked.content.decode()
    assert not AuditEntry.objects.filter(verb="exported").exists()
    refused = client.post(EXPORT, {"reason": " "})
    assert refused.context_data["form"].errors
    given = client.post(EXPORT, {"reason": "年度核对"})
    assert body(given).startswith(b"PK")
    assert AuditEntry.objects.get(verb="exported").reason == "年度核对"


def test_a_password_opens_the_file_and_nothing_else_does(client):
    UniversityFactory(name="示例甲大学")
    content = body(client.post(PROTECTED, {"reason": "", "password": PASSWORD}))
    assert "示例甲大学".encode() not in content
    office, plain = OfficeFile(io.BytesIO(content)), io.BytesIO()
    office.load_key(password=PASSWORD)
    office.decrypt(plain)
    assert openpyxl.load_workbook(plain).active["B4"].value == "示例甲大学"
    assert client.post(PROTECTED, {"reason": "", "password": "kurz"}).context_data["form"].errors


def test_a_long_list_is_made_in_the_background_and_forgotten(client, department):
    many(2001)
    response = client.post(EXPORT, {"reason": "年度核对", "password": PASSWORD})
    assert response.url == reverse("admin:spreadsheets_exportfile_changelist")
    export = ExportFile.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT password FROM spreadsheets_exportfile")
        assert PASSWORD not in cursor.fetchone()[0]
    make_export(export.pk)
    make_export(export.pk)
    export.refresh_from_db()
    assert (export.state, export.password, export.rows) == (ExportState.MADE, "", 2001)
    page = client.get(response.url)
    fetch = reverse("admin:spreadsheets_exportfile_fetch", args=[export.pk])
    assert fetch in page.content.decode()
    assert body(client.get(fetch)).startswith(b"\xd0\xcf\x11\xe0")
    ExportFile.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert client.get(fetch).status_code == 302
    assert sweeping.erase_old() == 1
    assert not ExportContent.objects.exists()
    export.refresh_from_db()
    assert (export.state, export.ids) == (ExportState.EXPIRED, [])


def test_nobody_else_fetches_my_file(department):
    UniversityFactory()
    export = ask_for_export(model=Organisation, ids=[1], actor=department, reason="x")
    make_export(export.pk)
    other = Client()
    other.force_login(staff(Role.ORGANIZATION_DEPARTMENT))
    assert other.get(reverse("admin:spreadsheets_exportfile_fetch", args=[export.pk])).status_code == 404


def test_a_reason_is_asked_by_the_service_itself(department):
    with pytest.raises(DomainError):
        ask_for_export(model=Organisation, ids=list(range(101)), actor=department, reason="")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", '=HYPERLINK("http://x.invalid")'])
def test_no_cell_becomes_a_formula(client, read, text):
    HostFactory(name=f"{text}厂", address=text)
    for stream in (
        io.BytesIO(body(client.get(EXPORT))),
        repair_workbook(read(xlsx([HEADER, [text, text, text]])), ORGANISATIONS),
    ):
        book = openpyxl.load_workbook(stream)
        cells = [cell for row in book.active.iter_rows() for cell in row if isinstance(cell.value, str)]
        assert all(cell.data_type == "s" and not cell.value.lstrip().startswith(("=", "+", "-", "@")) for cell in cells)
        stream.close()


def test_the_template_has_notes_and_drop_downs_and_is_read_as_it_is(read):
    stream = template_workbook(ORGANISATIONS)
    book = openpyxl.load_workbook(stream)
    page = book.active
    headings = {cell.value: cell for cell in page[2]}
    assert all(str(column.label) in {name.rstrip("*") for name in headings} for column in ORGANISATIONS.taken_in)
    assert any(cell.comment for cell in page[2])
    assert len(page.data_validations.dataValidation) == 4
    page.append(["示例甲大学", "高校"])
    filled = io.BytesIO()
    book.save(filled)
    stream.close()
    assert read(filled.getvalue()).counts == {"new": 1}


def test_the_sheet_to_repair_colours_and_explains_and_comes_back_right(read, write):
    run = read(xlsx([["高校名册"], HEADER, ["示例好大学", "高校"], ["示例坏大学", "学堂", "", "", 1.41e17]]))
    stream = repair_workbook(run, ORGANISATIONS)
    book = openpyxl.load_workbook(stream)
    page = book.active
    bad = [cell.coordinate for row in page.iter_rows() for cell in row if cell.comment]
    assert bad == ["B4", "E4"]
    assert page["B4"].fill.fgColor.rgb.endswith("F9D9D4")
    page["B4"], page["E4"] = "高校", "4114010001"
    repaired = io.BytesIO()
    book.save(repaired)
    stream.close()
    again = write(read(repaired.getvalue()))
    assert again.outcomes == {"entered": 2}
