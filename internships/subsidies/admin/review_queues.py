"""What waits today among reviews and notices."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.subsidies.enums import Impossible, NoticeState
from internships.subsidies.models import PublicNotice
from internships.subsidies.selectors.impossible import CHECKS, found_lately
from internships.subsidies.selectors.notices import claims_for_a_draft, waiting_objections
from internships.subsidies.selectors.queues import QUEUES, ReviewQueue, overdue_before, queue_rows
from wenxi_portal.core.admin.labels import days_words
from wenxi_portal.core.admin.links import change_url
from wenxi_portal.core.admin.waiting import Line, Queue
from wenxi_portal.core.money import money

SHOWN = 4


def review_queues(request: HttpRequest) -> list[Queue]:
    """Return the queues of the person who is signed in; those who only read have the proof of the night alone."""
    user: Any = request.user
    found = [_reviews(queue, user) for queue in QUEUES.values() if user.has_perm(queue.permission)]
    if user.has_perm("subsidies.add_publicnotice"):
        found += [_to_publish(), _drafts()]
    if user.has_perm("subsidies.change_noticeobjection"):
        found.append(_objections())
    if user.has_perm("subsidies.view_publicnotice"):
        found += _impossible(user)
    return found


def _reviews(queue: ReviewQueue, user: Any) -> Queue:
    rows = queue_rows(queue, user)
    total, limit = rows.count(), overdue_before()
    lines = [_of_claim(queue, claim, limit) for claim in rows[:SHOWN]] if total else []
    tone = "danger" if any(line.overdue for line in lines) else "warning"
    url = reverse("admin:subsidies_review_queue", args=[queue.key])
    return Queue(title=str(queue.title), icon=queue.icon, tone=tone, total=total, url=url, lines=lines)


def _of_claim(queue: ReviewQueue, claim: Any, limit: Any) -> Line:
    since = timezone.localdate(claim.waiting_since)
    waited = (timezone.localdate() - since).days
    late = since < limit
    words = _("overdue, waits %(days)d days") if late else _("waits %(days)d days") if waited else _("came today")
    return Line(
        reverse("admin:subsidies_review", args=[queue.key, claim.pk]), f"{claim.student} {money(claim.amount)}",
        f"{claim.host} · {claim.scheme}", words % {"days": waited}, overdue=late,
    )  # fmt: skip


def _to_publish() -> Queue:
    rows = claims_for_a_draft()
    total = rows.count()
    url = reverse("admin:subsidies_publicnotice_draft")
    lines = [Line(url, str(claim.student), str(claim.host), money(claim.amount)) for claim in rows[:SHOWN]]
    return Queue(_("Reviewed, to go on a notice"), "campaign", "info", total, url, lines)


def _drafts() -> Queue:
    rows = PublicNotice.objects.filter(state=NoticeState.DRAFT)
    lines = [Line(change_url(notice), notice.title, notice.number, "") for notice in rows[:SHOWN]]
    url = f"{reverse('admin:subsidies_publicnotice_changelist')}?state=draft"
    return Queue(_("Notices to publish"), "edit_note", "info", rows.count(), url, lines)


def _objections() -> Queue:
    rows, today = waiting_objections(), timezone.localdate()
    lines = [
        Line(change_url(row), str(row.line), row.line.notice.title, days_words(row.due_on), row.due_on < today)
        for row in rows[:SHOWN]
    ]
    tone = "danger" if any(line.overdue for line in lines) else "warning"
    url = f"{reverse('admin:subsidies_noticeobjection_changelist')}?state=waiting"
    return Queue(_("Objections to notices"), "gavel", tone, rows.count(), url, lines)


def _impossible(user: Any) -> list[Queue]:
    """Return what the proof of the night found, as far as the person may see it: counted then, looked up now."""
    found = []
    for key in found_lately():
        check = Impossible(key)
        rows = CHECKS[check]()
        rows = rows.visible_to(user) if hasattr(rows, "visible_to") else rows
        total = rows.count()
        if total:
            lines = [Line(change_url(row), str(row), "", "", overdue=True) for row in rows[:SHOWN]]
            found.append(Queue(str(check.label), "gpp_bad", "danger", total, lines[0].url, lines))
    return found
