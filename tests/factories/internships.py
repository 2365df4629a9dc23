"""Obviously fictitious positions, students, applications and stays in any state, rows as the database allows them."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from internships.enums import ApplicationState, PlacementState, PositionState, Sector
from internships.models import Application, Nomination, Placement, Position, Student
from talent.enums import DocumentKind, StudyLevel
from tests.factories.accounts import UserFactory
from tests.factories.organisations import HostFactory, LeadUnitFactory, UniversityFactory
from tests.factories.talent import id_number
from wenxi_portal.accounts.models import User


def in_days(days: int) -> Any:
    """Return the declaration of the day so many days from today (China Standard Time)."""
    return factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=days))


class PositionFactory(DjangoModelFactory):
    """A published position with two seats that starts in 30 days and lasts 60."""

    class Meta:
        model = Position

    class Params:
        draft = factory.Trait(state=PositionState.DRAFT, published_at=None, reconfirmed_on=None)
        in_review = factory.Trait(state=PositionState.IN_REVIEW, published_at=None, reconfirmed_on=None)
        closed = factory.Trait(
            state=PositionState.CLOSED, closed_at=factory.LazyFunction(timezone.now), closing_cause="host"
        )

    title = factory.Sequence(lambda number: f"示例岗位{number:03}")
    host = factory.SubFactory(HostFactory)
    lead_unit = factory.SubFactory(LeadUnitFactory)
    sector = Sector.ENTERPRISE
    work = "示例工作内容"
    levels = [StudyLevel.BACHELOR, StudyLevel.MASTER]
    seats = 2
    starts_on = in_days(30)
    ends_on = in_days(90)
    apply_until = in_days(20)
    place = "示例镇"
    state = PositionState.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)
    reconfirmed_on = factory.LazyFunction(timezone.localdate)


class StudentFactory(DjangoModelFactory):
    """A student of age with a complete profile."""

    class Meta:
        model = Student

    user = factory.SubFactory(UserFactory)
    name = factory.Sequence(lambda number: f"测试学生{number:03}")
    birth_date = factory.LazyFunction(lambda: timezone.localdate().replace(day=1) - timedelta(days=21 * 366))
    document_kind = DocumentKind.RESIDENT_ID
    id_number = factory.LazyAttribute(lambda student: id_number(student.birth_date))
    university = factory.SubFactory(UniversityFactory)
    level = StudyLevel.BACHELOR
    major = "示例专业"
    graduates_on = in_days(500)
    emergency_name = "测试家长"
    emergency_relation = "父亲"
    emergency_mobile = "13900000000"
    consent_on = factory.LazyFunction(timezone.localdate)
    consent_text = "示例同意书"


class ApplicationFactory(DjangoModelFactory):
    """A submitted application; traits for drafts, offers and accepted ones."""

    class Meta:
        model = Application

    class Params:
        draft = factory.Trait(state=ApplicationState.DRAFT, submitted_at=None)
        shortlisted = factory.Trait(state=ApplicationState.SHORTLISTED)
        offered = factory.Trait(
            state=ApplicationState.OFFERED,
            offer_until=factory.LazyFunction(lambda: timezone.now() + timedelta(days=3)),
        )
        accepted = factory.Trait(state=ApplicationState.ACCEPTED)
        placed = factory.Trait(state=ApplicationState.PLACED)

    position = factory.SubFactory(PositionFactory)
    student = factory.SubFactory(StudentFactory)
    state = ApplicationState.SUBMITTED
    letter = "示例申请理由"
    submitted_at = factory.LazyFunction(timezone.now)


class NominationFactory(DjangoModelFactory):
    """A nomination that waits for the student."""

    class Meta:
        model = Nomination

    university = factory.SubFactory(UniversityFactory)
    position = factory.SubFactory(PositionFactory)
    name = factory.Sequence(lambda number: f"测试提名{number:03}")
    email = factory.Sequence(lambda number: f"nominee{number}@example.invalid")
    answer_until = in_days(7)
    nominated_by = factory.SubFactory(UserFactory)


class PlacementFactory(DjangoModelFactory):
    """A stay being prepared, for the whole period of its position; traits for those that have begun."""

    class Meta:
        model = Placement

    class Params:
        ready = factory.Trait(state=PlacementState.READY)
        on_post = factory.Trait(state=PlacementState.ON_POST, starts_on=in_days(-30), ends_on=in_days(30))
        completed = factory.Trait(state=PlacementState.COMPLETED, starts_on=in_days(-90), ends_on=in_days(-30))

    application = factory.SubFactory(ApplicationFactory, placed=True)
    student = factory.SelfAttribute("application.student")
    position = factory.SelfAttribute("application.position")
    host = factory.SelfAttribute("position.host")
    lead_unit = factory.SelfAttribute("position.lead_unit")
    starts_on = factory.SelfAttribute("position.starts_on")
    ends_on = factory.SelfAttribute("position.ends_on")


def student_account(**kwargs: Any) -> User:
    """Return the account of a student with a complete profile."""
    account: User = StudentFactory(**kwargs).user
    return account
