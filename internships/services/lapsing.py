"""What ends by itself: for the clock. Safe to run twice, late, or beside somebody who acts at the same moment."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from internships.enums import ApplicationState
from internships.models import Application, Nomination, Position, ProfileDraft
from internships.services.application_moves import locked_position, move
from internships.services.nomination import lapse_nomination
from internships.services.waiting_list import move_up
from wenxi_portal.core.errors import DomainError
from wenxi_portal.reminders.working_days import add_working_days

S = ApplicationState


def lapse_overdue() -> dict[str, int]:
    """Let lapse what nobody answered, and fill the seats that became free; return how many of each.

    Unanswered offers at their deadline; applications on which the host was silent for APPLICATION_LAPSE_WORKING_DAYS
    after the answer was due; what was handed back and did not return; forgotten drafts; waiting lists of work that is
    over; nominations past their day. Profiles begun and never completed are erased.
    """
    counts = {name: sum(_lapse(pk, still) for pk in list(_keys(still))) for name, still in _overdue().items()}
    counts["nominations"] = sum(_lapse_nomination(row) for row in Nomination.objects.past_their_day())
    counts["profile_drafts"] = _forget_profiles()
    counts["moved_up"] = sum(len(move_up(position=position)) for position in _with_waiting_list())
    return counts


def _overdue() -> dict[str, Q]:
    now, today = timezone.now(), timezone.localdate()
    silent = add_working_days(today, -settings.APPLICATION_LAPSE_WORKING_DAYS)
    return {
        "offers": Q(state=S.OFFERED, offer_until__lte=now),
        "silence": Q(state__in=[S.SUBMITTED, S.SHORTLISTED], answer_due_on__lt=silent),
        "handed_back": Q(state=S.HANDED_BACK, answer_due_on__lt=today),
        "drafts": Q(state=S.DRAFT, updated_at__lt=now - timedelta(days=settings.DRAFT_DAYS)),
        "waiting_lists": Q(state=S.WAIT_LISTED, position__ends_on__lt=today),
    }


def _keys(still: Q) -> Iterator[int]:
    yield from Application.objects.filter(still).order_by("position_id", "pk").values_list("pk", flat=True)


@transaction.atomic
def _lapse(pk: int, still: Q) -> bool:
    """Let one lapse, unless somebody acted meanwhile: everything is asked again under lock."""
    application = Application.objects.get(pk=pk)
    position = locked_position(application)
    present = _locked(application, still)
    if present is None:
        return False
    move(present, S.LAPSED, actor=None, reason=_("No answer by the deadline"))
    move_up(position=position)
    return True


def _locked(application: Application, still: Q) -> Application | None:
    rows: QuerySet[Application] = Application.objects.select_for_update(of=("self",), no_key=True)
    found: Application | None = rows.filter(still, pk=application.pk).first()
    return found


def _lapse_nomination(nomination: Nomination) -> bool:
    try:
        lapse_nomination(nomination=nomination)
    except DomainError:
        # Answered between the list and the lock: nothing is overdue any more.
        return False
    return True


def _forget_profiles() -> int:
    """Erase what was typed into profiles that nobody completed: it holds ID numbers and serves no purpose any more."""
    before = timezone.now() - timedelta(days=settings.DRAFT_DAYS)
    return ProfileDraft.objects.filter(updated_at__lt=before).delete()[0]


def _with_waiting_list() -> QuerySet[Position]:
    return Position.objects.filter(applications__state=S.WAIT_LISTED).distinct()
