"""Fictitious applications and nominations in every state, for the sample positions that are open, through the verbs."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from internships.enums import ApplicationState
from internships.models import Application, Nomination, Position, Student
from internships.services.application import save_draft, start_application, submit, withdraw
from internships.services.application_moves import MOVER, move
from internships.services.deciding import hand_back, offer, refuse, shortlist, wait_list
from internships.services.demo_cast import Cast
from internships.services.demo_positions import SAMPLE
from internships.services.nomination import (
    confirm_nomination,
    decline_nomination,
    nominate,
    withdraw_nomination,
)
from internships.services.offers import accept, decline
from wenxi_portal.core.errors import DomainError

S = ApplicationState
LETTER = "我在家乡长大，想用所学做一点事。（示例）"
# The last two positions have two seats: both are promised, so that whoever comes after waits.
PLAN = (
    ("冶金工艺实习生", (S.SUBMITTED, S.SHORTLISTED, S.REFUSED, S.SUBMITTED)),
    ("数学支教实习", (S.SUBMITTED, S.DRAFT, S.SHORTLISTED)),
    ("财务助理", (S.HANDED_BACK, S.DECLINED, S.SUBMITTED)),
    ("镁合金材料检测员", (S.OFFERED, S.SUBMITTED)),
    ("外贸业务助理", (S.WITHDRAWN, S.SUBMITTED)),
    ("计算机课程助教", (S.LAPSED, S.SUBMITTED)),
    ("学生工作助理", (S.SUBMITTED, S.REFUSED)),
    ("实训指导教师助理", (S.DRAFT, S.SHORTLISTED)),
    ("物理实验室助理", (S.ACCEPTED, S.OFFERED, S.WAIT_LISTED, S.WAIT_LISTED)),
    ("人力资源实习生", (S.ACCEPTED, S.OFFERED, S.WAIT_LISTED, S.WAIT_LISTED)),
)
FIGURE_APPLIES = ("数据分析实习生", S.SHORTLISTED)
NOMINATED = (
    ("新材料实验助理", ""),
    ("市场营销实习生", "confirmed"),
    ("生产计划实习生", "declined"),
    ("网络管理实习生", "withdrawn"),
    ("压铸工艺见习技术员", ""),
    ("设备管理实习生", ""),
)
REASONS = {S.REFUSED: "专业方向与岗位要求不一致。（示例）", S.HANDED_BACK: "请补充可以到岗的时间。（示例）"}


def make_demo_applications(*, students: Sequence[Student], figure: Student | None, cast: Cast) -> int:
    """Play what is missing of the plan with ``students`` who are free to come; return how many were made.

    A refusal by the rules (too many under way, elsewhere in that time) leaves that one out, whole.
    """
    cases = [(figure, *FIGURE_APPLIES)] if figure else []
    turn = 0
    for title, states in PLAN if students else ():
        # What a run before this one made counts, whoever applied: a larger number of interns doubles nothing.
        there = Application.objects.filter(position__title=f"{title}{SAMPLE}", is_demo=True).count()
        for number, state in enumerate(states):
            if number >= there:
                cases.append((students[turn % len(students)], title, state))
            turn += 1
    return sum(_play(student, title, state, cast) for student, title, state in cases)


def make_demo_nominations(*, students: Sequence[Student], cast: Cast) -> int:
    """Let the liaison nominate ``students`` of the own university, one a position; return how many."""
    return sum(_nominate(student, *case, cast) for student, case in zip(students, NOMINATED, strict=False))


def _play(student: Student, title: str, state: ApplicationState, cast: Cast) -> bool:
    position = _open_position(title)
    if position is None or Application.objects.filter(student=student, position=position).exists():
        return False
    try:
        with transaction.atomic():
            _apply(student, position, state, cast)
    except DomainError:
        return False
    return True


def _apply(student: Student, position: Position, state: ApplicationState, cast: Cast) -> None:
    application = start_application(student=student, position=position, actor=student.user)
    application.is_demo = True
    application.save(update_fields=["is_demo"])
    answers = {"letter": LETTER, "available_from": position.starts_on, "available_until": position.ends_on}
    application = save_draft(application=application, answers=answers)  # type: ignore[arg-type]
    if state != S.DRAFT:
        application = submit(application=application, actor=student.user)
        _decide(application, state, cast)


def _decide(application: Application, state: ApplicationState, cast: Cast) -> None:
    student, host = application.student.user, cast.host
    if state in REASONS:
        verb = refuse if state == S.REFUSED else hand_back
        verb(application=application, actor=host, reason=REASONS[state])
    elif state == S.WITHDRAWN:
        withdraw(application=application, actor=student)
    elif state == S.LAPSED:
        move(MOVER.locked(application, S.LAPSED), S.LAPSED, actor=None, reason="逾期未答复。（示例）")
    elif state != S.SUBMITTED:
        application = shortlist(application=application, actor=host)
        if state == S.WAIT_LISTED:
            wait_list(application=application, actor=host)
        elif state != S.SHORTLISTED:
            _offered(application, state, cast)


def _offered(application: Application, state: ApplicationState, cast: Cast) -> None:
    # Longer than usual, so that the demonstration shows open offers for some days.
    until = timezone.now() + timedelta(days=7 + application.pk % 5)
    application = offer(application=application, actor=cast.host, until=until)
    if state == S.ACCEPTED:
        accept(application=application, actor=application.student.user)
    elif state == S.DECLINED:
        decline(application=application, actor=application.student.user, reason="时间安排有变。（示例）")


def _nominate(student: Student, title: str, answer: str, cast: Cast) -> bool:
    position, university, email = _open_position(title), cast.own_university(), student.user.email or ""
    if position is None or university is None:
        return False
    if Nomination.objects.filter(position=position, university=university, email=email).exists():
        return False
    nomination = Nomination(
        university=university, position=position, name=student.name, email=email, level=student.level,
        major=student.major, note="学院推荐。（示例）",
    )  # fmt: skip
    try:
        with transaction.atomic():
            _answer(nominate(nomination=nomination, actor=cast.university), student, answer, cast)
    except DomainError:
        return False
    return True


def _answer(nomination: Nomination, student: Student, answer: str, cast: Cast) -> None:
    if answer == "confirmed":
        application = confirm_nomination(nomination=nomination, student=student, actor=student.user)
        application.is_demo = True
        application.save(update_fields=["is_demo"])
    elif answer == "declined":
        decline_nomination(nomination=nomination, actor=student.user)
    elif answer == "withdrawn":
        withdraw_nomination(nomination=nomination, actor=cast.university)


def _open_position(title: str) -> Position | None:
    found: Position | None = Position.objects.open().filter(title=f"{title}{SAMPLE}", is_demo=True).first()
    return found
