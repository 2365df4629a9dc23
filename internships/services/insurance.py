"""Accident insurance: entered for one stay or, from a group policy, for many at once; cancelled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from internships.enums import PlacementState
from internships.models import Insurance, InsurancePaper, Placement
from internships.services.kept_files import keep_upload
from internships.services.readiness import recheck
from internships.services.stay_rows import touch
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.services.entries import record
from wenxi_portal.core.editing import lock
from wenxi_portal.core.errors import DomainError

MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Policy:
    """What a policy says. ``sum_insured`` is in yuan, for each insured person; the days are both included."""

    insurer: str
    policy_number: str
    sum_insured: Decimal
    starts_on: date
    ends_on: date


@transaction.atomic
def insure(
    *, placements: Sequence[Placement], policy: Policy, actor: User | None, upload: UploadedFile | None = None
) -> list[Insurance]:
    """Enter ``policy`` for each stay; return what is new. A stay that has it already is passed over.

    A group policy is one paper for all. Raises ``DomainError`` for a cancelled stay and for days that miss a stay
    altogether, ``ValidationError`` for a policy that ends before it begins.
    """
    if not 0 < len(placements) <= MOST_AT_ONCE:
        raise DomainError(_("Choose between 1 and %(most)d stays.") % {"most": MOST_AT_ONCE}, code="number")
    paper = _kept(upload, policy, actor) if upload else None
    entered = []
    for placement in sorted(placements, key=lambda one: one.pk):
        stay = lock(placement)
        if stay.insurances.filter(policy_number=policy.policy_number.strip(), starts_on=policy.starts_on).exists():
            continue
        _check_fits(stay, policy)
        insurance = Insurance(
            placement=stay,
            insurer=policy.insurer.strip(),
            policy_number=policy.policy_number.strip(),
            sum_insured=policy.sum_insured,
            starts_on=policy.starts_on,
            ends_on=policy.ends_on,
            paper=paper,
            entered_by=actor,
        )
        insurance.full_clean()
        insurance.save()
        record(actor=actor, verb=Verb.CREATED, subject=insurance, stay=stay.pk)
        touch(stay)
        entered.append(insurance)
    return entered


@transaction.atomic
def cancel_insurance(*, insurance: Insurance, actor: User, on: date, reason: str) -> Insurance:
    """Cancel an insurance: from ``on`` it covers nothing. A stay that was ready goes back when a gap opens."""
    lock(insurance.placement)
    present = lock(insurance)
    if present.cancelled_on == on:
        return present
    if present.cancelled_on is not None:
        raise DomainError(_("This insurance is cancelled already."), code="transition")
    if not reason.strip():
        raise DomainError(_("Say why: the reason stays with the record."), code="reason", field="reason")
    present.cancelled_on = on
    present.full_clean()
    present.save(update_fields=["cancelled_on"])
    record(actor=actor, verb=Verb.CHANGED, subject=present, reason=reason, cancelled_on=on.isoformat())
    recheck(present.placement, actor=actor)
    return present


def _check_fits(stay: Placement, policy: Policy) -> None:
    if stay.state == PlacementState.CANCELLED:
        raise DomainError(_("%(stay)s is cancelled.") % {"stay": stay}, code="transition")
    if policy.ends_on >= policy.starts_on and (policy.ends_on < stay.starts_on or policy.starts_on > stay.ends_on):
        raise DomainError(
            _("The insurance covers no day of the stay of %(student)s.") % {"student": stay.student},
            code="outside",
            field="starts_on",
        )


def _kept(upload: UploadedFile, policy: Policy, actor: User | None) -> InsurancePaper:
    return keep_upload(paper=InsurancePaper(title=policy.policy_number.strip()), upload=upload, actor=actor)
