"""The history of records of which the database keeps none: what the audit tells of them."""

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wenxi_portal.accounts.enums import Role
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.models import AuditEntry
from wenxi_portal.core.admin.history import NOTHING, Change, FieldChange, Reason

MOST_DEEDS = 200


def deeds_on(subject: Model) -> list[Change]:
    """Return the latest deeds on ``subject``, newest first."""
    entries = AuditEntry.objects.filter(subject_type=subject._meta.label_lower, subject_id=str(subject.pk))
    return [_change(entry) for entry in entries.select_related("actor")[:MOST_DEEDS]]


def reasons_on(subject: Model) -> list[Reason]:
    """Return why ``subject`` was corrected, oldest first."""
    entries = AuditEntry.objects.filter(
        subject_type=subject._meta.label_lower, subject_id=str(subject.pk), verb=Verb.CHANGED
    ).exclude(reason="")
    return [Reason(entry.at, entry.reason) for entry in entries[:MOST_DEEDS]][::-1]


def _change(entry: AuditEntry) -> Change:
    role = entry.details.get("role")
    fields = [FieldChange(_("role"), NOTHING, str(Role(role).label))] if role in Role.values else []
    return Change(
        at=timezone.localtime(entry.at),
        who=str(entry.actor or pgettext("who did it", "the portal")),
        what=entry.get_verb_display(),
        row=entry.subject,
        fields=fields,
        reason=entry.reason,
    )
