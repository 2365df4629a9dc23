"""Everything the internships room shows in a demonstration, area by area."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from internships.enums import STAYS_TO_COME, ApplicationState
from internships.models import Application, Placement, Student
from internships.services.demo_applications import make_demo_applications, make_demo_nominations
from internships.services.demo_care import make_demo_care
from internships.services.demo_cast import Cast
from internships.services.demo_plan import FIGURE, HOSTS, Part, part_of, parts_of_figure
from internships.services.demo_positions import Row, host_of, make_demo_positions, sample_rows
from internships.services.demo_rounds import ROUNDS, accepted_application, round_of
from internships.services.demo_stays import Course, make_demo_stay
from internships.services.demo_students import Study, demo_student, universities_of

# More would not find a seat, nor a number of their own.
MOST_INTERNS = 300
OVER = {"certified", "hired", "completed", "article"}
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
    free = [student for number, student in enumerate(students) if part_of(number).course.name in OVER]
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
        part = part_of(number)
        user, earlier = (cast.student, parts_of_figure()) if number == FIGURE else (None, ())
        with transaction.atomic():
            study = Study(part.level, universities, teaches=part.teaches)
            student = demo_student(number=number, user=user, study=study)
            stays += sum(_play_part(student, one, rows, cast) for one in (*earlier, part))
        students.append(student)
        progress(1)
    return students, stays


def _play_part(student: Student, part: Part, rows: list[Row], cast: Cast) -> bool:
    at_host = [row for row in rows if row["host"] == part.host]
    # One position a round at each host.
    row = at_host[list(ROUNDS).index(round_of(part.course)) % len(at_host)]
    application = accepted_application(student=student, course=part.course, row=row)
    return application is not None and _play_stay(application, part.course, cast)


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
