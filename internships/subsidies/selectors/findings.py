"""What speaks against paying a claim as it stands: looked for over many claims at once, a few statements a kind."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from internships.enums import ObjectionState
from internships.models import AttendanceObjection, Placement, Student
from internships.querysets import student_id_index
from internships.selectors.coverage import gaps_of
from internships.subsidies.enums import ENDED_WITHOUT_PAY, SETTLED_STATES, ClaimState, FlagKind
from internships.subsidies.models import BankAccount, Claim, ClaimFlag, OutsideEntry
from internships.subsidies.querysets import outside_index
from talent.models import Person
from talent.querysets import id_index
from wenxi_portal.core.masking import mask_name

# What is looked at: everything that may still be paid.
LOOKED_AT = [
    state for state in ClaimState if state not in (*ENDED_WITHOUT_PAY, *SETTLED_STATES, ClaimState.BATCHED)
]  # fmt: skip
# Findings that the portal takes back by itself when they are no longer so.
FOUND_BY_PORTAL = (
    FlagKind.OTHER_SCHEME, FlagKind.SAME_CARD, FlagKind.SAME_PERSON, FlagKind.COVER_GAP, FlagKind.OBJECTED_SHEET,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """One finding. ``about`` makes it one row; ``detail`` holds dates and masked names, never a full number."""

    claim: int
    kind: FlagKind
    about: str
    detail: str


def findings_of(claims: QuerySet[Claim]) -> list[Found]:
    """Return everything found about ``claims``, in a fixed number of statements."""
    return [
        *_other_schemes(claims),
        *_same_card(claims),
        *_same_person(claims),
        *_cover_gaps(claims),
        *_objected(claims),
    ]


def open_flags(claim: Claim) -> QuerySet[ClaimFlag]:
    """Return what holds ``claim``."""
    return claim.flags.filter(cleared_at__isnull=True)


def _same_card(claims: QuerySet[Claim]) -> Iterator[Found]:
    """Cards that stand with another person too, in an account that is in use or was paid to."""
    own = claims.filter(account__isnull=False).values_list("pk", "account__card_index", "student_id")
    rows = list(own)
    others: dict[str, list[tuple[int, str]]] = defaultdict(list)
    cards = {card for _pk, card, _student in rows}
    counted = Q(ended_at__isnull=True) | Exists(Claim.objects.counting().filter(account=OuterRef("pk")))
    accounts = BankAccount.objects.filter(counted, card_index__in=cards).order_by("student_id")
    for card, student, name in accounts.values_list("card_index", "student_id", "student__name").distinct():
        others[card].append((student, name))
    for pk, card, student in rows:
        for other, name in others[card]:
            if other != student:
                yield Found(pk, FlagKind.SAME_CARD, f"student:{other}", mask_name(name))


def _other_schemes(claims: QuerySet[Claim]) -> Iterator[Found]:
    """People on a list of another scheme for some of the claimed days. Only fingerprints are compared."""
    rows = list(claims.select_related("student").only("starts_on", "ends_on", "student__id_number"))
    if not rows or not OutsideEntry.objects.exists():
        return
    indexes = {claim.pk: outside_index(claim.student.id_number) for claim in rows}
    listed: dict[str, list[Any]] = defaultdict(list)
    for entry in OutsideEntry.objects.filter(id_index__in=set(indexes.values())).select_related("outside_list"):
        listed[entry.id_index].append(entry)
    for claim in rows:
        for entry in listed[indexes[claim.pk]]:
            if entry.starts_on <= claim.ends_on and (entry.ends_on is None or entry.ends_on >= claim.starts_on):
                until = entry.ends_on.isoformat() if entry.ends_on else ""
                detail = f"{entry.outside_list.scheme_name} · {entry.outside_list.source}"[:200]
                yield Found(
                    claim.pk, FlagKind.OTHER_SCHEME, f"entry:{entry.pk}", f"{detail} · {entry.starts_on}–{until}"
                )


def _same_person(claims: QuerySet[Claim]) -> Iterator[Found]:
    """Students whose person has another account, or another document with which somebody else applies."""
    students = {student.pk: student for student in Student.objects.filter(pk__in=claims.values("student"))}
    if not students:
        return
    by_index = {id_index(student.id_number): student.pk for student in students.values()}
    people = Person.objects.filter(id_index__in=by_index).values_list("pk", "id_index", "merged_into")
    roots = {by_index[index]: merged or pk for pk, index, merged in people}
    seconds = _second_accounts(students, roots)
    for pk, student in claims.values_list("pk", "student_id"):
        for about, name in seconds.get(student, ()):
            yield Found(pk, FlagKind.SAME_PERSON, about, mask_name(name))


def _second_accounts(students: dict[int, Student], roots: dict[int, int]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    family = Person.objects.filter(Q(pk__in=roots.values()) | Q(merged_into__in=roots.values()))
    members: dict[int, list[Person]] = defaultdict(list)
    for person in family.select_related("user"):
        members[person.merged_into_id or person.pk].append(person)
    indexes = {
        student_id_index(person.id_number): root
        for root, people in members.items() for person in people if person.id_number
    }  # fmt: skip
    also = defaultdict(list)
    for other in Student.objects.filter(Q(id_index__in=indexes) | Q(person__in=roots.values())):
        also[indexes.get(other.id_index, other.person_id)].append(other)
    for key, root in roots.items():
        for other in also[root]:
            if other.pk != key:
                found[key].append((f"student:{other.pk}", other.name))
        for person in members[root]:
            if person.user_id and person.user_id != students[key].user_id:
                found[key].append((f"account:{person.user_id}", person.name))
    return found


def _cover_gaps(claims: QuerySet[Claim]) -> Iterator[Found]:
    """Days of the stay without insurance: no payment across a gap (domain.md §4, Internships)."""
    open_stays = Placement.objects.filter(pk__in=claims.values("placement")).uncovered()
    gaps = {stay.pk: gaps_of(stay) for stay in open_stays.prefetch_related("insurances")}
    for pk, placement in claims.filter(placement__in=gaps).values_list("pk", "placement_id"):
        for first, last in gaps[placement]:
            yield Found(pk, FlagKind.COVER_GAP, f"{first}:{last}", f"{first} – {last}")


def _objected(claims: QuerySet[Claim]) -> Iterator[Found]:
    """Months of the claim to whose sheet the student objects, unanswered."""
    waiting = AttendanceObjection.objects.filter(state=ObjectionState.WAITING, sheet__placement=OuterRef("placement"))
    for claim in claims.filter(Exists(waiting)):
        sheets = AttendanceObjection.objects.filter(state=ObjectionState.WAITING, sheet__placement=claim.placement_id)
        months = sheets.filter(
            sheet__month__gte=claim.starts_on.replace(day=1), sheet__month__lte=claim.ends_on
        ).values_list("pk", "sheet__month")
        for pk, month in months:
            yield Found(claim.pk, FlagKind.OBJECTED_SHEET, f"objection:{pk}", f"{month:%Y-%m}")
