"""Papers leave private storage only for those who may read them."""

import uuid
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from bases.enums import DocumentKind
from bases.models import Agreement, Base, Document
from bases.services.document import add_document
from tests.factories.accounts import UserFactory, staff
from tests.factories.bases import AgreementFactory, BaseFactory
from tests.factories.organisations import LeadUnitFactory, MembershipFactory
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.models import AuditEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("papers_folder")]
BODY = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1\n%%EOF\n"


def paper(owner: Base | Agreement, **extra: object) -> Document:
    upload = SimpleUploadedFile("x.pdf", BODY)
    values = {"kind": DocumentKind.SIGNED, "title": '协议,扫描件"1"', "actor": None} | extra
    return add_document(owner=owner, upload=upload, **values)  # type: ignore[arg-type]


def status(document: Document, user: User | None = None) -> int:
    client = Client()
    if user:
        client.force_login(user)
    response = client.get(reverse("bases:document", args=[document.identifier]))
    if response.streaming:
        assert b"".join(response.streaming_content) == BODY
    return response.status_code


def test_who_may_open_which_paper() -> None:
    unit = LeadUnitFactory()
    own = staff(Role.LEAD_UNIT_OFFICER)
    MembershipFactory(user=own, organisation=unit)
    readers = [
        None,
        UserFactory(role=Role.STUDENT),
        staff(Role.FINANCE),
        staff(Role.LEAD_UNIT_OFFICER),
        own,
        staff(Role.AUDITOR),
        staff(Role.ORGANIZATION_DEPARTMENT),
    ]
    everybody, insiders = [200] * 7, [404, 404, 404, 404, 200, 200, 200]
    table = [
        (paper(BaseFactory(unveiled=True, lead_unit=unit), is_public=True), everybody),
        (paper(BaseFactory(unveiled=True, lead_unit=unit)), insiders),
        (paper(BaseFactory(planned=True, lead_unit=unit), is_public=True), insiders),
        (paper(AgreementFactory(signed=True, lead_unit=unit, is_public=True), is_public=True), everybody),
        (paper(AgreementFactory(signed=True, lead_unit=unit, is_public=True)), insiders),
        (paper(AgreementFactory(signed=True, lead_unit=unit), is_public=True), insiders),
    ]
    for document, expected in table:
        assert [status(document, user) for user in readers] == expected, document.pk


def test_how_a_paper_is_sent(client: Client) -> None:
    document = paper(BaseFactory(unveiled=True), is_public=True)
    response = client.get(reverse("bases:document", args=[document.identifier]))
    assert b"".join(response.streaming_content) == BODY
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''%E5%8D%8F")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert not AuditEntry.objects.filter(verb=Verb.READ_PAPER).exists()


def test_opening_a_paper_that_is_not_public_is_recorded_and_not_kept(client: Client) -> None:
    user = staff(Role.ORGANIZATION_DEPARTMENT)
    client.force_login(user)
    document = paper(BaseFactory(unveiled=True))
    response = client.get(reverse("bases:document", args=[document.identifier]))
    assert b"".join(response.streaming_content) == BODY
    assert response.headers["Cache-Control"] == "private, no-store"
    entry = AuditEntry.objects.get(verb=Verb.READ_PAPER)
    assert (entry.actor, entry.subject_id) == (user, str(document.pk))


def test_a_paper_that_is_not_there(client: Client, papers_folder: Path) -> None:
    assert client.get(reverse("bases:document", args=[uuid.uuid4()])).status_code == 404
    document = paper(BaseFactory(unveiled=True), is_public=True)
    (papers_folder / document.file.name).unlink()
    assert status(document) == 404


def test_the_page_offers_the_papers_the_public_may_read(client: Client) -> None:
    base = BaseFactory(unveiled=True)
    shown, kept = paper(base, is_public=True), paper(AgreementFactory(signed=True, bases=[base], is_public=True))
    text = client.get(base.get_absolute_url()).content.decode()
    assert str(shown.identifier) in text
    assert str(kept.identifier) not in text
