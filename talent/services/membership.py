"""Belonging to the three databases: coming, going, and what graduation or a new job suggests."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from talent.enums import PROPOSAL_TRANSITIONS, PersonState, ProposalCause, ProposalState, TalentDatabase
from talent.models import DatabaseMembership, Education, Employment, MembershipProposal, Person
from talent.services.person import must_be_active
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError
from wenxi_portal.core.wording import labelled

# A graduation or a new job further back than this was known when the person was entered.
LOOK_BACK_DAYS = 400


@transaction.atomic
def join_database(
    *, person: Person, database: TalentDatabase, reason: str, actor: User | None, since: date | None = None
) -> DatabaseMembership:
    """Let ``person`` belong to ``database`` from a day on (default today, China Standard Time).

    Raises ``DomainError`` without a reason or for a day to come, and ``ValidationError`` when the person belongs there
    already.
    """
    present = lock(person)
    must_be_active(present)
    if since and since > timezone.localdate():
        raise DomainError(_("The day lies in the future."), code="future", field="since")
    if not reason.strip():
        raise DomainError(_("Say why: the reason stays with the record."), code="reason", field="reason")
    membership = DatabaseMembership(
        person=present, database=database, reason=reason.strip()[:200], since=since or timezone.localdate()
    )
    membership.full_clean()
    membership.save()
    record(actor=actor, verb=Verb.CHANGED, subject=present, reason=reason, joined=str(database))
    return membership


@transaction.atomic
def leave_database(
    *, membership: DatabaseMembership, reason: str, actor: User | None, until: date | None = None
) -> DatabaseMembership:
    """End a membership on a day (default today, China Standard Time; its last day).

    Raises ``DomainError`` when it has ended, without a reason, and for a day to come: what ends then is ended then.
    """
    lock(membership.person)
    membership.refresh_from_db()
    if membership.until:
        raise DomainError(_("This membership has ended already."), code="ended")
    if until and until > timezone.localdate():
        raise DomainError(_("The day lies in the future."), code="future", field="until")
    if not reason.strip():
        raise DomainError(_("Say why: the reason stays with the record."), code="reason", field="reason")
    membership.until, membership.end_reason = until or timezone.localdate(), reason.strip()[:200]
    membership.full_clean()
    membership.save(update_fields=["until", "end_reason"])
    record(actor=actor, verb=Verb.CHANGED, subject=membership.person, reason=reason, left=membership.database)
    return membership


def propose_moves() -> int:
    """Propose the next database to whoever graduated or changed jobs lately; return how many proposals are new.

    Works on everything since LOOK_BACK_DAYS, so that a missed night is caught up; a second run proposes nothing twice.
    """
    return _propose_graduates() + _propose_new_jobs()


@transaction.atomic
def decide_proposal(*, proposal: MembershipProposal, accept: bool, actor: User, reason: str = "") -> MembershipProposal:
    """Accept a proposal (the person moves on) or decline it (a reason is needed). Decided once."""
    lock(proposal.person)
    proposal = MembershipProposal.objects.select_for_update(of=("self",), no_key=True).get(pk=proposal.pk)
    target = ProposalState.ACCEPTED if accept else ProposalState.DECLINED
    PROPOSAL_TRANSITIONS.check(proposal.state, target)
    if not accept and not reason.strip():
        raise DomainError(_("Say why: the reason stays with the record."), code="reason", field="reason")
    proposal.state, proposal.decided_by, proposal.decided_at = target, actor, timezone.now()
    proposal.decision_reason = reason.strip()[:200]
    proposal.save(update_fields=["state", "decided_by", "decided_at", "decision_reason"])
    if accept:
        _move_on(proposal, actor)
    record(actor=actor, verb=Verb.CHANGED, subject=proposal.person, reason=reason, proposal=str(target))
    return proposal


def _move_on(proposal: MembershipProposal, actor: User) -> None:
    words = labelled(proposal.get_cause_display(), proposal.because_of)[:200]
    current = proposal.person.memberships.filter(until__isnull=True)
    for membership in current.filter(database=TalentDatabase.STUDENTS):
        leave_database(membership=membership, reason=words, actor=actor)
    if not current.filter(database=proposal.database).exists():
        join_database(person=proposal.person, database=TalentDatabase(proposal.database), reason=words, actor=actor)


def _propose_graduates() -> int:
    """Students whose last study has ended become alumni, or outstanding talents once they work."""
    today = timezone.localdate()
    first = today.toordinal() - LOOK_BACK_DAYS
    still_studying = Education.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=today)).values("person")
    ended = (
        Education.objects.filter(
            ended_on__range=(date.fromordinal(first), today),
            person__state=PersonState.ACTIVE,
            person__memberships__database=TalentDatabase.STUDENTS,
            person__memberships__until__isnull=True,
        )
        .exclude(person__in=still_studying)
        .select_related("university")
    )
    made = 0
    for education in ended.iterator(chunk_size=500):
        works = Employment.objects.filter(person=education.person_id, ended_on__isnull=True).exists()
        database = TalentDatabase.OUTSTANDING if works else TalentDatabase.ALUMNI
        made += _propose(
            education.person_id, database, ProposalCause.GRADUATION, education.ended_on or today, education.place
        )
    return made


def _propose_new_jobs() -> int:
    """Alumni who begin to work are proposed as outstanding talents."""
    today = timezone.localdate()
    first = date.fromordinal(today.toordinal() - LOOK_BACK_DAYS)
    outstanding = DatabaseMembership.objects.filter(database=TalentDatabase.OUTSTANDING, until__isnull=True)
    begun = (
        Employment.objects.filter(
            started_on__range=(first, today),
            ended_on__isnull=True,
            person__state=PersonState.ACTIVE,
            person__memberships__database=TalentDatabase.ALUMNI,
            person__memberships__until__isnull=True,
        )
        .exclude(person__in=outstanding.values("person"))
        .select_related("employer")
    )
    return sum(
        _propose(
            job.person_id, TalentDatabase.OUTSTANDING, ProposalCause.JOB_CHANGE, job.started_on or today, job.place
        )
        for job in begun.iterator(chunk_size=500)
    )


def _propose(person: int, database: TalentDatabase, cause: ProposalCause, on: date, because_of: str) -> int:
    _proposal, made = MembershipProposal.objects.get_or_create(
        person_id=person, database=database, cause=cause, on=on, defaults={"because_of": because_of[:200]}
    )
    return int(made)
