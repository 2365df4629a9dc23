"""Public notices: put together from reviewed claims, published behind the guard, taken down by the clock."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from internships.services.moves import Mover
from internships.subsidies.enums import NOTICE_TRANSITIONS, ClaimState, NoticeState
from internships.subsidies.models import Claim, NoticeLine, NoticeStateChange, PublicNotice
from internships.subsidies.selectors.notices import claims_for_a_draft, public_lines
from internships.subsidies.selectors.queues import ready_for_notice
from internships.subsidies.services.moves import CLAIMS, lock_claims
from internships.subsidies.services.notice_papers import notice_paper, notice_sheet
from wenxi_portal.accounts.models import User
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.publishing_guard import guard_document, guard_text, guard_texts
from wenxi_portal.core.wording import some_of
from wenxi_portal.reminders.working_days import calendar

NOTICES: Mover[PublicNotice] = Mover(NOTICE_TRANSITIONS, NoticeStateChange, "notice")
NAMED = 5
_MAKERS = {"xlsx": notice_sheet, "docx": notice_paper}


@transaction.atomic
def draft_notice(
    *,
    title: str,
    claims: Iterable[Claim],
    actor: User,
    introduction: str = "",
    contact: str = "",
    working_days: int | None = None,
) -> PublicNotice:
    """Put a notice together from claims that may go on one. Nothing is public yet.

    Raises ``DomainError`` when a claim may not (any more), when there is none, and when a text holds what nobody may
    publish.
    """
    chosen = lock_claims(claims)
    allowed = set(claims_for_a_draft().filter(pk__in=[claim.pk for claim in chosen]).values_list("pk", flat=True))
    _refuse_others(chosen, allowed)
    for name, text in (("title", title), ("introduction", introduction), ("contact", contact)):
        guard_text(text, field=name)
    notice = PublicNotice(
        number=uuid4().hex[:24], title=title.strip(), introduction=introduction.strip(), contact=contact.strip(),
        working_days=working_days or _least_days(chosen), drafted_by=actor,
    )  # fmt: skip
    notice.full_clean(exclude=["drafted_by"])
    notice.save()
    notice.number = f"GS{timezone.localdate():%Y}{notice.pk:05}"
    notice.save(update_fields=["number"])
    NOTICES.entered(notice, actor=actor, reason=_("Put together"))
    NoticeLine.objects.bulk_create(_lines(notice, chosen))
    return notice


@transaction.atomic
def refresh_draft(*, notice: PublicNotice, actor: User) -> int:
    """Take claims that may not be published any more off a draft, and write the others as they are now.

    Return how many lines are left.
    """
    present = NOTICES.locked(notice, NoticeState.PUBLISHED)
    claims = lock_claims(Claim.objects.filter(notice_lines__notice=present))
    allowed = set(ready_for_notice().filter(pk__in=[claim.pk for claim in claims]).values_list("pk", flat=True))
    present.lines.all().delete()
    kept = [claim for claim in claims if claim.pk in allowed]
    NoticeLine.objects.bulk_create(_lines(present, kept))
    NOTICES.entered(present, actor=actor, reason=_("Lines written anew"), from_state=present.state)
    return len(kept)


@transaction.atomic
def publish_notice(*, notice: PublicNotice, actor: User, today: date | None = None) -> PublicNotice:
    """Publish a draft: from today on, until the last of its working days, the day of publication not counted.

    Every text, the sheet and the paper for the board pass the guard first. Raises ``DomainError`` when one does not,
    when a claim may not be published any more, and when the period is shorter than a policy asks for.
    """
    present = NOTICES.locked(notice, NoticeState.PUBLISHED)
    clock = today or timezone.localdate()
    claims = lock_claims(Claim.objects.filter(notice_lines__notice=present))
    allowed = set(ready_for_notice().filter(pk__in=[claim.pk for claim in claims]).values_list("pk", flat=True))
    _refuse_others(claims, allowed)
    _check_still_right(present, claims)
    if present.working_days < _least_days(claims):
        raise DomainError(
            _("A policy asks for %(days)d working days of notice.") % {"days": _least_days(claims)}, code="days"
        )
    days = calendar()
    present.starts_on, present.ends_on = clock, days.add_working_days(clock, present.working_days)
    present.calendar_note = " ".join(map(str, days.unknown_years(_each_day(present.starts_on, present.ends_on))))
    present.published_by = actor
    guard_notice(present)
    fields = ("starts_on", "ends_on", "calendar_note", "published_by")
    reason = _("Public until %(day)s") % {"day": date_format(present.ends_on)}
    NOTICES.write(present, NoticeState.PUBLISHED, actor=actor, reason=reason, fields=fields)
    for claim in claims:
        CLAIMS.table.check(claim.state, ClaimState.ON_NOTICE)
        CLAIMS.write(claim, ClaimState.ON_NOTICE, actor=actor, reason=present.number, fields=())
    return present


@transaction.atomic
def cancel_notice(*, notice: PublicNotice, actor: User, reason: str) -> PublicNotice:
    """Take a notice down before its time. Its claims go back to where they were before it, to be shown on another."""
    present = NOTICES.locked(notice, NoticeState.CANCELLED, reason=reason)
    was_public = present.state == NoticeState.PUBLISHED
    NOTICES.write(present, NoticeState.CANCELLED, actor=actor, reason=reason, fields=())
    if was_public:
        for claim in lock_claims(Claim.objects.filter(notice_lines__notice=present, state=ClaimState.ON_NOTICE)):
            CLAIMS.write(claim, state_before_notice(claim), actor=actor, reason=reason, fields=())
    return present


def end_due_notices(*, today: date | None = None) -> int:
    """Take every notice down whose last day has passed; return how many. Run twice or late, it does the same."""
    due = PublicNotice.objects.over_on(today or timezone.localdate()).order_by("pk")
    return sum(end_notice(notice=notice, today=today) for notice in due)


@transaction.atomic
def end_notice(*, notice: PublicNotice, today: date | None = None) -> bool:
    """End a notice whose last day has passed: claims without an open objection are cleared for payment."""
    clock = today or timezone.localdate()
    present = (
        PublicNotice.objects.select_for_update(of=("self",), no_key=True).over_on(clock).filter(pk=notice.pk).first()
    )
    if present is None:
        return False
    reason = _("The period has ended")
    NOTICES.write(present, NoticeState.ENDED, actor=None, reason=reason, fields=())
    lines = present.lines.filter(removed_on__isnull=True).values("claim")
    for claim in lock_claims(Claim.objects.filter(pk__in=lines, state=ClaimState.ON_NOTICE)):
        CLAIMS.write(claim, ClaimState.CLEARED, actor=None, reason=reason, fields=())
    return True


def guard_notice(notice: PublicNotice) -> None:
    """Raise ``DomainError`` unless every text, line, sheet and paper of ``notice`` may be published."""
    for name in ("title", "introduction", "contact"):
        guard_text(getattr(notice, name), field=name)
    lines = list(notice.lines.order_by("order"))
    for line in lines:
        try:
            guard_texts([line.name, line.university, line.level, line.host, line.scheme])
        except DomainError as refusal:
            raise DomainError(
                _("Line %(order)d: %(why)s") % {"order": line.order, "why": refusal.message}, code=refusal.code
            ) from None
    for ending in _MAKERS:
        guarded_file(notice, lines, ending)


def guarded_file(notice: PublicNotice, lines: Sequence[NoticeLine], ending: str) -> bytes:
    """Return the notice as .xlsx or .docx in Chinese. Raises ``DomainError`` when it may not be published."""
    with override("zh-hans"):
        return guard_document(_MAKERS[ending](notice, lines), ending)


def state_before_notice(claim: Claim) -> ClaimState:
    """Return where a claim stood before it went on notice."""
    return ClaimState.GROUP_DECIDED if claim.needs_group else ClaimState.SECOND_REVIEWED


def _lines(notice: PublicNotice, claims: Sequence[Claim]) -> list[NoticeLine]:
    rows = Claim.objects.filter(pk__in=[claim.pk for claim in claims]).select_related(
        "student__university", "host", "scheme"
    )
    ordered = sorted(rows, key=lambda claim: (claim.scheme.order, claim.host.name, claim.student.name, claim.pk))
    return [_line(notice, order, claim) for order, claim in enumerate(ordered, start=1)]


def _line(notice: PublicNotice, order: int, claim: Claim) -> NoticeLine:
    with override("zh-hans"):
        level = f"{claim.get_level_display()} {claim.student.major}".strip()
    return NoticeLine(
        notice=notice, claim=claim, order=order, name=claim.student.name, university=claim.student.school[:120],
        level=level[:120], host=claim.host.name[:120], scheme=claim.scheme.name, months=claim.months,
        amount=claim.amount,
    )  # fmt: skip


def _least_days(claims: Iterable[Claim]) -> int:
    return max((claim.policy.notice_working_days for claim in claims), default=1)


def _refuse_others(claims: Sequence[Claim], allowed: set[int]) -> None:
    if not claims:
        raise DomainError(_("Choose at least one claim."), code="empty")
    others = [claim.number for claim in claims if claim.pk not in allowed]
    if others:
        listed = some_of(others, NAMED)
        raise DomainError(
            _("These claims cannot be published now: %(numbers)s. Write the lines anew to leave them out.")
            % {"numbers": listed},
            code="not_ready",
        )


def _check_still_right(notice: PublicNotice, claims: Iterable[Claim]) -> None:
    drafted: dict[int, tuple[Decimal, Decimal]] = {
        claim: (months, amount) for claim, months, amount in notice.lines.values_list("claim_id", "months", "amount")
    }
    changed = [claim.number for claim in claims if drafted[claim.pk] != (claim.months, claim.amount)]
    if changed:
        raise DomainError(
            _("Amounts have changed since the draft: %(numbers)s. Write the lines anew.")
            % {"numbers": some_of(changed, NAMED)},
            code="changed",
        )


def _each_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=each) for each in range((last - first).days + 1)]


def shown_lines(notice: PublicNotice) -> list[NoticeLine]:
    """Return the lines that stand on a notice that is up, for its sheet and its paper."""
    orders = public_lines(notice).values_list("order", flat=True)
    return list(notice.lines.filter(order__in=orders).order_by("order"))
