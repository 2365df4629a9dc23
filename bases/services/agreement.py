"""The only writer of agreements."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bases.enums import AGREEMENT_TRANSITIONS, AgreementState, PartySide
from bases.models import Agreement, AgreementBase, AgreementParty, AgreementStateChange, Base
from bases.services.search_index import index_agreement
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock, lock_for_edit
from wenxi_portal.core.errors import DomainError
from wenxi_portal.organisations.models import Organisation

# What the signed paper says: changed afterwards only as a correction, with a reason.
SUBSTANCE = ("title", "kind", "signed_on", "signed_year", "valid_from", "valid_until", "papers")
FEWEST_PARTIES = 2


@dataclass(frozen=True, slots=True)
class Party:
    """A party as it is to stand in the paper."""

    name: str
    side: PartySide
    organisation: Organisation | None = None


@transaction.atomic
def save_agreement(
    *,
    agreement: Agreement,
    actor: User | None,
    parties: Iterable[Party] | None = None,
    bases: Iterable[Base] | None = None,
    expected_revision: int | None = None,
    correction_reason: str = "",
) -> Agreement:
    """Check and write ``agreement``, new or changed, and make it findable.

    A new agreement is an intent. ``parties`` and ``bases`` replace those on file; None leaves them. Once signed, what
    the paper says is completed freely but changed only with a ``correction_reason``, which stays in the audit. Raises
    ``ValidationError`` for broken values and ``DomainError`` when that reason is missing, or when somebody else wrote
    since ``expected_revision`` was read.
    """
    parties = None if parties is None else list(parties)
    is_new = agreement.pk is None
    if is_new:
        agreement.state = AgreementState.INTENT
    else:
        agreement.revision = lock_for_edit(agreement, expected_revision)
        stored = Agreement.objects.get(pk=agreement.pk)
        agreement.state = stored.state
        if _corrects(stored, agreement, parties) and not correction_reason.strip():
            raise DomainError(
                _("This paper is signed. Say why it is corrected; what was agreed anew is entered as an amendment."),
                code="correction",
                field="correction_reason",
            )
    agreement.full_clean(exclude=["search_vector"])
    agreement.save()
    if parties is not None:
        _set_parties(agreement, parties)
    if bases is not None:
        _set_bases(agreement, bases)
    if is_new:
        AgreementStateChange.objects.create(
            agreement=agreement, to_state=agreement.state, actor=actor, reason=_("entered")
        )
    index_agreement(agreement=agreement)
    verb = Verb.CREATED if is_new else Verb.CHANGED
    record(actor=actor, verb=verb, subject=agreement, reason=correction_reason.strip())
    return agreement


@transaction.atomic
def sign_agreement(
    *,
    agreement: Agreement,
    actor: User | None,
    reason: str,
    signed_on: date | None = None,
    signed_year: int | None = None,
    date_note: str = "",
) -> Agreement:
    """Turn an intent into a signed agreement.

    Takes the day, or the year alone, or a note why neither is known. Raises ``DomainError`` when the agreement is no
    intent, the reason is missing, the day lies in the future, or a single paper has fewer than two parties (a row that
    stands for several papers may not know them all).
    """
    present = _locked_for_move(agreement, AgreementState.SIGNED, reason)
    if present.papers == 1 and present.parties.count() < FEWEST_PARTIES:
        raise DomainError(_("A paper is signed by two parties at least. Enter them first."), code="parties")
    if signed_on and signed_on > timezone.localdate():
        raise DomainError(_("The day lies in the future."), code="future", field="signed_on")
    present.signed_on = signed_on
    present.signed_year = signed_on.year if signed_on else signed_year
    present.date_note = date_note.strip() or present.date_note
    return _move(present, AgreementState.SIGNED, actor, reason)


@transaction.atomic
def terminate_agreement(*, agreement: Agreement, actor: User | None, reason: str, on: date | None = None) -> Agreement:
    """End an intent or a signed agreement before its time, on a day (default today, China Standard Time)."""
    present = _locked_for_move(agreement, AgreementState.TERMINATED, reason)
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise DomainError(_("The day lies in the future."), code="future", field="on")
    if present.signed_on and day < present.signed_on:
        raise DomainError(_("An agreement cannot be terminated before it was signed."), code="early", field="on")
    present.terminated_on = day
    return _move(present, AgreementState.TERMINATED, actor, reason)


@transaction.atomic
def expire_agreement(*, agreement: Agreement, actor: User | None, reason: str) -> Agreement:
    """Close a signed agreement whose last day has passed. Raises ``DomainError`` when it has not."""
    present = _locked_for_move(agreement, AgreementState.EXPIRED, reason)
    if present.valid_until is None or present.valid_until >= timezone.localdate():
        raise DomainError(_("The last day of this agreement has not passed."), code="running")
    return _move(present, AgreementState.EXPIRED, actor, reason)


def expire_overdue_agreements() -> int:
    """Close every signed agreement whose last day has passed; return how many. Safe to run at any time, twice."""
    count = 0
    for agreement in Agreement.objects.overdue().iterator(chunk_size=200):
        try:
            expire_agreement(agreement=agreement, actor=None, reason=_("The last day has passed."))
        except DomainError:
            # An officer renewed, extended or closed it since the list was read.
            continue
        count += 1
    return count


@transaction.atomic
def succeed_agreement(*, agreement: Agreement, successor: Agreement, amends: bool, actor: User | None) -> Agreement:
    """Write ``successor`` as the amendment or the renewal of ``agreement``, with its parties and bases.

    The signed paper itself stays as it is. Raises ``DomainError`` when the first one is still an intent, or has
    been renewed already.
    """
    present = lock(agreement)
    if present.state == AgreementState.INTENT:
        raise DomainError(_("An intent is not renewed or amended: edit it."), code="intent")
    if not amends and present.renewals.exclude(state=AgreementState.TERMINATED).exists():
        raise DomainError(_("This agreement already has a renewal."), code="renewed")
    successor.amends, successor.renews = (present, None) if amends else (None, present)
    parties = [Party(party.name, PartySide(party.side), party.organisation) for party in present.parties.all()]
    return save_agreement(agreement=successor, actor=actor, parties=parties, bases=present.bases.all())


def _corrects(stored: Agreement, agreement: Agreement, parties: list[Party] | None) -> bool:
    """Tell whether a signed paper would say something else than before; what was missing may be added."""
    if stored.state == AgreementState.INTENT:
        return False
    known = {name: getattr(stored, name) for name in SUBSTANCE if getattr(stored, name) is not None}
    if any(getattr(agreement, name) != value for name, value in known.items()):
        return True
    kept = {party.name for party in parties} if parties is not None else None
    return kept is not None and any(party.name not in kept for party in stored.parties.all())


def _locked_for_move(agreement: Agreement, to_state: AgreementState, reason: str) -> Agreement:
    present = lock(agreement)
    AGREEMENT_TRANSITIONS.check(present.state, to_state)
    if not reason.strip():
        raise DomainError(_("Say why: the reason stays with the record."), code="reason", field="reason")
    return present


def _move(present: Agreement, to_state: AgreementState, actor: User | None, reason: str) -> Agreement:
    from_state, present.state = present.state, to_state
    present.revision += 1
    present.full_clean(exclude=["search_vector"])
    present.save(
        update_fields=[
            "state",
            "signed_on",
            "signed_year",
            "date_note",
            "terminated_on",
            "revision",
            "updated_at",
        ]
    )
    AgreementStateChange.objects.create(
        agreement=present, from_state=from_state, to_state=to_state, actor=actor, reason=reason.strip()[:500]
    )
    record(actor=actor, verb=Verb.MOVED, subject=present, reason=reason, from_state=from_state, to_state=to_state)
    return present


def _set_parties(agreement: Agreement, parties: Iterable[Party]) -> None:
    wanted = {party.name: party for party in parties}
    agreement.parties.exclude(name__in=wanted).delete()
    for party in wanted.values():
        AgreementParty.objects.update_or_create(
            agreement=agreement, name=party.name, defaults={"side": party.side, "organisation": party.organisation}
        )


def _set_bases(agreement: Agreement, bases: Iterable[Base]) -> None:
    wanted = list(bases)
    agreement.base_links.exclude(base__in=wanted).delete()
    for base in wanted:
        AgreementBase.objects.get_or_create(agreement=agreement, base=base)
