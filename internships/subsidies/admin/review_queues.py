"""What waits today among reviews and notices."""

from functools import partial
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
from wenxi_portal.core.admin.waiting import Line, Waiting
from wenxi_portal.core.money import money


def review_queues(request: HttpRequest) -> list[Waiting]:
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


def _reviews(queue: ReviewQueue, user: Any) -> Waiting:
    url = reverse("admin:subsidies_review_queue", args=[queue.key])
    return Waiting(str(queue.title), queue.icon, "", queue_rows(queue, user), url, partial(_of_claim, queue))


def _of_claim(queue: ReviewQueue, claim: Any) -> Line:
    since = timezone.localdate(claim.waiting_since)
    waited = (timezone.localdate() - since).days
    late = since < overdue_before()
    words = _("overdue, waits %(days)d days") if late else _("waits %(days)d days") if waited else _("came today")
    return Line(
        reverse("admin:subsidies_review", args=[queue.key, claim.pk]), f"{claim.student} {money(claim.amount)}",
        f"{claim.host} · {claim.scheme}", words % {"days": waited}, overdue=late,
    )  # fmt: skip


def _to_publish() -> Waiting:
    url = reverse("admin:subsidies_publicnotice_draft")
    return Waiting(
        _("Reviewed, to go on a notice"), "campaign", "info", claims_for_a_draft(), url,
        lambda claim: Line(url, str(claim.student), str(claim.host), money(claim.amount)),
    )  # fmt: skip


def _drafts() -> Waiting:
    return Waiting(
        _("Notices to publish"), "edit_note", "info", PublicNotice.objects.filter(state=NoticeState.DRAFT),
        f"{reverse('admin:subsidies_publicnotice_changelist')}?state=draft",
        lambda notice: Line(change_url(notice), notice.title, notice.number, ""),
    )  # fmt: skip


def _objections() -> Waiting:
    url = f"{reverse('admin:subsidies_noticeobjection_changelist')}?state=waiting"
    return Waiting(_("Objections to notices"), "gavel", "", waiting_objections(), url, _objection)


def _objection(row: Any) -> Line:
    late = row.due_on < timezone.localdate()
    return Line(change_url(row), str(row.line), row.line.notice.title, days_words(row.due_on), late)


def _impossible(user: Any) -> list[Waiting]:
    """Return what the proof of the night found, as far as the person may see it: counted then, looked up now."""
    found = []
    for key in found_lately():
        check = Impossible(key)
        rows = CHECKS[check]()
        rows = rows.visible_to(user) if hasattr(rows, "visible_to") else rows
        found.append(Waiting(str(check.label), "gpp_bad", "danger", rows, "", _wrong))
    return found


def _wrong(row: Any) -> Line:
    return Line(change_url(row), str(row), "", "", overdue=True)
