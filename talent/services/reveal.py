"""Showing what is masked: with a reason, and never without a trace."""

from django.db import transaction
from django.utils.translation import gettext as _

from talent.models import Person, Registration
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.errors import DomainError

REVEALABLE = ("id_number", "mobile", "email")
SHORTEST_REASON = 4


@transaction.atomic
def reveal(*, subject: Person | Registration, fields: list[str], reason: str, actor: User) -> dict[str, str]:
    """Return the plain values of ``fields`` and record who asked why.

    Raises ``DomainError`` without a reason, or for anything that is not masked.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        raise DomainError(_("Say what you need it for."), code="reason", field="reason")
    unknown = set(fields) - set(REVEALABLE)
    if unknown or not fields:
        raise DomainError(_("Choose what is to be shown."), code="fields", field="fields")
    record(actor=actor, verb=Verb.REVEALED, subject=subject, reason=reason.strip(), fields=sorted(fields))
    return {name: getattr(subject, name) for name in fields}
