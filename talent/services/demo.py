"""Synthetic people, recognisably fictitious, for screens and for measuring.

Rows are written in bulk: they skip the verbs, but not one database constraint. The same number gives the same rows.
ID numbers carry a region that does not exist.
"""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone
from stdnum.cn import ric

from talent.enums import ChannelKind, ContactKind, DocumentKind, PersonState, StepState, StudyLevel, TalentDatabase
from talent.models import (
    Channel,
    ChannelMember,
    Contact,
    DatabaseMembership,
    Education,
    Employment,
    FieldTag,
    Introduction,
    Person,
    PersonField,
    PersonStateChange,
)
from talent.querysets import id_index, mobile_index
from talent.services.search_index import person_vector
from wenxi_portal.accounts.models import User
from wenxi_portal.core import person_names
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW

BATCH = 500
REASON = "演示数据"
SURNAMES = ("裴", "李", "王", "张", "欧阳", "司马", "刘", "赵", "陈", "杨", "卫", "薛")
GIVEN = ("示例", "样板", "虚构", "假想", "模拟", "演示")
TOWNSHIPS = ("演示镇", "示例乡", "样板街道", "虚构镇", "假想乡")
FIELDS = ("遥感", "镁合金", "人工智能", "中医药", "农业机械", "新材料", "财税", "临床医学")
MAJORS = ("测绘工程", "材料科学", "计算机", "中药学", "农学", "会计学")
POSTS = ("工程师", "教授", "研究员", "医师", "经理")
CITIES = ("北京", "武汉", "西安", "太原", "上海", "深圳")
# Days from today on which next steps are due: the board of a new demonstration has some in every column.
DUE_IN = (-4, 0, 1, 3, 0, -1, 2, 9)
NO_SUCH_REGION = "999999"

Progress = Callable[[int], object]


def make_demo_people(*, count: int, progress: Progress) -> int:
    """Bring the number of demo people up to ``count``; return how many were made.

    Each has a study, most have work, a field and a database. Every third was contacted, and everybody of a unit with a
    demo officer of its own; these have a next step with a demo officer who may open the record, where there is one.
    ``progress`` is called with the number made since the last call.
    """
    # Demo students enter people of their own, from another source.
    present = Person.objects.filter(is_demo=True, source=REASON).count()
    places = _Places()
    numbers = iter(range(present + 1, count + 1))
    while batch := list(islice(numbers, BATCH)):
        with transaction.atomic():
            _make_batch(batch, places)
        progress(len(batch))
    return max(0, count - present)


class _Places:
    """What people are tied to, read once."""

    def __init__(self) -> None:
        self.universities = list(Organisation.objects.universities().order_by("-is_demo", "pk")[:40])
        self.hosts = list(Organisation.objects.hosts().filter(is_demo=True).order_by("pk")[:40])
        self.units = list(Organisation.objects.lead_units().order_by("pk"))
        self.tags = [FieldTag.objects.get_or_create(name=name)[0] for name in FIELDS]
        self.officers = _officers(self.units)
        self.channels = [_channel(number) for number in range(1, 4)]


def _officers(units: list[Organisation]) -> dict[int | None, list[User]]:
    """Return the demo officers who work with people of each unit, and of none: its own, else those who see all."""
    staff = list(User.objects.filter(is_staff=True, is_active=True, is_demo=True).order_by("pk"))
    everywhere = [user for user in staff if user.has_perm(SEE_EVERY_ROW)]
    own = {unit.pk: list(User.objects.filter(memberships__in=unit.memberships.current())) for unit in units}
    return {
        None: everywhere,
        **{pk: [user for user in staff if user in there] or everywhere for pk, there in own.items()},
    }


def _channel(number: int) -> Channel:
    kind = ChannelKind.values[number % len(ChannelKind.values)]
    return Channel.objects.get_or_create(
        name=f"演示渠道{number}", defaults={"kind": kind, "place": CITIES[number], "is_demo": True, "note": REASON}
    )[0]


def _make_batch(numbers: list[int], places: _Places) -> None:
    people = [_person(number, places) for number in numbers]
    studies = [_study(person, number, places) for person, number in zip(people, numbers, strict=True)]
    works = [_work(person, number, places) for person, number in zip(people, numbers, strict=True) if number % 4]
    tags = [places.tags[number % len(places.tags)] for number in numbers]
    by_person = {id(work.person): work for work in works}
    for person, study, tag in zip(people, studies, tags, strict=True):
        work = by_person.get(id(person))
        person.search_vector = person_vector(
            person=person, educations=[study], employments=[work] if work else [], fields=[tag.name]
        )
        person.indexed_at = timezone.now()
    Person.objects.bulk_create(people)
    Education.objects.bulk_create(studies)
    Employment.objects.bulk_create(works)
    PersonField.objects.bulk_create(PersonField(person=p, tag=t) for p, t in zip(people, tags, strict=True))
    DatabaseMembership.objects.bulk_create(
        _membership(person, number) for person, number in zip(people, numbers, strict=True)
    )
    PersonStateChange.objects.bulk_create(
        PersonStateChange(person=person, to_state=PersonState.ACTIVE, reason=REASON) for person in people
    )
    ChannelMember.objects.bulk_create(
        ChannelMember(person=person, channel=places.channels[number % 3])
        for person, number in zip(people, numbers, strict=True)
        if number % 5 == 0
    )
    Introduction.objects.bulk_create(
        Introduction(introducer=first, introduced=second, note=REASON)
        for first, second in {
            *zip(people[2::4], people[3::4], strict=False),
            *zip(people[::5], people[1::5], strict=False),
        }
    )
    Contact.objects.bulk_create(
        _contact(person, number, places)
        for person, number in zip(people, numbers, strict=True)
        if person.last_contacted_on
    )


def _person(number: int, places: _Places) -> Person:
    # Up to number 16,000 everybody has a birthday of his or her own, so that no two numbers are the same.
    born = date(1960, 1, 1) + timedelta(days=number * 7919 % 16_000)
    body = f"{NO_SUCH_REGION}{born:%Y%m%d}{number % 899 + 100:03}0"
    document = body[:-1] + ric.calc_check_digit(body)
    with_document = number < 16_000 and number % 3 != 0
    name = f"{SURNAMES[number % len(SURNAMES)]}{GIVEN[number // 7 % len(GIVEN)]}{number:04}"
    mobile = f"19999{number % 10**6:06}"
    unit = places.units[number % len(places.units)] if places.units else None
    # A figure with a unit of its own has something to do in every part of the week.
    in_care = number % 3 == 0 or (unit is not None and places.officers[unit.pk] != places.officers[None])
    touched = timezone.localdate() - timedelta(days=number % 200) if in_care else None
    officers = places.officers[unit.pk if unit else None]
    return Person(
        name=name,
        sex=str(1 + number % 2),
        birth_date=born,
        document_kind=DocumentKind.RESIDENT_ID if with_document else "",
        id_number=document if with_document else "",
        id_index=id_index(document) if with_document else None,
        no_id_reason="" if with_document else REASON,
        mobile=mobile,
        mobile_index=mobile_index(mobile),
        native_township=TOWNSHIPS[number % len(TOWNSHIPS)],
        consent_on=timezone.localdate(),
        consent_purpose=REASON,
        source=REASON,
        owner_unit=unit,
        officer=_turn(officers, number) if touched and number % 2 == 0 else None,
        last_contacted_on=touched if officers else None,
        is_demo=True,
        sort_key=person_names.sort_key(name),
    )


def _study(person: Person, number: int, places: _Places) -> Education:
    university = places.universities[number % len(places.universities)] if places.universities else None
    start = date(2000 + number % 22, 9, 1)
    return Education(
        person=person,
        university=university,
        university_name="" if university else "示例大学",
        level=StudyLevel.values[number % 4],
        major=MAJORS[number % len(MAJORS)],
        started_on=start,
        ended_on=start.replace(year=start.year + 4, month=6),
    )


def _work(person: Person, number: int, places: _Places) -> Employment:
    host = places.hosts[number % len(places.hosts)] if places.hosts else None
    return Employment(
        person=person,
        employer=host,
        employer_name="" if host else f"演示单位{number % 30:02}",
        post=POSTS[number % len(POSTS)],
        field=FIELDS[number % len(FIELDS)],
        city=CITIES[number % len(CITIES)],
        started_on=date(2010 + number % 14, 7, 1),
    )


def _membership(person: Person, number: int) -> DatabaseMembership:
    database = TalentDatabase.values[number % 3]
    return DatabaseMembership(person=person, database=database, reason=REASON)


def _turn(officers: list[User], number: int) -> User | None:
    """Return whose turn the person with this number is: three in a row for each officer."""
    return officers[number // 8 % len(officers)] if officers else None


def _contact(person: Person, number: int, places: _Places) -> Contact:
    officer = _turn(places.officers[person.owner_unit_id], number)
    turn = number // max(1, len(places.units))
    return Contact(
        person=person,
        kind=ContactKind.values[number % len(ContactKind.values)],
        on=person.last_contacted_on or timezone.localdate(),
        summary="演示联系内容，人物与事件均为虚构。",
        by=officer,
        next_step="再次联系",
        next_due=timezone.localdate() + timedelta(days=DUE_IN[turn % len(DUE_IN)]),
        next_owner=officer,
        step_state=StepState.OPEN,
        is_demo=True,
    )
