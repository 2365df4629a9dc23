"""The talent room's share of what waits today."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from talent.enums import FlexibleState, ProposalState, SelfCheckAnswer
from talent.models import (
    Contact,
    FlexibleAgreement,
    MembershipProposal,
    Person,
    Registration,
    SelfCheck,
    TownshipCollector,
)
from talent.selectors.follow_up import own_steps
from talent.selectors.impossible import CHECKS
from wenxi_portal.core.admin.labels import days_words
from wenxi_portal.core.admin.links import change_url
from wenxi_portal.core.admin.waiting import Line, Waiting

WARNING_DAYS = 90
# How the list is narrowed to what a queue of the sweep shows, where it can be.
_NARROWED = {"closed_account": "?step=orphaned", "closed_officer": "?officer=left"}


def queues(request: HttpRequest) -> list[Waiting]:
    """Return the queues of this room for the person who is signed in."""
    user: Any = request.user
    if not user.has_perm("talent.view_person"):
        return []
    today = timezone.localdate()
    week = reverse("admin:talent_contact_week")
    due = own_steps(user).filter(next_due__lte=today).select_related("person")
    soon = FlexibleAgreement.objects.visible_to(user).filter(
        state=FlexibleState.SIGNED, valid_until__lte=today + timedelta(days=WARNING_DAYS)
    )
    proposals = MembershipProposal.objects.visible_to(user).filter(state=ProposalState.OPEN)
    answers = SelfCheck.objects.visible_to(user).filter(answer=SelfCheckAnswer.CHANGED, handled_at__isnull=True)
    found = [
        _queue(_("My steps due"), "event_upcoming", "danger", due, week, _step),
        *_impossible(user),
        _queue(
            _("Flexible agreements ending within 90 days"),
            "schedule",
            "warning",
            soon.select_related("person", "host"),
            f"{reverse('admin:talent_flexibleagreement_changelist')}?state=signed",
            lambda row: (row.host.name, days_words(row.valid_until), row.valid_until < today),
        ),
        _queue(
            _("Next databases to decide on"),
            "database",
            "info",
            proposals.select_related("person"),
            f"{reverse('admin:talent_membershipproposal_changelist')}?state__exact=open",
            lambda row: (row.because_of, row.get_database_display(), False),
        ),
        _queue(
            _("Answers to the yearly question"),
            "fact_check",
            "info",
            answers.select_related("person"),
            f"{reverse('admin:talent_selfcheck_changelist')}?answer__exact=changed",
            lambda row: (row.message, "", False),
        ),
    ]
    if user.has_perm("talent.decide_registration"):
        found.insert(
            0,
            _queue(
                _("Self-registrations to decide on"),
                "how_to_reg",
                "warning",
                Registration.objects.visible_to(user).waiting(),
                reverse("admin:talent_registration_changelist"),
                lambda row: (row.university_name or row.employer_name, row.township, False),
            ),
        )
    return found


def _impossible(user: Any) -> list[Waiting]:
    """Return what the nightly sweep reports, as far as the person may see it."""
    found = []
    for check in CHECKS:
        rows = check.rows()
        if rows.model is TownshipCollector:
            if not user.has_perm("talent.view_townshipcollector"):
                continue
            rows, words = rows.select_related("user"), _township
        elif rows.model is Person:
            rows, words = rows.visible_to(user).select_related("officer").defer("search_vector"), _named  # type: ignore[attr-defined]
        else:
            words = _step if rows.model is Contact else _agreement
            rows = rows.visible_to(user).select_related("person")  # type: ignore[attr-defined]
        name = rows.model._meta.model_name
        query = _NARROWED.get(check.key, "")
        url = reverse(f"admin:talent_{name}_changelist") + query
        found.append(_queue(str(check.words), "person_off", "danger", rows, url, words))
    return found


def _township(row: Any) -> tuple[str, str, bool]:
    return str(row.user), "", True


def _named(row: Any) -> tuple[str, str, bool]:
    return row.officer.name, "", True


def _agreement(row: Any) -> tuple[str, str, bool]:
    return row.host.name, days_words(row.valid_until), True


def _step(row: Any) -> tuple[str, str, bool]:
    return row.next_step, days_words(row.next_due), row.next_due < timezone.localdate()


def _queue(
    title: str,
    icon: str,
    tone: str,
    rows: QuerySet[Any],
    url: str,
    words: Callable[[Any], tuple[str, str, bool]],
) -> Waiting:
    def line(row: Any) -> Line:
        detail, urgency, overdue = words(row)
        name = str(getattr(row, "person", None) or row)
        return Line(url=change_url(row), title=name, detail=detail, words=urgency, overdue=overdue)

    return Waiting(title, icon, tone, rows, url, line)
