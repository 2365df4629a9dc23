"""Public notices as the public reads them: by the clock, and only what a line may show."""

import re
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.subsidies.enums import ClaimState, NoticeObjectionState, NoticeState
from internships.subsidies.models import NoticeLine, NoticeObjection, PublicNotice
from internships.subsidies.selectors.queues import ready_for_notice
from wenxi_portal.core.wording import word_list

SHOWN = ("order", "name", "university", "level", "host", "scheme", "months", "amount")
# A line is shown while its claim is where a notice left it, whatever else became of the row.
_YEAR = re.compile(r"\d{4}")
_STANDS = Q(claim__state__in=[ClaimState.ON_NOTICE, ClaimState.OBJECTED, ClaimState.CLEARED], removed_on__isnull=True)


def public_notices(day: date | None = None) -> QuerySet[PublicNotice]:
    """Return the notices that are up on ``day`` (default: today), newest first, with count and sum of their lines."""
    stands = Q(lines__removed_on__isnull=True)
    return PublicNotice.objects.public_on(day or timezone.localdate()).annotate(
        people=Count("lines", filter=stands), total=Sum("lines__amount", filter=stands)
    )


def public_notice(number: str, day: date | None = None) -> PublicNotice | None:
    """Return one notice that is up, None when it is not."""
    return public_notices(day).filter(number=number).first()


def was_public(number: str) -> bool:
    """Tell whether a notice of this number was up once: it has ended, was cancelled, or its last day has passed."""
    gone = Q(state__in=[NoticeState.ENDED, NoticeState.CANCELLED], starts_on__isnull=False)
    over = Q(state=NoticeState.PUBLISHED, ends_on__lt=timezone.localdate())
    return PublicNotice.objects.filter(gone | over, number=number).exists()


def public_lines(notice: PublicNotice, words: str = "") -> QuerySet[NoticeLine, dict[str, Any]]:
    """Return the lines the public sees, as rows of ``SHOWN`` alone, narrowed by what was typed."""
    lines = notice.lines.filter(_STANDS).order_by("order")
    for word in words.split()[:5]:
        lines = lines.filter(
            Q(name__icontains=word) | Q(university__icontains=word) | Q(level__icontains=word) | Q(host__icontains=word)
        )
    return lines.values(*SHOWN)


def line_to_object_to(number: str, order: int) -> NoticeLine | None:
    """Return a line of a notice that is up, None when there is none (any more)."""
    notice = public_notice(number)
    if notice is None:
        return None
    return notice.lines.filter(_STANDS, order=order).select_related("notice", "claim").first()


def objection_by(reference: str) -> NoticeObjection | None:
    """Return the objection with this reference, however it was typed."""
    typed = "".join(sign for sign in reference.upper() if sign.isalnum())
    return NoticeObjection.objects.filter(reference=typed).select_related("line__notice").first() if typed else None


def calendar_words(notice: PublicNotice) -> str:
    """Return the sentence about years whose holidays were not on file when the notice was published."""
    if not notice.calendar_note:
        return ""
    return _(
        "The holidays of %(years)s were not on file when the last day was worked out: weekends alone were left out."
    ) % {"years": word_list(_YEAR.findall(notice.calendar_note))}


def claims_for_a_draft() -> QuerySet[Any]:
    """Return the claims that may go on a new notice: reviewed, held by nothing, and in no other draft."""
    drafted = NoticeLine.objects.filter(notice__state=NoticeState.DRAFT).values("claim_id")
    rows = ready_for_notice().exclude(pk__in=drafted)
    return rows.select_related("student__university", "host", "scheme", "policy").order_by(
        "scheme", "student__name", "pk"
    )


def waiting_objections() -> QuerySet[NoticeObjection]:
    """Return objections that nobody has answered, the soonest due first."""
    rows = NoticeObjection.objects.filter(state=NoticeObjectionState.WAITING)
    return rows.select_related("line__notice", "line__claim").order_by("due_on", "pk")
