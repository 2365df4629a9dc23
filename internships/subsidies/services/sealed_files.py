"""Files of payment on disk: sealed, under random names, and opened only for somebody who may have them."""

import hashlib
from typing import TypeVar

from django.core.files.base import ContentFile

from internships.models.kept_file import KeptFile
from internships.subsidies.querysets import FILE_CONTEXT
from wenxi_portal.accounts.models import User
from wenxi_portal.core.sealed_bytes import seal_bytes, unseal_bytes

Paper = TypeVar("Paper", bound=KeptFile)


def keep_sealed(*, paper: Paper, content: bytes, ending: str, media_type: str, actor: User | None) -> Paper:
    """Write ``paper`` with ``content`` under seal; size and fingerprint are those of the open content."""
    paper.ending, paper.media_type, paper.size = ending, media_type, len(content)
    paper.sha256 = hashlib.sha256(content).hexdigest()
    paper.uploaded_by = actor
    paper.file = ContentFile(seal_bytes(content, context=FILE_CONTEXT), name=f"{paper.title}.{ending}")  # type: ignore[assignment]
    paper.full_clean(exclude=["file"])
    paper.save()
    return paper


def open_sealed(paper: KeptFile) -> bytes:
    """Return the open content. Raises ``FileNotFoundError`` when the file is no longer there."""
    with paper.file.open("rb") as stream:
        return unseal_bytes(stream.read(), context=FILE_CONTEXT)
