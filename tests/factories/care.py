"""Obviously fictitious requests, beds, shuttles and activities, rows as the database allows them."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from internships.enums import ActivityKind, ActivityState, CareKind, CaseState, ServiceKind, SupportKind
from internships.models import (
    Bed,
    BedStay,
    CareVisit,
    GroupActivity,
    Lodging,
    Placement,
    ServiceRequest,
    ShuttleRun,
    Student,
    SupportRequest,
)
from tests.factories.accounts import UserFactory, staff
from tests.factories.internships import PlacementFactory, in_days
from tests.factories.organisations import LeadUnitFactory, MembershipFactory
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User


class SupportFactory(DjangoModelFactory):
    """A request of a student on post that nobody has taken up."""

    class Meta:
        model = SupportRequest

    class Params:
        in_hand = factory.Trait(state=CaseState.IN_HAND)
        answered = factory.Trait(
            state=CaseState.ANSWERED, answer="示例答复", answered_at=factory.LazyFunction(timezone.now)
        )

    placement = factory.SubFactory(PlacementFactory, on_post=True)
    unit = factory.SelfAttribute("placement.lead_unit")
    kind = SupportKind.MEALS
    text = "示例求助"
    due_on = in_days(2)


class ServiceFactory(DjangoModelFactory):
    """A request at the window that nobody has taken up."""

    class Meta:
        model = ServiceRequest

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(LeadUnitFactory)
    kind = ServiceKind.GUIDANCE
    name = "测试求职者"
    text = "示例咨询"
    due_on = in_days(5)


class LodgingFactory(DjangoModelFactory):
    """A house without beds."""

    class Meta:
        model = Lodging

    name = factory.Sequence(lambda number: f"示例公寓{number:02}")
    owner_unit = factory.SubFactory(LeadUnitFactory)
    address = "示例路1号"


class BedFactory(DjangoModelFactory):
    """A bed for anybody."""

    class Meta:
        model = Bed

    lodging = factory.SubFactory(LodgingFactory)
    room = "101"
    label = factory.Sequence(str)


class ShuttleFactory(DjangoModelFactory):
    """A shuttle of three seats that leaves on the day after tomorrow at noon."""

    class Meta:
        model = ShuttleRun

    name = factory.Sequence(lambda number: f"示例班车{number:02}")
    owner_unit = factory.SubFactory(LeadUnitFactory)
    leaves_at = factory.LazyFunction(lambda: noon(2))
    from_place = "示例车站"
    to_place = "示例公寓"
    seats = 3


class ActivityFactory(DjangoModelFactory):
    """An activity of two seats, the day after tomorrow, open for sign-up."""

    class Meta:
        model = GroupActivity

    title = factory.Sequence(lambda number: f"示例活动{number:02}")
    kind = ActivityKind.VILLAGE_STUDY
    state = ActivityState.OPEN
    unit = factory.SubFactory(LeadUnitFactory)
    place = "示例村"
    begins_at = factory.LazyFunction(lambda: noon(2))
    ends_at = factory.LazyFunction(lambda: noon(2) + timedelta(hours=3))
    seats = 2


def noon(days: int):
    """Return noon of the day so many days from today."""
    today = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    return today + timedelta(days=days)


def officer_of(unit) -> User:
    """Return an officer of ``unit``."""
    return MembershipFactory(user=staff(Role.LEAD_UNIT_OFFICER), organisation=unit).user


def stays(number: int) -> list[Placement]:
    """Return stays on post of so many students at one host of one unit: quick, for races."""
    first = PlacementFactory(on_post=True, application__position__seats=number)
    return [first, *(on_post(first) for _at in range(number - 1))]


def on_post(like: Placement) -> Placement:
    """Return another student's stay at the same position."""
    return PlacementFactory(
        on_post=True, application__position=like.position, application__student__university=like.student.university
    )


def sex_of(stay: Placement, sex: str) -> Placement:
    """Write the sex of the student of a stay."""
    Student.objects.filter(pk=stay.student_id).update(sex=sex)
    stay.student.refresh_from_db()
    return stay


def care_records(unit, officer) -> dict[str, Any]:
    """Return one record of each desk of care, all of ``unit``, by the name of its page in the admin."""
    stay = PlacementFactory(on_post=True, application__position__lead_unit=unit)
    house = LodgingFactory(owner_unit=unit)
    return {
        "internships_supportrequest": SupportFactory(placement=stay),
        "internships_servicerequest": ServiceFactory(unit=unit),
        "internships_lodging": house,
        "internships_bedstay": BedStay.objects.create(
            bed=BedFactory(lodging=house), placement=stay, starts_on=stay.starts_on, ends_on=stay.ends_on
        ),
        "internships_shuttlerun": ShuttleFactory(owner_unit=unit),
        "internships_groupactivity": ActivityFactory(unit=unit),
        "internships_carevisit": CareVisit.objects.create(
            placement=stay, kind=CareKind.VISIT, on=timezone.localdate(), text="示例走访", visitor=officer
        ),
    }
