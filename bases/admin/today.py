"""The bases room's share of what waits today: words and addresses for each queue."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bases.selectors.waiting import WaitingQueue, gap_words, queues_for
from wenxi_portal.core.admin.labels import days_words
from wenxi_portal.core.admin.waiting import Line, Waiting


@dataclass(frozen=True, slots=True)
class Look:
    """How a queue is shown: its words, symbol and tone, and the list that holds all of it."""

    title: Promise
    icon: str
    tone: str
    model: str
    query: str


LOOKS = {
    "overdue": Look(
        gettext_lazy("Agreements past their last day"), "error", "danger", "agreement", "expiry=overdue&o=6"
    ),
    "ending_7": Look(gettext_lazy("Agreements ending within 7 days"), "alarm", "danger", "agreement", "expiry=7&o=6"),
    "ending_30": Look(
        gettext_lazy("Agreements ending within 30 days"), "schedule", "warning", "agreement", "expiry=30&o=6"
    ),
    "ending_90": Look(gettext_lazy("Agreements ending within 90 days"), "event", "info", "agreement", "expiry=90&o=6"),
    "unsigned": Look(gettext_lazy("Intents not signed yet"), "handshake", "warning", "agreement", "waiting=unsigned"),
    "no_scan": Look(
        gettext_lazy("Signed agreements without a signed scan"), "scan", "info", "agreement", "waiting=no_scan"
    ),
    "planned": Look(gettext_lazy("Planned bases awaiting unveiling"), "verified", "info", "base", "state=planned"),
    "gaps": Look(gettext_lazy("Public bases with gaps"), "edit_note", "warning", "base", "waiting=gaps"),
    "stale": Look(gettext_lazy("Bases without news for half a year"), "update", "info", "base", "waiting=stale"),
}


def queues(request: HttpRequest) -> list[Waiting]:
    """Return the queues of this room for the person who is signed in."""
    return [_shown(queue) for queue in queues_for(request.user)]  # type: ignore[arg-type]


def _shown(queue: WaitingQueue) -> Waiting:
    look = LOOKS[queue.key]
    return Waiting(
        title=str(look.title),
        icon=look.icon,
        tone=look.tone,
        rows=queue.rows.select_related("lead_unit"),
        url=f"{reverse(f'admin:bases_{look.model}_changelist')}?{look.query}",
        note=_note(queue.key),
        line=partial(_line, queue, look),
    )


def _line(queue: WaitingQueue, look: Look, row: Any) -> Line:
    due = queue.due(row)
    overdue = due is not None and due < timezone.localdate()
    return Line(
        url=reverse(f"admin:bases_{look.model}_change", args=[row.pk]),
        title=str(row),
        detail=str(row.lead_unit or _("no lead unit")),
        words=_words(queue.key, row) or (days_words(due) if due else ""),
        overdue=overdue,
    )


def _note(key: str) -> str:
    days = {"planned": settings.PORTAL_PLANNED_DAYS, "unsigned": settings.PORTAL_INTENT_DAYS}.get(key)
    if days is None:
        return ""
    return _("Counted as overdue after %(days)d days (sample parameter, not a rule of the county)") % {"days": days}


def _words(key: str, row: Any) -> str:
    if key == "gaps":
        return gap_words(row)
    if key == "no_scan":
        return _("scan missing")
    if key == "planned":
        days = (timezone.localdate() - timezone.localdate(row.created_at)).days
        if not days:
            return _("entered today")
        return ngettext("waiting for %(days)d day", "waiting for %(days)d days", days) % {"days": days}
    return ""
