"""How long the audit is kept: a log, so at least a year, which the database sees to as well."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.models import AuditEntry
from wenxi_portal.core.append_only import erasing
from wenxi_portal.core.retention import A_YEAR, Basis, Kept

# What touched personal data: kept longer than the rest.
_PERSONAL = (Verb.REVEALED, Verb.EXPORTED)


class _Log(Kept):
    model = AuditEntry
    age = "at"
    basis = Basis.LAW
    at_least = A_YEAR
    deed = _("deleted")

    def erase(self, keys: list[int]) -> None:
        """Delete entries, which the database allows after a year."""
        with erasing():
            super().erase(keys)


class Entries(_Log):
    """Deeds and sign-ins."""

    name = "audit"
    label = _("Audit entries")

    def over(self, before: datetime) -> QuerySet[Any]:
        """Entries that are old enough, without reveals and exports."""
        return super().over(before).exclude(verb__in=_PERSONAL)


class Reveals(_Log):
    """Who saw or took away personal data."""

    name = "reveals"
    label = _("Audit entries on revealed and exported personal data")

    def over(self, before: datetime) -> QuerySet[Any]:
        """Old reveals and exports."""
        return super().over(before).filter(verb__in=_PERSONAL)


KINDS = [Entries(), Reveals()]
