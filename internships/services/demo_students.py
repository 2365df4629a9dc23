"""Fictitious students with a complete profile, recognisable as such. The same number gives the same student.

Their ID numbers carry a region that does not exist, their addresses end in ``.invalid``, and they have no mobile
number: nothing here leads to anybody.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from stdnum.cn import ric

from internships.enums import Discipline
from internships.models import Student
from internships.services.student import make_profile
from talent.documents import IdentityDocument
from talent.enums import DocumentKind, Sex, StudyLevel
from talent.services.demo import NO_SUCH_REGION, REASON, SURNAMES
from wenxi_portal.accounts.models import User
from wenxi_portal.accounts.services.emails import put_email
from wenxi_portal.organisations.models import Organisation

GIVEN = ("测试", "示例", "虚构", "模拟", "样板")
TOWNSHIPS = ("演示镇", "示例乡", "样板街道", "虚构镇")
STUDIES = (
    ("冶金工程", Discipline.ENGINEERING),
    ("数学与应用数学", Discipline.SCIENCE),
    ("会计学", Discipline.MANAGEMENT),
    ("材料科学与工程", Discipline.ENGINEERING),
    ("汉语言文学", Discipline.LITERATURE),
    ("计算机科学与技术", Discipline.ENGINEERING),
    ("物理学", Discipline.SCIENCE),
)
# Every third studies where the liaison of the demonstration works.
OWN_STEP = 3
# What universities for teachers are called.
TEACHERS = "师范"
YOUNGEST = 20


def universities_of(own: Organisation | None) -> list[Organisation]:
    """Return the universities on file that students may come from, ``own`` first."""
    found = list(Organisation.objects.universities().filter(is_demo=False).order_by("pk"))
    return sorted(found, key=lambda university: university != own)


@dataclass(frozen=True, slots=True)
class Study:
    """What a student studies; ``universities`` are those to choose from, ``teaches``: trains as a teacher."""

    level: StudyLevel
    universities: list[Organisation]
    teaches: bool = False


@transaction.atomic
def demo_student(*, number: int, user: User | None, study: Study) -> Student:
    """Return student ``number``, made when missing; ``user`` is an account on file, None makes one."""
    account = user or _account(number)
    present: Student | None = Student.objects.filter(user=account).first()
    if present:
        return present
    document = _document(number)
    major, discipline = STUDIES[number % len(STUDIES)]
    university = _university(number, study)
    today = timezone.localdate()
    values = {
        "name": account.name,
        "sex": document.sex,
        "birth_date": document.birth_date,
        "native_township": TOWNSHIPS[number % len(TOWNSHIPS)],
        "university": university,
        "university_name": "" if university else "示例大学",
        "level": study.level,
        "major": f"{major}（师范）" if study.teaches else major,
        "discipline": discipline,
        "enrolled_on": date(today.year - 2, 9, 1),
        "graduates_on": date(today.year + 2, 6, 30),
        "enrolment_code": f"DEMO{number:012}",
        "enrolment_code_until": today + timedelta(days=180),
        "emergency_name": "测试家长",
        "emergency_relation": ("父亲", "母亲")[number % 2],
        "emergency_mobile": f"19999{number:06}",
        "skills": "办公软件（示例）",
        "wish": "到家乡看一看（示例）",
        "is_demo": True,
    }
    return make_profile(user=account, document=document, values=values, consent_text=REASON, actor=account)


def _account(number: int) -> User:
    email = f"demo-student-{number:04}@example.invalid"
    present: User | None = User.objects.with_email(email).filter(is_demo=True).first()
    if present:
        return present
    name = f"{SURNAMES[number % len(SURNAMES)]}{GIVEN[number % len(GIVEN)]}{number:03}"
    user = User.objects.create_user(email=email, name=name, is_demo=True)
    put_email(user=user, email=email, verified=True)
    return user


def _document(number: int) -> IdentityDocument:
    """Return a number with the right check digit and the region of nobody; births follow those of the demo people."""
    born = date(timezone.localdate().year - YOUNGEST - 1, 1, 1) + timedelta(days=number * 53 % 365)
    body = f"{NO_SUCH_REGION}{born:%Y%m%d}{number % 1000:03}0"
    document = body[:-1] + ric.calc_check_digit(body)
    sex = Sex.MALE if number % 2 else Sex.FEMALE
    return IdentityDocument(DocumentKind.RESIDENT_ID, document, born, sex)


def _university(number: int, study: Study) -> Organisation | None:
    universities = study.universities
    if study.teaches:
        universities = [one for one in universities if TEACHERS in one.name] or universities
    if not universities:
        return None
    return universities[0 if number % OWN_STEP == 0 else number % len(universities)]
