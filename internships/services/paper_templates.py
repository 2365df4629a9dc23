"""The templates in use: the newest upload of a kind, or the portal's own."""

import hashlib

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from internships.enums import TemplateKind
from internships.models import PaperTemplate
from internships.services.default_papers import default_template
from internships.services.kept_files import keep_upload
from internships.services.paper_rendering import check_template
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.errors import DomainError

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What a template may ask for; ``pages`` of the admin list them.
NAMES = {
    TemplateKind.AGREEMENT: (
        "number", "host", "school", "student", "level", "major", "position", "place", "starts_on", "ends_on", "hours",
        "week_days", "mentor", "insured_sum",
    ),
    TemplateKind.CERTIFICATE: (
        "number", "student", "school", "level", "major", "host", "position", "starts_on", "ends_on", "days", "grade",
        "issuer", "issued_on", "code", "address", "qr",
    ),
}  # fmt: skip


@transaction.atomic
def replace_template(*, kind: TemplateKind, upload: UploadedFile, actor: User, note: str = "") -> PaperTemplate:
    """Keep an uploaded template as the next version, which is in use from now on; older papers stay as they are.

    Raises ``DomainError`` when it cannot be filled in, or when it is the version in use.
    """
    content = upload.read()
    upload.seek(0)
    check_template(content, set(NAMES[kind]))
    latest = newest(kind)
    if latest is not None and latest.sha256 == hashlib.sha256(content).hexdigest():
        raise DomainError(_("This template is in use already."), code="same", field="upload")
    template = PaperTemplate(kind=kind, version=latest.version + 1 if latest else 1, note=note.strip())
    keep_upload(paper=template, upload=upload, actor=actor)
    record(actor=actor, verb=Verb.UPLOADED, subject=template, kind=kind.value, version=template.version)
    return template


def newest(kind: TemplateKind) -> PaperTemplate | None:
    """Return the uploaded template in use; None when it is the portal's own."""
    return PaperTemplate.objects.filter(kind=kind).order_by("-version").first()


def content_in_use(kind: TemplateKind) -> tuple[PaperTemplate | None, bytes]:
    """Return the template in use (None: the portal's own) and its content."""
    template = newest(kind)
    if template is None:
        return None, default_template(kind)
    with template.file.open("rb") as stream:
        return template, stream.read()


def as_upload(content: bytes, name: str) -> UploadedFile:
    """Return a paper that we made as if it had been uploaded, so that it is kept like every other."""
    return SimpleUploadedFile(name, content, content_type=DOCX)
