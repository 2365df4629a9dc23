"""Policies: drafted by one person, approved by another, never edited afterwards.

A newer version takes the place of the one before: the older one ends on the day before.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.db.models import Max, Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from internships.services.moves import Mover
from internships.subsidies.enums import POLICY_TRANSITIONS, PolicyState, SchemeKind
from internships.subsidies.models import Policy, PolicyHost, PolicyStateChange, Scheme
from internships.subsidies.rules import Rules
from internships.subsidies.services.following import follow_policy
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock, lock_for_edit
from wenxi_portal.core.errors import DomainError
from wenxi_portal.organisations.models import Organisation

POLICIES: Mover[Policy] = Mover(POLICY_TRANSITIONS, PolicyStateChange, "policy")
ONE_DAY = timedelta(days=1)
_COPIED = (
    "document_number", "title", "text", "rules", "rhythm", "papers", "most_months", "most_a_person",
    "most_a_base_year", "most_a_batch", "window_days", "notice_working_days", "group_from", "recheck_percent",
    "is_sample",
)  # fmt: skip


@transaction.atomic
def save_policy(
    *, policy: Policy, hosts: Collection[Organisation], actor: User, expected_revision: int | None = None
) -> Policy:
    """Write a draft, a new one or one's own. Raises ``DomainError`` for anything else, and for rules without sense."""
    with said_in_words():
        _check_rules(policy)
        if policy.pk is None:
            lock(policy.scheme)
            policy.version = _next_version(policy.scheme)
            policy.state, policy.drafted_by = PolicyState.DRAFT, actor
            policy.full_clean()
            policy.save()
            POLICIES.entered(policy, actor=actor, reason=_("Drafted"))
        else:
            _own_draft(policy, actor)
            policy.revision = lock_for_edit(policy, expected_revision)
            policy.full_clean()
            policy.save()
        wanted = {host.pk for host in hosts}
        policy.policy_hosts.exclude(host__in=wanted).delete()
        kept = set(policy.policy_hosts.values_list("host_id", flat=True))
        PolicyHost.objects.bulk_create([PolicyHost(policy=policy, host_id=pk) for pk in sorted(wanted - kept)])
    record(actor=actor, verb=Verb.CREATED if policy.revision == 1 else Verb.CHANGED, subject=policy)
    return policy


@transaction.atomic
def copy_policy(*, policy: Policy, actor: User) -> Policy:
    """Draft a newer version with the values of ``policy``, in force from the day after the newest one began."""
    scheme = lock(policy.scheme)
    newest = Policy.objects.approved().filter(scheme=scheme).order_by("-valid_from").first()
    first = max(timezone.localdate(), newest.valid_from if newest else policy.valid_from) + ONE_DAY
    values = {name: getattr(policy, name) for name in _COPIED}
    draft = Policy(scheme=scheme, valid_from=first, **values)
    hosts = Organisation.objects.filter(pk__in=policy.policy_hosts.values("host_id"))
    return save_policy(policy=draft, hosts=list(hosts), actor=actor)


@transaction.atomic
def propose_policy(*, policy: Policy, actor: User) -> Policy:
    """Hand a draft to a second person. Raises ``DomainError`` when it could not be approved as it stands."""
    present = POLICIES.locked(policy, PolicyState.PROPOSED)
    _own_draft(present, actor)
    _check_rules(present)
    _predecessor(present)
    POLICIES.write(present, PolicyState.PROPOSED, actor=actor, reason=_("Proposed for approval"), fields=())
    return present


@transaction.atomic
def send_back_policy(*, policy: Policy, actor: User, reason: str) -> Policy:
    """Give a proposed version back to whoever drafted it, with a reason."""
    present = POLICIES.locked(policy, PolicyState.DRAFT, reason=reason)
    POLICIES.write(present, PolicyState.DRAFT, actor=actor, reason=reason, fields=())
    return present


@transaction.atomic
def approve_policy(*, policy: Policy, actor: User, reason: str = "") -> Policy:
    """Approve what somebody else drafted; the version it takes the place of ends the day before.

    Open claims for days that it now covers follow it: they are worked out anew, and what was reviewed is void. Raises
    ``DomainError`` when the approver drafted it or when it would overlap.
    """
    lock(policy.scheme)
    present = POLICIES.locked(policy, PolicyState.APPROVED)
    if present.drafted_by_id == actor.pk:
        raise DomainError(_("Whoever drafted a policy does not approve it: a colleague has to."), code="two_people")
    _check_rules(present)
    with said_in_words():
        older = _predecessor(present)
        if older is not None:
            older.valid_until = present.valid_from - ONE_DAY
            older.revision += 1
            older.save(update_fields=["valid_until", "revision", "updated_at"])
            record(actor=actor, verb=Verb.CHANGED, subject=older, valid_until=older.valid_until.isoformat())
        present.approved_by, present.approved_at = actor, timezone.now()
        POLICIES.write(
            present, PolicyState.APPROVED, actor=actor, reason=reason.strip() or _("Approved"),
            fields=("approved_by", "approved_at"),
        )  # fmt: skip
    follow_policy(policy=present)
    return present


@transaction.atomic
def discard_policy(*, policy: Policy, actor: User, reason: str) -> Policy:
    """Put a version aside that never came into force."""
    present = POLICIES.locked(policy, PolicyState.DISCARDED, reason=reason)
    POLICIES.write(present, PolicyState.DISCARDED, actor=actor, reason=reason, fields=())
    return present


@contextmanager
def said_in_words() -> Iterator[None]:
    """Turn what the database refuses about policies into a sentence (``DomainError``)."""
    try:
        with transaction.atomic():
            yield
    except DatabaseError as error:
        if "approved_is_final" in str(error):
            raise _is_final() from error
        if "one_in_force" in str(error):
            raise DomainError(
                _("Another approved version of this scheme is in force on some of these days."), code="overlap"
            ) from error
        raise


def _own_draft(policy: Policy, actor: User) -> None:
    present = Policy.objects.get(pk=policy.pk)
    if present.state == PolicyState.APPROVED:
        raise _is_final()
    if present.state != PolicyState.DRAFT:
        raise DomainError(_("Only a draft can be edited: have it sent back first."), code="transition")
    if present.drafted_by_id != actor.pk:
        raise DomainError(
            _("Only whoever drafted this version edits it, so that somebody else can approve it. Draft a version of"
              " your own instead."),
            code="not_drafter",
        )  # fmt: skip


def _is_final() -> DomainError:
    return DomainError(
        _("An approved policy is never edited. Draft a newer version; it takes the place of this one."), code="final"
    )


def _check_rules(policy: Policy) -> None:
    rules = Rules.from_data(policy.rules)
    if policy.scheme.kind == SchemeKind.BONUS and rules.bonus is None:
        raise DomainError(_("A bonus needs its amounts."), code="rules_missing", field="bonus")
    if policy.scheme.kind == SchemeKind.ALLOWANCE and not (rules.rates or rules.counting.bands):
        raise DomainError(_("An allowance needs its rates."), code="rules_missing", field="rates")


def _next_version(scheme: Scheme) -> int:
    found: int | None = Policy.objects.filter(scheme=scheme).aggregate(most=Max("version"))["most"]
    return (found or 0) + 1


def _predecessor(policy: Policy) -> Policy | None:
    """Return the open version that ``policy`` takes the place of. Raises ``DomainError`` for any other overlap."""
    approved = Policy.objects.approved().filter(scheme=policy.scheme).exclude(pk=policy.pk)
    days = Q(valid_until__isnull=True) | Q(valid_until__gte=policy.valid_from)
    if policy.valid_until is not None:
        days &= Q(valid_from__lte=policy.valid_until)
    overlapping = list(approved.filter(days).order_by("valid_from"))
    older = [one for one in overlapping if one.valid_until is None and one.valid_from < policy.valid_from]
    for other in overlapping:
        if other not in older:
            raise DomainError(
                _("Version %(number)s holds from %(first)s to %(last)s: choose other days.")
                % {
                    "number": other.version,
                    "first": formats.date_format(other.valid_from),
                    "last": formats.date_format(other.valid_until) if other.valid_until else _("further notice"),
                },
                code="overlap",
                field="valid_from",
            )
    return older[0] if older else None
