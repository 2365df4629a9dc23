"""Papers: taken for what they are, kept for good, never overwritten."""

import pytest
from django.core.exceptions import SuspiciousFileOperation, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from bases.enums import DocumentKind
from bases.models import Document
from bases.services.document import add_document, publish_document
from tests.factories.accounts import UserFactory
from tests.factories.bases import AgreementFactory, BaseFactory
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.models import AuditEntry
from wenxi_portal.core.errors import DomainError

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n%%EOF\n"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.PRIVATE_FILES_ROOT = tmp_path
    storage = Document._meta.get_field("file").storage
    before = storage._location
    storage._location = str(tmp_path)
    for name in ("base_location", "location"):
        storage.__dict__.pop(name, None)
    yield
    storage._location = before
    for name in ("base_location", "location"):
        storage.__dict__.pop(name, None)


def pdf(name="协议.pdf", body=b"1"):
    return SimpleUploadedFile(name, PDF + body)


def keep(owner, upload=None, **extra):
    values = {"kind": DocumentKind.SIGNED, "title": "协议扫描件", "actor": None} | extra
    return add_document(owner=owner, upload=upload or pdf(), **values)


def test_a_paper_is_kept_under_a_name_that_tells_nothing(tmp_path):
    actor = UserFactory()
    document = keep(AgreementFactory(), actor=actor)
    assert document.media_type == "application/pdf"
    assert document.file.name.endswith(f"{document.identifier.hex}.pdf")
    assert (tmp_path / document.file.name).read_bytes() == PDF + b"1"
    assert AuditEntry.objects.get(verb=Verb.UPLOADED).actor == actor


@pytest.mark.parametrize(
    ("upload", "code"),
    [
        (SimpleUploadedFile("合同.pdf", b"MZ\x90\x00" + b"\0" * 64), "file_type"),
        (SimpleUploadedFile("合同.pdf", b""), "empty"),
    ],
)
def test_what_is_no_paper_is_refused(upload, code):
    with pytest.raises(ValidationError) as refusal:
        keep(BaseFactory(), upload)
    assert refusal.value.code == code
    assert not Document.objects.exists()


def test_a_paper_above_the_limit_is_refused(settings):
    settings.PAPER_MAX_BYTES = 8
    with pytest.raises(ValidationError) as refusal:
        keep(BaseFactory())
    assert refusal.value.code == "too_large"


def test_the_same_file_is_not_kept_twice():
    base = BaseFactory()
    keep(base)
    with pytest.raises(ValidationError), transaction.atomic():
        keep(base)
    keep(BaseFactory())


def test_a_newer_version_replaces_the_newest_one_only():
    agreement = AgreementFactory()
    first = keep(agreement)
    second = keep(agreement, pdf(body=b"2"), replaces=first)
    assert list(Document.objects.current()) == [second]
    with pytest.raises(DomainError):
        keep(agreement, pdf(body=b"3"), replaces=first)
    with pytest.raises(DomainError):
        keep(AgreementFactory(), pdf(body=b"4"), replaces=second)


def test_the_database_refuses_to_overwrite_or_delete_a_paper():
    document = keep(AgreementFactory())
    attempts = [
        lambda: Document.objects.update(file="anders.pdf"),
        lambda: Document.objects.update(sha256="0" * 64),
        lambda: Document.objects.update(agreement=AgreementFactory()),
        document.delete,
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    publish_document(document=document, is_public=True, actor=None)
    assert Document.objects.get().is_public


def test_the_storage_refuses_to_overwrite_or_delete_a_file():
    document = keep(AgreementFactory())
    storage = document.file.storage
    with pytest.raises(SuspiciousFileOperation):
        storage.save(document.file.name, ContentFile(b"x"))
    with pytest.raises(SuspiciousFileOperation):
        storage.delete(document.file.name)
