"""Who opened which paper that is not public."""

from django.contrib.auth.base_user import AbstractBaseUser

from bases.models import Document
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record


def note_reading(*, document: Document, actor: AbstractBaseUser) -> None:
    """Record that ``actor`` opened a paper that is not public."""
    record(actor=actor, verb=Verb.READ_PAPER, subject=document, kind=document.kind)
