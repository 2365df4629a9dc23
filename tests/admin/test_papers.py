"""Papers: added, replaced, published; told from their content; never overwritten."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from bases.enums import DocumentKind
from bases.models import Document
from tests.factories.bases import AgreementFactory, BaseFactory

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def paper(content=PDF, name="扫描件.pdf", kind=DocumentKind.SIGNED):
    return {"kind": kind.value, "title": "示例扫描件", "upload": SimpleUploadedFile(name, content)}


@pytest.fixture
def agreement(db):
    return AgreementFactory(signed=True)


def test_a_paper_is_added_and_shown(department, agreement):
    address = reverse("admin:bases_agreement_add_paper", args=[agreement.pk])
    assert department.client.post(address, paper()).status_code == 302
    document = agreement.documents.get()
    assert (document.media_type, document.uploaded_by) == ("application/pdf", department.user)
    page = department.client.get(reverse("admin:bases_agreement_change", args=[agreement.pk]))
    assert reverse("bases:document", args=[document.identifier]) in page.rendered_content


def test_a_renamed_program_is_refused(department, agreement):
    address = reverse("admin:bases_agreement_add_paper", args=[agreement.pk])
    response = department.client.post(address, paper(b"MZ\x90\x00" + b"\x00" * 512))
    assert response.status_code == 200
    assert response.context_data["form"].errors
    assert not Document.objects.exists()


def test_the_same_file_twice_is_refused(department, agreement):
    address = reverse("admin:bases_agreement_add_paper", args=[agreement.pk])
    department.client.post(address, paper())
    assert department.client.post(address, paper()).status_code == 200
    assert Document.objects.count() == 1


def test_a_newer_version_is_a_new_row(department, agreement):
    department.client.post(reverse("admin:bases_agreement_add_paper", args=[agreement.pk]), paper())
    first = agreement.documents.get()
    address = reverse("admin:bases_agreement_replace_paper", args=[agreement.pk, first.identifier])
    assert department.client.post(address, paper(PDF + b"%2\n")).status_code == 302
    assert Document.objects.count() == 2
    assert Document.objects.get(replaces=first).agreement == agreement


def test_a_paper_of_another_record_is_not_found(department, agreement):
    department.client.post(reverse("admin:bases_agreement_add_paper", args=[agreement.pk]), paper())
    other = AgreementFactory(signed=True)
    identifier = agreement.documents.get().identifier
    address = reverse("admin:bases_agreement_replace_paper", args=[other.pk, identifier])
    assert department.client.get(address).status_code == 404


def test_a_paper_is_published_by_a_post_only(department):
    base = BaseFactory(unveiled=True)
    department.client.post(reverse("admin:bases_base_add_paper", args=[base.pk]), paper())
    document = base.documents.get()
    address = reverse("admin:bases_base_publish_paper", args=[base.pk, document.identifier])
    department.client.get(address)
    assert not base.documents.get().is_public
    assert department.client.post(address).status_code == 302
    assert base.documents.get().is_public
