"""The only writer of papers."""

import hashlib
from typing import BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from bases.enums import DocumentKind
from bases.models import Agreement, Base, Document
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.file_types import check_paper_size, sniff_paper


@transaction.atomic
def add_document(
    *,
    owner: Base | Agreement,
    kind: DocumentKind,
    title: str,
    upload: UploadedFile,
    actor: User | None,
    replaces: Document | None = None,
    is_public: bool = False,
) -> Document:
    """Keep ``upload`` as a paper of ``owner``; a newer version of a paper names the one it ``replaces``.

    The type is told from the content. Raises ``ValidationError`` when the file is too large, of a type we do not keep
    or already on file here, ``DomainError`` when the replaced paper is not the newest or belongs elsewhere.
    """
    lock(owner)
    check_paper_size(upload)
    file_type = sniff_paper(cast(BinaryIO, upload.file))
    if replaces is not None:
        _check_replaces(owner, replaces)
    document = Document(
        base=owner if isinstance(owner, Base) else None,
        agreement=owner if isinstance(owner, Agreement) else None,
        kind=kind,
        title=title.strip() or upload.name or str(kind.label),
        ending=file_type.ending,
        media_type=file_type.media_type,
        size=upload.size or 0,
        sha256=fingerprint(upload),
        replaces=replaces,
        is_public=is_public,
        uploaded_by=actor,
    )
    document.file = upload
    document.full_clean()
    document.save()
    record(actor=actor, verb=Verb.UPLOADED, subject=owner, paper=str(document.identifier), kind=kind.value)
    return document


@transaction.atomic
def publish_document(*, document: Document, is_public: bool, actor: User | None) -> Document:
    """Let the public read ``document``, or no longer."""
    present = lock(document)
    if is_public and Document.objects.filter(replaces=present).exists():
        raise DomainError(_("This paper has been replaced already. Publish its newest version."), code="replaced")
    if present.is_public != is_public:
        present.is_public = is_public
        present.save(update_fields=["is_public"])
        record(actor=actor, verb=Verb.CHANGED, subject=present, is_public=is_public)
    return present


def fingerprint(upload: UploadedFile) -> str:
    """Return the SHA-256 of the file's content in hex; the file is left at its beginning."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


def _check_replaces(owner: Base | Agreement, replaces: Document) -> None:
    if owner.pk != (replaces.base_id if isinstance(owner, Base) else replaces.agreement_id):
        raise DomainError(_("The replaced paper belongs to another record."), code="foreign", field="replaces")
    if Document.objects.filter(replaces=replaces).exists():
        raise DomainError(_("This paper has been replaced already. Replace its newest version."), code="replaced")
