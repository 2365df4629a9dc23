"""What has changed under a claim since it was handed in: its attendance, its stay, its policy."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import DateField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from internships.enums import PlacementState, SheetState
from internships.models import AttendanceSheet
from internships.subsidies.enums import PolicyState, SchemeKind
from internships.subsidies.models import Claim, ClaimLine, Policy

ATTENDANCE = gettext_lazy("an attendance sheet was corrected")
STAY = gettext_lazy("the days of the stay were changed")
POLICY = gettext_lazy("another policy is in force for these days")


@dataclass(frozen=True, slots=True)
class Change:
    """What changed under which claim."""

    claim: int
    kind: str
    words: Promise


def changes_of(claims: QuerySet[Claim]) -> list[Change]:
    """Return what has changed under ``claims``, one statement a kind."""
    return [*_named(replaced(claims), "attendance", ATTENDANCE), *_named(moved(claims), "stay", STAY),
            *_named(outdated(claims), "policy", POLICY)]  # fmt: skip


def replaced(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Claims that count a sheet which a newer version has replaced.

    Months of a stay are cut out of two sheets and their lines name neither: there a version confirmed after the
    claim was handed in tells it.
    """
    lines = ClaimLine.objects.filter(
        claim=OuterRef("pk"), computation=OuterRef("computation"), sheet__state=SheetState.REPLACED
    )
    newer = AttendanceSheet.objects.valid().filter(
        placement=OuterRef("placement"), version__gt=1, confirmed_at__gt=OuterRef("submitted_at"),
        month__gte=TruncMonth(ExpressionWrapper(OuterRef("starts_on"), DateField())), month__lte=OuterRef("ends_on"),
    )  # fmt: skip
    return claims.filter(Exists(lines) | Q(Exists(newer), kind=SchemeKind.ALLOWANCE))


def moved(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Allowances with days that are no longer days of the stay."""
    outside = Q(ends_on__gt=F("placement__ends_on")) | Q(starts_on__lt=F("placement__starts_on"))
    cancelled = Q(placement__state=PlacementState.CANCELLED)
    return claims.filter(outside | cancelled, kind=SchemeKind.ALLOWANCE)


def outdated(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Claims whose policy ended before their days, where a newer version holds."""
    newer = Policy.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=OuterRef("starts_on")),
        scheme=OuterRef("scheme"), state=PolicyState.APPROVED, valid_from__lte=OuterRef("starts_on"),
    ).exclude(pk=OuterRef("policy"))  # fmt: skip
    return claims.filter(Exists(newer), policy__valid_until__lt=F("starts_on"))


def _named(claims: QuerySet[Claim], kind: str, words: Promise) -> Iterator[Change]:
    for pk in claims.order_by("pk").values_list("pk", flat=True):
        yield Change(pk, kind, words)
