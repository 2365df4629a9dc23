"""Everything the internships room shows in a demonstration, area by area."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from internships.enums import STAYS_TO_COME, ApplicationState
from internships.models import Application, Placement, Student
from internships.services.demo_applications import make_demo_applications, make_demo_nominations
from internships.services.demo_care import make_demo_care
from internships.services.demo_cast import Cast
from internships.services.demo_positions import host_of, make_demo_positions, sample_rows
from internships.services.demo_rounds import ROUNDS, accepted_application, round_of
from internships.services.demo_stays import COURSES, Course, make_demo_stay
from internships.services.demo_students import demo_student, universities_of

# In this order students go to hosts: those of the demonstration's figures come up twice.
HOSTS = (
    "闻喜中学", "山西建龙", "八达镁业有限公司", "闻喜中学", "五四一高级技工学校", "山西建龙",
    "山西水发振鑫镁业有限公司", "城东计算机学校", "山西宝盛远华新材料股份有限公司",
)  # fmt: skip
# The student whom a visitor of the demonstration can be: on post at the host whom a visitor can be.
FIGURE = 1
# More would not find a seat, nor a number of their own.
MOST_INTERNS = 300
OVER = {"certified", "hired", "completed"}
Progress = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Made:
    """How many records were made."""

    positions: int
    stays: int = 0
    applications: int = 0


def load_demo_internships(*, cast: Cast | None, interns: int, progress: Progress = lambda _number: None) -> Made:
    """Make the sample records of this room that are missing: positions, and ``interns`` students with all they did.

    Without a ``cast``, or without the hosts of the samples on file, positions alone. Each student is played in one
    transaction, so a run that was cut off goes on where it stopped.
    """
    positions = make_demo_positions()
    if cast is None or any(host_of({"host": name}) is None for name in HOSTS):
        return Made(positions)
    students, stays = _play_students(cast, interns, progress)
    free = [student for number, student in enumerate(students) if COURSES[number % len(COURSES)].name in OVER]
    figure = students[FIGURE] if len(students) > FIGURE else None
    applications = make_demo_applications(students=free, figure=figure, cast=cast)
    university = cast.own_university()
    own = [student for student in students if university and student.university_id == university.pk]
    make_demo_nominations(students=own, cast=cast)
    _care(cast)
    return Made(positions, stays, applications)


def _play_students(cast: Cast, interns: int, progress: Progress) -> tuple[list[Student], int]:
    rows, universities = sample_rows(), universities_of(cast.own_university())
    students, stays = [], 0
    for number in range(interns):
        course, host = COURSES[number % len(COURSES)], HOSTS[number % len(HOSTS)]
        at_host = [row for row in rows if row["host"] == host]
        # One position a round at each host.
        row = at_host[list(ROUNDS).index(round_of(course)) % len(at_host)]
        with transaction.atomic():
            user = cast.student if number == FIGURE else None
            student = demo_student(number=number, user=user, universities=universities)
            application = accepted_application(student=student, course=course, row=row)
            stays += application is not None and _play_stay(application, course, cast)
        students.append(student)
        progress(1)
    return students, stays


def _play_stay(application: Application, course: Course, cast: Cast) -> bool:
    if application.state != ApplicationState.ACCEPTED:
        return False
    officer = cast.officer_of(application.position.lead_unit)
    make_demo_stay(application=application, course=course, officer=officer, host=cast.host)
    return True


def _care(cast: Cast) -> None:
    """Look after those who come, beginning with those of the officer's own unit."""
    unit = cast.own_unit()
    coming = Placement.objects.filter(is_demo=True, state__in=STAYS_TO_COME).order_by("starts_on", "pk")
    stays = sorted(
        coming.select_related("student__user", "lead_unit"),
        key=lambda stay: unit is None or stay.lead_unit_id != unit.pk,
    )
    make_demo_care(stays=stays, officer=cast.officer)
