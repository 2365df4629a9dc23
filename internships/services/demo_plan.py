"""What each fictitious student of the demonstration does: at which host, how the stay goes, what is studied.

The students of ``ARTICLE`` play the figures that the county has published: 71 undergraduates at one enterprise for two
months each, and ten who train as teachers with eighteen months between them.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from internships.services.demo_stays import COURSES, Course
from talent.enums import StudyLevel

STEELWORKS, SCHOOL = "山西建龙", "闻喜中学"
# In this order students go to hosts: those of the demonstration's figures come up twice.
HOSTS = (
    SCHOOL, STEELWORKS, "八达镁业有限公司", SCHOOL, "五四一高级技工学校", STEELWORKS,
    "山西水发振鑫镁业有限公司", "城东计算机学校", "山西宝盛远华新材料股份有限公司",
)  # fmt: skip
# The student whom a visitor of the demonstration can be: on post at the host whom a visitor can be.
FIGURE = 1
# Every fourth who is hired stays with an employer for whom the county pays no bonus.
HIRED_ELSEWHERE = 18
ARTICLE = range(60, 141)
UNDERGRADUATES = 71
# Of ten trainee teachers eight stay for two months and two for one.
TWO_MONTHS = ARTICLE.start + UNDERGRADUATES + 8


@dataclass(frozen=True, slots=True)
class Part:
    """The part of one student: ``course`` at ``host``; ``teaches``: trains as a teacher."""

    course: Course
    host: str
    level: StudyLevel
    teaches: bool = False


def part_of(number: int) -> Part:
    """Return the part of student ``number``, counted from 0."""
    if number in ARTICLE:
        return _of_the_article(number)
    course = COURSES[number % len(COURSES)]
    hired = course.name == "hired" and number % (2 * len(COURSES)) != HIRED_ELSEWHERE
    level = StudyLevel.MASTER if number % 5 == 4 else StudyLevel.BACHELOR
    return Part(course, STEELWORKS if hired else HOSTS[number % len(HOSTS)], level)


def parts_of_figure() -> tuple[Part, ...]:
    """Return what the visitor's student did before: stays that were over long ago, so that money came of them."""
    return (
        Part(Course("earlier", -310, -240), SCHOOL, StudyLevel.BACHELOR),
        Part(Course("certified", -170, -100), STEELWORKS, StudyLevel.BACHELOR),
    )


def _of_the_article(number: int) -> Part:
    teaches = number >= ARTICLE.start + UNDERGRADUATES
    first, last = _whole_months(1 if number >= TWO_MONTHS else 2)
    return Part(Course("article", first, last), SCHOOL if teaches else STEELWORKS, StudyLevel.BACHELOR, teaches)


def _whole_months(number: int) -> tuple[int, int]:
    """Return first and last day, from today, of so many whole months that ended about seven months ago."""
    today = timezone.localdate()
    ended = (today - timedelta(days=210)).replace(day=1)
    begun = date(ended.year - (ended.month <= number), (ended.month - number - 1) % 12 + 1, 1)
    return (begun - today).days, (ended - today).days - 1
