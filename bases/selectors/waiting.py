"""What waits for a member of staff: each queue a question to the rows that they may see."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bases.enums import AgreementState, BaseState, DocumentKind
from bases.models import Agreement, Base, Document
from bases.querysets import AgreementQuerySet, BaseQuerySet
from wenxi_portal.accounts.models import User
from wenxi_portal.core.wording import word_list

# domain.md §4: a base with no activity for six months is asked about.
STALE_DAYS = 183
# The ladder of domain.md §4.
LADDER = (7, 30, 90)


@dataclass(frozen=True, slots=True)
class WaitingQueue:
    """Rows that wait for the same thing, oldest first. ``due`` tells when a row should have been done."""

    key: str
    rows: QuerySet[Any]
    due: Callable[[Any], date | None]


def queues_for(user: User) -> list[WaitingQueue]:
    """Return the queues of bases and agreements for ``user``, most pressing first; any of them may be empty."""
    found: list[WaitingQueue] = []
    if user.has_perm("bases.view_agreement"):
        found += _agreement_queues(Agreement.objects.visible_to(user))
    if user.has_perm("bases.view_base"):
        found += _base_queues(Base.objects.visible_to(user))
    return found


def ending_between(agreements: QuerySet[Agreement], first: int, last: int) -> QuerySet[Agreement]:
    """Signed agreements whose last day is ``first`` to ``last`` days from today (China Standard Time)."""
    today = timezone.localdate()
    return agreements.filter(
        state=AgreementState.SIGNED, valid_until__range=(today + timedelta(days=first), today + timedelta(days=last))
    )


def ending_within_step(agreements: QuerySet[Agreement], step: int) -> QuerySet[Agreement]:
    """Agreements on a step of the ladder: from the step before it to ``step`` days before their end."""
    before = max((each for each in LADDER if each < step), default=-1)
    return ending_between(agreements, before + 1, step)


def without_signed_scan(agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Signed agreements of which no signed scan is on file."""
    scan = Document.objects.filter(agreement=OuterRef("pk"), kind=DocumentKind.SIGNED)
    return agreements.filter(~Exists(scan), state=AgreementState.SIGNED)


def long_intents(agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Intents that have rested longer than PORTAL_INTENT_DAYS."""
    since = timezone.now() - timedelta(days=settings.PORTAL_INTENT_DAYS)
    return agreements.filter(state=AgreementState.INTENT, created_at__lt=since)


def stale_bases(bases: QuerySet[Base]) -> QuerySet[Base]:
    """Unveiled bases about which nothing has been entered for STALE_DAYS."""
    return bases.filter(state=BaseState.UNVEILED, updated_at__lt=timezone.now() - timedelta(days=STALE_DAYS))


def gaps_of(base: Base) -> list[str]:
    """Return the names of the fields that a public page wants and ``base`` lacks."""
    wanted = ("kind_id", "lead_unit_id", "local_partner_id", "plaque_year")
    return [name.removesuffix("_id") for name in wanted if getattr(base, name) is None]


def gap_words(base: Base) -> str:
    """Return what is missing in words."""
    names = {field.name: field.verbose_name for field in Base._meta.fields}
    labels = [str(names[name]) for name in gaps_of(base)]
    return _("missing: %(fields)s") % {"fields": word_list(labels)}


def _agreement_queues(mine: AgreementQuerySet) -> list[WaitingQueue]:
    def ends(agreement: Agreement) -> date | None:
        return agreement.valid_until

    steps = [
        WaitingQueue(f"ending_{step}", ending_within_step(mine, step).order_by("valid_until", "pk"), ends)
        for step in LADDER
    ]
    return [
        WaitingQueue("overdue", mine.overdue().order_by("valid_until", "pk"), ends),
        *steps,
        WaitingQueue("unsigned", long_intents(mine).order_by("created_at", "pk"), _after(settings.PORTAL_INTENT_DAYS)),
        WaitingQueue("no_scan", without_signed_scan(mine).order_by("signed_on", "signed_year", "pk"), _no_day),
    ]


def _base_queues(mine: BaseQuerySet) -> list[WaitingQueue]:
    return [
        WaitingQueue(
            "planned", mine.awaiting_unveiling().order_by("created_at", "pk"), _after(settings.PORTAL_PLANNED_DAYS)
        ),
        WaitingQueue("gaps", mine.with_gaps().order_by("updated_at", "pk"), _no_day),
        WaitingQueue("stale", stale_bases(mine).order_by("updated_at", "pk"), _stale_since),
    ]


def _after(days: int) -> Callable[[Any], date]:
    return lambda row: timezone.localdate(row.created_at) + timedelta(days=days)


def _stale_since(row: Any) -> date:
    return timezone.localdate(row.updated_at) + timedelta(days=STALE_DAYS)


def _no_day(row: Any) -> None:
    """These wait without a day by which they should have been done."""
