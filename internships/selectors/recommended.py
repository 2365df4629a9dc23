"""Positions that fit a student, best first, each with the reason why it is proposed."""

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.db.models import Q

from internships.enums import Discipline
from internships.models import Position, Student
from internships.selectors.positions import card_rows

MOST = 20
# So many times more rows are looked at than shown, to find the best reasons among the soonest deadlines.
LOOKED_AT = 5
_WORDS = Path(__file__).resolve().parents[1] / "data" / "majors.json"
# A major is compared by its characters without what every name of a major may carry.
_ENDINGS: tuple[str, ...] = tuple(json.loads(_WORDS.read_text(encoding="utf-8"))["endings"])


class Reason(StrEnum):
    """Why a position is proposed, strongest first."""

    MAJOR = "major"
    FIELD = "field"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A card of a position with the reason; ``word`` is the major or field that fits."""

    row: dict[str, Any]
    reason: Reason
    word: str


def recommended_for(student: Student, most: int = MOST) -> list[Recommendation]:
    """Return open positions for the student's level whose major, field of study or words fit (one statement).

    A position open to every major is proposed only where its words name the student's.
    """
    stem = _stem(student.major)
    fits = Q(majors__contains=[student.major]) if student.major else Q(pk__in=[])
    if stem:
        fits |= Q(title__icontains=stem) | Q(wanted__icontains=stem) | Q(majors__icontains=stem)
    if student.discipline:
        fits |= Q(disciplines__contains=[student.discipline])
    level = Q(levels=[]) | Q(levels__contains=[student.level])
    rows = Position.objects.open().with_openness().filter(fits, level).order_by("apply_until", "pk")
    found = [_recommendation(row, student, stem) for row in card_rows(rows)[: LOOKED_AT * most]]
    return sorted(found, key=lambda one: _RANKS[one.reason])[:most]


def _recommendation(row: dict[str, Any], student: Student, stem: str) -> Recommendation:
    named = next((major for major in row["majors"] if stem and (stem in major or _stem(major) in student.major)), "")
    if named:
        return Recommendation(row, Reason.MAJOR, named)
    if student.discipline and student.discipline in row["disciplines"]:
        return Recommendation(row, Reason.FIELD, str(Discipline(student.discipline).label))
    return Recommendation(row, Reason.WORDS, stem)


def _stem(major: str) -> str:
    """Return the part of a major's name by which it is compared; empty where too little would be left."""
    text = major.strip()
    for ending in _ENDINGS:
        if text.endswith(ending) and len(text) - len(ending) >= 2:
            text = text.removesuffix(ending)
    return text if len(text) >= 2 else ""


_RANKS = {reason: at for at, reason in enumerate(Reason)}
