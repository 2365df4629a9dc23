"""Stays as the verbs make them: placed, insured, agreed on, started. Days are relative to today."""

import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from internships.enums import AgreementParty, Grade
from internships.models import Appraisal, AttendanceSheet, Insurance, Placement
from internships.services.attendance import confirm_sheet, open_sheet
from internships.services.evaluation import appraise
from internships.services.insurance import Policy, insure
from internships.services.placement import place
from internships.services.readiness import make_ready
from internships.services.stay_agreement import confirm_by_link, generate, link_token
from internships.services.stay_course import complete, start
from tests.factories.accounts import UserFactory, staff
from tests.factories.internships import ApplicationFactory, StudentFactory
from tests.factories.organisations import MembershipFactory
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User

PDF = b"%PDF-1.4 example %%EOF"
MARKS = {"grade": Grade.GOOD, "diligence": 4, "skill": 4, "teamwork": 5, "text": "示例评语"}


def day(number: int) -> date:
    """Return the day so many days from today."""
    return timezone.localdate() + timedelta(days=number)


def pdf(name: str = "paper.pdf", mark: str = "") -> SimpleUploadedFile:
    """Return a small PDF as it is uploaded; ``mark`` makes it another one."""
    return SimpleUploadedFile(
        name, PDF.replace(b"example", b"example " + mark.encode()), content_type="application/pdf"
    )


def docx(content: bytes, name: str = "template.docx") -> SimpleUploadedFile:
    """Return a Word document as it is uploaded."""
    return SimpleUploadedFile(name, content)


def checked_student(**kwargs: Any) -> Any:
    """Return a student whose enrolment was checked."""
    return StudentFactory(**{"enrolment_checked_on": timezone.localdate(), "enrolment_checked_by": staff(), **kwargs})


def planned(first: int = 10, last: int = 40, *, today: int = 0, **kwargs: Any) -> Placement:
    """Return a stay in preparation; ``today`` is the day on which it was planned."""
    student = kwargs.pop("student", None) or checked_student()
    application = kwargs.pop("application", None) or ApplicationFactory(accepted=True, student=student, **kwargs)
    starts_on = day(first)
    return place(
        application=application,
        actor=None,
        starts_on=starts_on,
        ends_on=day(last),
        mentor="示例导师",
        today=min(day(today), starts_on),
    )


def insured(stay: Placement, first: date | None = None, last: date | None = None, **kwargs: Any) -> Insurance:
    """Insure the stay, wholly unless told otherwise."""
    values = {"insurer": "示例保险", "policy_number": "示例保单001", "sum_insured": Decimal(330000), **kwargs}
    policy = Policy(**values, starts_on=first or stay.starts_on, ends_on=last or stay.ends_on)
    return insure(placements=[stay], policy=policy, actor=None)[0]


def agreed(stay: Placement) -> Placement:
    """Have the three parties agree on the present days."""
    agreement = generate(placement=stay, actor=None)
    for party in AgreementParty:
        confirm_by_link(token=link_token(agreement, party), signer="示例签署人")
    return Placement.objects.get(pk=stay.pk)


def ready(first: int = 10, last: int = 40, **kwargs: Any) -> Placement:
    """Return a stay that may begin."""
    stay = planned(first, last, **kwargs)
    insured(stay)
    agreed(stay)
    return make_ready(placement=Placement.objects.get(pk=stay.pk), actor=staff())


def on_post(first: int = -30, last: int = 30, **kwargs: Any) -> Placement:
    """Return a stay that has begun."""
    stay = ready(first, last, **kwargs)
    return start(placement=stay, actor=None, on=stay.starts_on, today=stay.starts_on)


def over(first: int = -70, last: int = -5, **kwargs: Any) -> Placement:
    """Return a completed stay."""
    return complete(placement=on_post(first, last, **kwargs), actor=None)


def confirmed(stay: Placement, month: date | None = None, actor: User | None = None) -> AttendanceSheet:
    """Return the confirmed sheet of a month, of the first one when none is named."""
    sheet = open_sheet(placement=stay, month=month or stay.starts_on)
    return confirm_sheet(sheet=sheet, actor=actor or host_of(stay))


def appraised(stay: Placement) -> Appraisal:
    """Have the host appraise."""
    return appraise(placement=stay, actor=host_of(stay), values=MARKS, give=True)


def host_of(stay: Placement) -> User:
    """Return somebody who acts for the host."""
    return member(stay.host, Role.HOST)


def member(organisation: Any, role: Role, **kwargs: Any) -> User:
    """Return somebody who acts for an organisation."""
    user = staff(role) if role == Role.LEAD_UNIT_OFFICER else UserFactory(role=role)
    return MembershipFactory(user=user, organisation=organisation, **kwargs).user


def rezipped(content: bytes, changes: dict[str, bytes]) -> bytes:
    """Return an archive with parts replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, part in changes.items():
            new.writestr(name, part)
    return out.getvalue()
