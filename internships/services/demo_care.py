"""Fictitious beds, shuttles, activities, requests and visits for the demonstration, recognisable as such."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from internships.enums import (
    STAYS_TO_COME,
    ActivityKind,
    ActivityState,
    CareKind,
    ServiceKind,
    SignUpState,
    SupportKind,
)
from internships.models import (
    ActivitySignUp,
    GroupActivity,
    Lodging,
    Placement,
    ServiceRequest,
    ShuttleRun,
    SupportRequest,
)
from internships.selectors.cases import window_unit
from internships.selectors.shuttle import drives_around
from internships.services.activity import open_activity, save_activity, sign_up
from internships.services.care import log_care
from internships.services.cases import answer, ask_at_window, ask_for_support, take_up
from internships.services.lodging import add_beds, give_bed, save_lodging
from internships.services.shuttle import save_shuttle, take_seat
from talent.enums import Sex
from wenxi_portal.accounts.models import User
from wenxi_portal.core.errors import DomainError

MOST = 30
ROOM = 4
ASKED = (
    (SupportKind.MEALS, "食堂周末几点开门？附近还有哪里可以吃饭？（示例）", False),
    (SupportKind.TRANSPORT, "下夜班没有公交车，能不能安排班车？（示例）", False),
    (SupportKind.LODGING, "宿舍的热水器坏了。（示例）", False),
    (SupportKind.HEALTH, "感冒发烧，想知道最近的医院怎么走。（示例）", True),
)
WINDOW = (
    (ServiceKind.ARCHIVE, "毕业后档案想转回闻喜，需要准备什么？（示例）"),
    (ServiceKind.GUIDANCE, "想请老师看看我的简历。（示例）"),
)


@transaction.atomic
def make_demo_care(*, stays: Sequence[Placement], officer: User) -> int:
    """Give demo ``stays`` what the county does for those who come; ``officer`` of their lead unit acts.

    Returns how many rows were entered (0 when they were there before, or no stay is to come).
    """
    coming = [stay for stay in stays if stay.state in STAYS_TO_COME][:MOST]
    if not coming or Lodging.objects.filter(is_demo=True).exists():
        return 0
    made = _beds(coming, officer) + _shuttles(coming, officer) + _activities(coming, officer)
    return made + _requests(coming, officer) + _visits(coming, officer)


def _beds(stays: Sequence[Placement], officer: User) -> int:
    house = save_lodging(
        lodging=Lodging(
            name="示例人才公寓",
            owner_unit=stays[0].lead_unit,
            address="演示路1号（示例）",
            house_rules="晚上十一点后请保持安静。\n来客请在门卫处登记。（示例）",
            keeper=officer,
            is_demo=True,
        ),
        actor=officer,
    )
    floors = {Sex.FEMALE.value: "1", Sex.MALE.value: "2", "": "3"}
    for sex, floor in floors.items():
        number = sum(stay.student.sex == sex if sex else stay.student.sex not in floors for stay in stays)
        for room in range(1 + number // ROOM):
            add_beds(lodging=house, room=f"{floor}{room + 1:02}", number=ROOM, sex=sex, actor=officer)
    # Every third waits for a bed still, so that the list of those who need one shows somebody.
    given = [stay for at, stay in enumerate(stays) if at % 3 < 2]
    for stay in given:
        give_bed(placement=stay, lodging=house, actor=officer)
    return 1 + len(given)


def _shuttles(stays: Sequence[Placement], officer: User) -> int:
    made = 0
    for days, name, start, goal in (
        (1, "示例接站班车", "示例火车站", "示例人才公寓"),
        (5, "示例周末班车", "示例人才公寓", "示例县城"),
    ):
        run = ShuttleRun(
            name=name, owner_unit=stays[0].lead_unit, leaves_at=_clock(days, 9), from_place=start, to_place=goal,
            seats=12, plate="演示A0000", driver=officer, is_demo=True,
        )  # fmt: skip
        save_shuttle(run=run, actor=officer)
        for stay in [stay for stay in stays if drives_around(run, stay)][:7]:
            take_seat(run=run, placement=stay, actor=officer)
            made += 1
        made += 1
    return made


def _activities(stays: Sequence[Placement], officer: User) -> int:
    coming = save_activity(activity=_activity("示例红色教育参观", ActivityKind.RED_EDUCATION, stays, 4), actor=officer)
    coming = open_activity(activity=coming, actor=officer)
    save_activity(activity=_activity("示例村庄调研", ActivityKind.VILLAGE_STUDY, stays, 12), actor=officer)
    made = 3
    for stay in stays[:8]:
        try:
            sign_up(activity=coming, placement=stay, actor=officer)
        except DomainError:
            continue  # The stay does not run on that day.
        made += 1
    past = _activity("示例座谈会", ActivityKind.TALK, stays, -6)
    past.state, past.report = ActivityState.HELD, "大家谈了实习的收获和困难。（示例）"
    past.full_clean()
    past.save()
    for seat, stay in enumerate(stays[: past.seats], start=1):
        state = SignUpState.MISSED if seat == 3 else SignUpState.ATTENDED
        ActivitySignUp.objects.create(activity=past, placement=stay, state=state, seat=seat)
        made += 1
    return made


def _activity(title: str, kind: ActivityKind, stays: Sequence[Placement], days: int) -> GroupActivity:
    return GroupActivity(
        title=title, kind=kind, unit=stays[0].lead_unit, place="示例村", seats=6, is_demo=True,
        begins_at=_clock(days, 9), ends_at=_clock(days, 12), text="上午九点集合，自备饮水。（示例）",
    )  # fmt: skip


def _requests(stays: Sequence[Placement], officer: User) -> int:
    cases = []
    for at, (kind, text, is_urgent) in enumerate(ASKED):
        stay = stays[at % len(stays)]
        case = SupportRequest(placement=stay, kind=kind, text=text, is_urgent=is_urgent, is_demo=True)
        cases.append(ask_for_support(request=case, actor=stay.student.user))
    SupportRequest.objects.filter(pk=cases[1].pk).update(due_on=timezone.localdate() - timedelta(days=2))
    _answered(cases[0], officer, "周末早上八点到十点、中午十二点到一点开门。（示例）")
    if window_unit() is None:
        return len(cases)
    for at, (service, text) in enumerate(WINDOW):
        user = stays[at % len(stays)].student.user
        asked = ServiceRequest(kind=service, name=user.name or "演示", text=text, is_demo=True)
        ask_at_window(request=asked, actor=user)
    return len(cases) + len(WINDOW)


def _answered(case: SupportRequest, officer: User, text: str) -> None:
    """Have the officer answer, where the officer may."""
    if case.unit.memberships.current().filter(user=officer).exists():
        take_up(request=case, actor=officer)
        answer(request=case, actor=officer, text=text)


def _visits(stays: Sequence[Placement], officer: User) -> int:
    today = timezone.localdate()
    log_care(placement=stays[0], kind=CareKind.VISIT, on=today, text="到岗看望，一切顺利。（示例）", actor=officer)
    log_care(placement=stays[-1], kind=CareKind.FESTIVAL, on=today, text="送节日慰问品。（示例）", actor=officer)
    return 2


def _clock(days: int, hour: int) -> datetime:
    day = timezone.localtime().replace(hour=hour, minute=0, second=0, microsecond=0)
    return day + timedelta(days=days)
