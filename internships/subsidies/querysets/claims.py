"""Policies, claims and what belongs to them, by who may see them."""

from datetime import date
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from internships.querysets import rows_of
from internships.subsidies.enums import ENDED_WITHOUT_PAY, ClaimState, PolicyState
from wenxi_portal.core import cipher
from wenxi_portal.core.validators import normalise_digits
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW, own_organisations

Visitor = AbstractBaseUser | AnonymousUser
# Of those who pay: every claim and account, and nothing else of the county.
SEE_EVERY_CLAIM = "subsidies.see_every_claim"
CARD_CONTEXT = "subsidies.bank_account.card"
OBJECTION_CONTEXT = "subsidies.notice_objection"
OUTSIDE_CONTEXT = "subsidies.outside_entry"
PACK_CONTEXT = "subsidies.audit_pack"
FILE_CONTEXT = "subsidies.bank_file"


def card_index(card: str) -> str:
    """Return the fingerprint by which two uses of one card are found."""
    return cipher.keyed_index(normalise_digits(card), context=CARD_CONTEXT)


def outside_index(id_number: str) -> str:
    """Return the fingerprint of an ID number on a list of another scheme."""
    return cipher.keyed_index(normalise_digits(id_number).upper(), context=OUTSIDE_CONTEXT)


def sees_every_claim(user: Visitor) -> bool:
    """Tell whether ``user`` sees the claims of every unit: whoever sees every row, and finance."""
    return user.has_perm(SEE_EVERY_ROW) or user.has_perm(SEE_EVERY_CLAIM)  # type: ignore[union-attr]


def claims_of(user: Visitor, prefix: str = "") -> Q | None:
    """Return which claims ``user`` may see as a condition, None for all of them.

    The student and the lead unit see theirs; a host sees those of its stays; whoever sees every row sees all.
    """
    if sees_every_claim(user):
        return None
    if not user.is_authenticated:
        return Q(pk__in=[])
    own = own_organisations(user)
    return (
        Q(**{f"{prefix}student__user": user}) | Q(**{f"{prefix}lead_unit__in": own}) | Q(**{f"{prefix}host__in": own})
    )


class PolicyQuerySet(models.QuerySet[Any]):
    """Policies by state and day."""

    def approved(self) -> Self:
        """Versions that bind."""
        return self.filter(state=PolicyState.APPROVED)

    def in_force_on(self, day: date) -> Self:
        """Approved versions that hold on ``day``: at most one a scheme."""
        return self.approved().filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day)


class ClaimQuerySet(models.QuerySet[Any]):
    """Claims by who may see them and where they stand."""

    def visible_to(self, user: Visitor) -> Self:
        """Claims ``user`` may see (see ``claims_of``)."""
        condition = claims_of(user)
        return self if condition is None else self.filter(condition)

    def of_student(self, user: Visitor) -> Self:
        """The own claims of a student."""
        return self.filter(student__user=user) if user.is_authenticated else self.none()

    def of_hosts(self, user: Visitor) -> Self:
        """Claims for stays at the hosts ``user`` belongs to."""
        return self.filter(host__in=own_organisations(user)) if user.is_authenticated else self.none()

    def counting(self) -> Self:
        """Claims that count against caps: everything that was not refused or withdrawn."""
        return self.exclude(state__in=ENDED_WITHOUT_PAY)

    def held(self) -> Self:
        """Claims with a finding that nobody has settled."""
        return self.filter(flags__cleared_at__isnull=True, flags__isnull=False).distinct()

    def past_due(self, today: date) -> Self:
        """Drafts and handed-back claims whose window has closed."""
        return self.filter(state__in=[ClaimState.DRAFT, ClaimState.HANDED_BACK], due_on__lt=today)


class OfClaimQuerySet(models.QuerySet[Any]):
    """Rows that belong to a claim and are seen by whoever sees the claim."""

    def visible_to(self, user: Visitor) -> Self:
        """Rows of claims ``user`` may see."""
        condition = claims_of(user, "claim__")
        return self if condition is None else self.filter(condition)


class OfStayQuerySet(models.QuerySet[Any]):
    """Rows that belong to a stay and are seen by whoever works with the stay."""

    def visible_to(self, user: Visitor) -> Self:
        """Rows of stays ``user`` may work with."""
        condition = rows_of(user, "placement__")
        return self if condition is None else self.filter(condition)


class BankAccountQuerySet(models.QuerySet[Any]):
    """Bank accounts of students."""

    def visible_to(self, user: Visitor) -> Self:
        """The own accounts; those of students with a claim the unit sees; for the department and finance all."""
        if sees_every_claim(user):
            return self
        if not user.is_authenticated:
            return self.none()
        own = own_organisations(user)
        return self.filter(Q(student__user=user) | Q(student__claims__lead_unit__in=own)).distinct()

    def in_use(self) -> Self:
        """Accounts that no other has replaced."""
        return self.filter(ended_at__isnull=True)
