"""Fictitious stays in every state, played through the verbs as people would: nothing is written past them.

The days lie around today; the same applications give the same stays. Every row is marked as a demo record.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from internships.enums import AgreementParty, Grade, Outcome
from internships.models import Application, Placement
from internships.selectors.attendance import due_months
from internships.services.attendance import confirm_sheet, open_sheet
from internships.services.certificate import issue_certificate
from internships.services.evaluation import appraise, give_feedback, write_note
from internships.services.insurance import Policy, insure
from internships.services.placement import place
from internships.services.readiness import confirm_enrolment, make_ready
from internships.services.stay_agreement import confirm_by_link, generate, link_token
from internships.services.stay_course import complete, end_early, extend, interrupt, record_outcome, start
from wenxi_portal.accounts.models import User

SIGNER = "演示签署人"
INSURER = "演示保险公司"
MENTOR = "演示导师"
WORDS = "演示内容"
SITE = "https://example.invalid/internships/certificate/"


@dataclass(frozen=True, slots=True)
class Course:
    """How a stay goes: its first and last day from today, and what is played: see ``_play``."""

    name: str
    first: int
    last: int


# In these shares: most have been, many are here, some come.
COURSES = (
    Course("certified", -150, -60), Course("on_post", -40, 50), Course("certified", -200, -110),
    Course("ready", 6, 66), Course("hired", -170, -90), Course("on_post", -75, 20), Course("planned", 20, 80),
    Course("completed", -80, -8), Course("extended", -60, 10), Course("interrupted", -35, 40),
    Course("ended_early", -90, 5), Course("past_its_day", -64, -3), Course("insured", 12, 72),
    Course("hired", -165, -95),
)  # fmt: skip

CERTIFIED = {"certified", "hired", "earlier"}
DONE = CERTIFIED | {"completed", "article"}


@transaction.atomic
def make_demo_stay(*, application: Application, course: Course, officer: User, host: User) -> Placement:
    """Play a stay for an accepted demo application. ``host`` acts for every host."""
    return _play(application, course, officer, host)


def _play(application: Application, course: Course, officer: User, host: User) -> Placement:
    today = timezone.localdate()
    first, last = today + timedelta(days=course.first), today + timedelta(days=course.last)
    stay = place(
        application=application,
        actor=officer,
        starts_on=first,
        ends_on=last,
        mentor=MENTOR,
        officer=officer,
        today=min(today, first - timedelta(days=7)),
    )
    if course.name == "planned":
        return stay
    _prepare(stay, officer)
    if course.name == "insured":
        return stay
    for party in AgreementParty:
        confirm_by_link(token=link_token(generate(placement=stay, actor=officer), party), signer=SIGNER, actor=None)
    stay = make_ready(placement=Placement.objects.get(pk=stay.pk), actor=officer)
    if course.name == "ready":
        return stay
    stay = start(placement=stay, actor=officer, on=first, today=first)
    return _go_on(stay, course, officer, host, today)


def _prepare(stay: Placement, officer: User) -> None:
    confirm_enrolment(student=stay.student, actor=officer)
    policy = Policy(INSURER, f"DEMO-{stay.starts_on:%Y%m}-{stay.pk:04}", Decimal(330000), stay.starts_on, stay.ends_on)
    insure(placements=[stay], policy=policy, actor=officer)


def _go_on(stay: Placement, course: Course, officer: User, host: User, today: date) -> Placement:
    write_note(placement=stay, actor=stay.student.user, week=stay.starts_on, text=WORDS)
    if course.name == "extended":
        extend(placement=stay, actor=officer, ends_on=today + timedelta(days=40), reason=WORDS)
    elif course.name == "interrupted":
        interrupt(placement=stay, actor=officer, on=today - timedelta(days=2), reason=WORDS)
    elif course.name == "ended_early":
        end_early(placement=stay, actor=officer, on=today - timedelta(days=20), reason=WORDS)
    elif course.name in DONE:
        complete(placement=stay, actor=officer)
    stay = Placement.objects.get(pk=stay.pk)
    months = due_months(stay, today)
    # The latest month of who is still here waits for the host: the desks are to have something on them.
    for month in months if stay.ends_on < today else months[:-1]:
        confirm_sheet(sheet=open_sheet(placement=stay, month=month), actor=host)
    if course.name in CERTIFIED:
        _certify(stay, officer, host)
    if course.name == "hired":
        record_outcome(placement=stay, actor=officer, outcome=Outcome.HIRED, contract_on=today - timedelta(days=30))
    return stay


def _certify(stay: Placement, officer: User, host: User) -> None:
    grade = (Grade.EXCELLENT, Grade.GOOD, Grade.PASSED)[stay.pk % 3]
    verdict = {"grade": grade, "diligence": 4, "skill": 3 + stay.pk % 3, "teamwork": 5, "text": WORDS}
    appraise(placement=stay, actor=host, values=verdict, give=True)
    give_feedback(
        placement=stay,
        actor=stay.student.user,
        values={"work": 4, "guidance": 5, "living": 3 + stay.pk % 3, "would_return": True, "text": WORDS},
    )
    issue_certificate(placement=stay, actor=officer, site=SITE)
