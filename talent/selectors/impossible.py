"""Rows that should be impossible: services refuse them, but a race, raw SQL or a membership that ran out makes them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talent.enums import FlexibleState, PersonState
from talent.models import Contact, FlexibleAgreement, Person, TownshipCollector
from wenxi_portal.organisations.models import Membership

_SEES_ALL = Q(next_owner__groups__permissions__codename="see_every_row")
_OFFICER_SEES_ALL = Q(officer__groups__permissions__codename="see_every_row")


@dataclass(frozen=True, slots=True)
class Check:
    """One sort of such rows: its key in messages, its words, and the query that finds them."""

    key: str
    words: str | Promise
    rows: Callable[[], QuerySet[Any]]


def _of_closed_accounts() -> QuerySet[Contact]:
    steps: QuerySet[Contact] = Contact.objects.orphaned()
    return steps


def _of_former_members() -> QuerySet[Contact]:
    """Open steps whose owner belonged to the person's unit and does not any more, nor to the staff who see all."""
    today = timezone.localdate()
    theirs = Membership.objects.filter(user=OuterRef("next_owner"), organisation=OuterRef("person__owner_unit"))
    past = theirs.filter(until__lt=today)
    present = theirs.filter(Q(until__isnull=True) | Q(until__gte=today), since__lte=today)
    gone = Contact.objects.open_steps().filter(Exists(past), ~Exists(present), next_owner__is_active=True)
    return gone.exclude(_SEES_ALL)


def _out_of_sight() -> QuerySet[Contact]:
    """Open steps whose owner may not open the person's record: ``rows_of`` for many owners at once.

    Steps of closed accounts and of former members are counted as such.
    """
    today = timezone.localdate()
    of_unit = Membership.objects.filter(user=OuterRef("next_owner"), organisation=OuterRef("person__owner_unit"))
    current = of_unit.filter(Q(until__isnull=True) | Q(until__gte=today), since__lte=today)
    collected = TownshipCollector.objects.filter(user=OuterRef("next_owner"))
    theirs = collected.filter(township=OuterRef("person__native_township"))
    sees = Exists(theirs) | (~Exists(collected) & Exists(current))
    hidden = Contact.objects.open_steps().filter(~sees, next_owner__is_active=True)
    return hidden.exclude(_SEES_ALL).exclude(pk__in=_of_former_members().order_by().values("pk"))


def _people_out_of_sight() -> QuerySet[Person]:
    """People whose officer may not open the record (see ``_out_of_sight``); closed accounts are counted apart."""
    today = timezone.localdate()
    of_unit = Membership.objects.filter(user=OuterRef("officer"), organisation=OuterRef("owner_unit"))
    current = of_unit.filter(Q(until__isnull=True) | Q(until__gte=today), since__lte=today)
    collected = TownshipCollector.objects.filter(user=OuterRef("officer"))
    sees = Exists(collected.filter(township=OuterRef("native_township"))) | (~Exists(collected) & Exists(current))
    named: QuerySet[Person] = Person.objects.active().filter(officer__isnull=False, officer__is_active=True)
    return named.filter(~sees).exclude(_OFFICER_SEES_ALL).order_by("pk")


def _people_of_closed_accounts() -> QuerySet[Person]:
    people: QuerySet[Person] = Person.objects.active().filter(officer__isnull=False, officer__is_active=False)
    return people.order_by("pk")


def _of_nobody_on_file() -> QuerySet[Contact]:
    return Contact.objects.open_steps().exclude(person__state=PersonState.ACTIVE)


def _agreements_of_closed_accounts() -> QuerySet[FlexibleAgreement]:
    return FlexibleAgreement.objects.filter(state=FlexibleState.SIGNED, owner__is_active=False)


def _townships_of_closed_accounts() -> QuerySet[TownshipCollector]:
    return TownshipCollector.objects.filter(user__is_active=False)


CHECKS = (
    Check("closed_account", _("Steps of officers who have left"), _of_closed_accounts),
    Check("former_member", _("Steps of officers who have left the unit"), _of_former_members),
    Check("out_of_sight", _("Steps of officers who may not open the record"), _out_of_sight),
    Check("not_on_file", _("Steps about people no longer on file"), _of_nobody_on_file),
    Check("closed_officer", _("People whose officer has left"), _people_of_closed_accounts),
    Check("unseen_officer", _("People whose officer may not open the record"), _people_out_of_sight),
    Check("closed_agreement", _("Flexible agreements of officers who have left"), _agreements_of_closed_accounts),
    Check("closed_township", _("Townships of officers who have left"), _townships_of_closed_accounts),
)


def words_of(key: str) -> str:
    """Return a sort of impossible rows in words; a key that is no longer checked stays as it is."""
    return next((str(check.words) for check in CHECKS if check.key == key), key)


def count_impossible() -> dict[str, int]:
    """Return how many impossible rows there are, by sort; sorts without any are left out."""
    counted = {check.key: check.rows().order_by().count() for check in CHECKS}
    return {key: number for key, number in counted.items() if number}
