"""Requests for support and at the window: every pair of states, who may do what, second clicks, the clock."""

from datetime import timedelta
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.utils import timezone

from internships.enums import CASE_TRANSITIONS, CaseState, PlacementState, Satisfaction
from internships.models import ServicePaper, ServiceRequest, SupportRequest
from internships.selectors.cases import possible_holders, window_record
from internships.services import cases
from tests.factories.accounts import UserFactory, staff
from tests.factories.care import ServiceFactory, SupportFactory, officer_of
from tests.factories.internships import PlacementFactory
from tests.factories.organisations import LeadUnitFactory, MembershipFactory
from wenxi_portal.accounts.enums import Role
from wenxi_portal.core.errors import DomainError
from wenxi_portal.notifications.models import Message
from wenxi_portal.reminders.working_days import add_working_days

pytestmark = pytest.mark.django_db

ALLOWED = {
    ("received", "in_hand"), ("received", "answered"), ("received", "withdrawn"),
    ("in_hand", "answered"), ("in_hand", "withdrawn"),
    ("answered", "received"), ("answered", "in_hand"), ("answered", "closed"),
}  # fmt: skip
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def pdf(name="示例.pdf", content=PDF):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def code_of(deed, *args, **kwargs):
    with pytest.raises(DomainError) as refusal:
        deed(*args, **kwargs)
    return refusal.value.code


def in_state(state, factory=SupportFactory):
    request = factory()
    officer = officer_of(request.unit)
    answered = state in {"answered", "closed"}
    type(request).objects.filter(pk=request.pk).update(
        state=state,
        owner=None if state == "received" else officer,
        answer="答复" if answered else "",
        answered_at=timezone.now() if answered else None,
    )
    request.refresh_from_db()
    return request, officer


def move(request, officer, target):
    asker = cases.asker_of(request)
    if target == "in_hand" and request.state == "answered":
        return cases.reopen(request=request, actor=asker, reason="还没解决")
    if target == "received":
        MembershipFactory._meta.model.objects.filter(user=officer).update(
            since=timezone.localdate() - timedelta(days=9), until=timezone.localdate() - timedelta(days=1)
        )
        return cases.reopen(request=request, actor=asker, reason="还没解决")
    return {
        "in_hand": lambda: cases.take_up(request=request, actor=officer),
        "answered": lambda: cases.answer(request=request, actor=officer, text="答复"),
        "closed": lambda: cases.rate(request=request, actor=asker, satisfaction=Satisfaction.GOOD),
        "withdrawn": lambda: cases.withdraw(request=request, actor=asker),
    }[target]()


@pytest.mark.parametrize("factory", [SupportFactory, ServiceFactory])
def test_requests_move_by_the_table_alone(factory):
    for source, target in product(CaseState.values, repeat=2):
        assert CASE_TRANSITIONS.allows(source, target) == ((source, target) in ALLOWED)
        with transaction.atomic():
            request, officer = in_state(source, factory)
            if (source, target) in ALLOWED:
                assert move(request, officer, target).state == target, (source, target)
                assert request.state_changes.get().to_state == target
            elif (source, target) == ("in_hand", "in_hand"):
                assert move(request, officer, target).state_changes.count() == 0
            else:
                with pytest.raises(DomainError):
                    move(request, officer, target)


def test_a_request_goes_its_way_and_each_hears_of_it():
    stay = PlacementFactory(on_post=True)
    student, officer = stay.student.user, officer_of(stay.lead_unit)
    ask = lambda: SupportRequest(placement=stay, kind="meals", text="食堂几点开门？")  # noqa: E731
    request = cases.ask_for_support(request=ask(), actor=student)
    assert cases.ask_for_support(request=ask(), actor=student) == request
    assert request.due_on == add_working_days(timezone.localdate(), 2)
    assert request.unit == stay.lead_unit
    cases.take_up(request=request, actor=officer)
    cases.answer(request=request, actor=officer, text="七点到九点")
    assert Message.objects.filter(recipient=student, kind="support_answered", channel="inbox").count() == 1
    again = cases.reopen(request=request, actor=student, reason="周末呢？")
    assert (again.owner, again.due_on) == (officer, add_working_days(timezone.localdate(), 1))
    cases.answer(request=request, actor=officer, text="周末八点")
    assert Message.objects.filter(recipient=student, kind="support_answered", channel="inbox").count() == 2
    done = cases.rate(request=request, actor=student, satisfaction=Satisfaction.VERY_GOOD, note="谢谢")
    assert (done.state, done.satisfaction) == (CaseState.CLOSED, 5)
    assert code_of(cases.rate, request=request, actor=student, satisfaction=Satisfaction.BAD) == "transition"


def test_urgent_requests_have_one_working_day_and_a_withdrawn_one_may_be_asked_again():
    stay = PlacementFactory(on_post=True)
    student = stay.student.user
    ask = lambda: SupportRequest(placement=stay, kind="health", text="发烧", is_urgent=True)  # noqa: E731
    first = cases.ask_for_support(request=ask(), actor=student)
    assert first.due_on == add_working_days(timezone.localdate(), 1)
    cases.withdraw(request=first, actor=student)
    assert cases.ask_for_support(request=ask(), actor=student).pk != first.pk
    with pytest.raises(ValidationError):
        cases.ask_for_support(request=SupportRequest(placement=stay, kind="health", text=""), actor=student)
    type(stay).objects.filter(pk=stay.pk).update(state=PlacementState.CANCELLED)
    assert code_of(cases.ask_for_support, request=ask(), actor=student) == "cancelled"


@pytest.mark.parametrize("factory", [SupportFactory, ServiceFactory])
def test_strangers_neither_answer_nor_rate(factory):
    request, officer = in_state("received", factory)
    asker, stranger = cases.asker_of(request), officer_of(LeadUnitFactory())
    for actor in (stranger, asker, staff(Role.AUDITOR), staff(Role.SYSTEM_ADMINISTRATOR), UserFactory()):
        assert code_of(cases.take_up, request=request, actor=actor) == "actor"
        assert code_of(cases.answer, request=request, actor=actor, text="x") == "actor"
    for keeper in (stranger, asker, staff(Role.AUDITOR), staff(is_active=False)):
        assert code_of(cases.take_up, request=request, actor=officer, owner=keeper) == "owner"
    for actor in (officer, stranger, staff()):
        assert code_of(cases.withdraw, request=request, actor=actor) == "actor"
        assert code_of(cases.rate, request=request, actor=actor, satisfaction=Satisfaction.GOOD) == "actor"
        assert code_of(cases.reopen, request=request, actor=actor, reason="x") == "actor"
    assert code_of(cases.reopen, request=request, actor=asker, reason="x") == "unanswered"
    assert code_of(cases.answer, request=request, actor=officer, text=" ") == "answer"
    assert code_of(cases.answer, request=request, actor=officer, text="x", expected="in_hand") == "stale"
    other, department = officer_of(request.unit), staff()
    assert {officer, other, department} <= set(possible_holders(request))
    assert not {stranger, asker} & set(possible_holders(request))
    cases.take_up(request=request, actor=department, owner=officer)
    assert cases.take_up(request=request, actor=officer, owner=other).owner == other
    assert cases.take_up(request=request, actor=officer, owner=other).revision == 3


def test_who_sees_requests():
    request, officer = in_state("received")
    stay = request.placement
    host = MembershipFactory(organisation=stay.host).user
    school = MembershipFactory(organisation=stay.student.university).user
    own = MembershipFactory(organisation=request.unit, user=UserFactory(role=Role.FINANCE)).user
    sees = {
        stay.student.user: 1, officer: 1, staff(): 1, staff(Role.AUDITOR): 1, own: 1,
        host: 0, school: 0, UserFactory(): 0, officer_of(LeadUnitFactory()): 0,
    }  # fmt: skip
    assert {user: SupportRequest.objects.visible_to(user).count() for user in sees} == sees
    service = ServiceFactory()
    sees = {service.user: 1, officer_of(service.unit): 1, staff(): 1, officer: 0, stay.student.user: 0}
    assert {user: ServiceRequest.objects.visible_to(user).count() for user in sees} == sees


def test_the_window_takes_requests_with_papers_once(settings):
    user = UserFactory()
    ask = lambda: ServiceRequest(kind="archive", name="测试者", mobile="１３９００００００００", text="转档案")  # noqa: E731
    assert code_of(cases.ask_at_window, request=ask(), actor=user) == "closed"
    unit = LeadUnitFactory(name=settings.WINDOW_UNIT)
    with pytest.raises(ValidationError), transaction.atomic():
        cases.ask_at_window(request=ask(), actor=user, papers=[SimpleUploadedFile("a.pdf", b"no pdf")])
    assert ServiceRequest.objects.count() == 0
    request = cases.ask_at_window(request=ask(), actor=user, papers=[pdf()])
    assert cases.ask_at_window(request=ask(), actor=user, papers=[pdf()]) == request
    assert (request.unit, request.mobile) == (unit, "13900000000")
    assert request.due_on == add_working_days(timezone.localdate(), settings.SERVICE_WORKING_DAYS)
    assert request.papers.count() == 1
    with pytest.raises(ValidationError), transaction.atomic():
        cases.add_paper(request=request, upload=pdf(), actor=user)
    cases.add_paper(request=request, upload=pdf("b.pdf", PDF + b" %%EOF"), actor=user)
    assert code_of(cases.add_paper, request=request, upload=pdf(), actor=UserFactory()) == "actor"
    cases.withdraw(request=request, actor=user)
    assert code_of(cases.add_paper, request=request, upload=pdf(), actor=user) == "closed"
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        ServicePaper.objects.all().delete()


def test_the_record_of_the_window_counts_what_was_answered_until_yesterday():
    assert window_record() == {"answered": 0}
    yesterday = timezone.now() - timedelta(days=1)
    due = timezone.localdate()
    for number, (due_on, mark) in enumerate([(due, 5), (due, 4), (due - timedelta(days=3), None)]):
        ServiceFactory(
            text=str(number), state="answered", answer="答", answered_at=yesterday, due_on=due_on, satisfaction=mark
        )
    ServiceFactory(state="answered", answer="答", answered_at=timezone.now())
    ServiceFactory(state="answered", answer="答", answered_at=yesterday, is_demo=True)
    assert window_record() == {"answered": 3, "in_time": 67, "satisfaction": 4.5}
