"""Many fictitious positions at once, spread over every facet, for counts and for measuring."""

from datetime import timedelta

from django.utils import timezone

from internships.enums import Discipline, PositionState, Sector
from internships.models import Position
from talent.enums import StudyLevel
from tests.bases.public.many import organisations
from wenxi_portal.core import search_text
from wenxi_portal.organisations.enums import OrganisationKind


def positions(number: int, *, hosts: int = 40) -> list[Position]:
    """Make ``number`` published positions; every ninth is past its day, every fourth wants no particular level."""
    today = timezone.localdate()
    units = organisations(OrganisationKind.LEAD_UNIT, "示例牵头单位", 8)
    houses = organisations(OrganisationKind.HOST, "示例企业", min(hosts, number))
    rows = []
    for at in range(number):
        title = f"示例岗位{at:05}"
        starts = today + timedelta(days=20 + 17 * (at % 20))
        rows.append(
            Position(
                title=title,
                host=houses[at % len(houses)],
                lead_unit=units[at % 8],
                sector=Sector.values[at % 5],
                work="示例工作内容",
                levels=[] if at % 4 == 3 else StudyLevel.values[at % 3 : at % 3 + 2],
                disciplines=[] if at % 5 == 4 else [Discipline.values[at % 12], Discipline.values[(at + 3) % 12]],
                majors=["示例专业"],
                seats=1 + at % 4,
                starts_on=starts,
                ends_on=starts + timedelta(days=25 + at % 60),
                apply_until=today - timedelta(days=1) if at % 9 == 8 else starts - timedelta(days=5),
                place=f"示例镇{at % 9:02}",
                lodging_offered=at % 2 == 0,
                transport_offered=at % 3 == 0,
                state=PositionState.PUBLISHED,
                published_at=timezone.now(),
                reconfirmed_on=today,
                sort_key=search_text.sort_key(title),
                search_vector=search_text.vector(search_text.lexemes([title])),
            )
        )
    return Position.objects.bulk_create(rows, batch_size=500)
