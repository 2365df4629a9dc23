"""The demonstration of the money: some claims are paid, one came back, and something lies at every desk."""

import pytest
from django.core.management import call_command

from internships.enums import PlacementState
from internships.models import Placement
from internships.services import demo_plan
from internships.services.demo import load_demo_internships
from internships.services.demo_stays import Course, make_demo_stay
from internships.subsidies.enums import BatchState, ClaimState, SchemeKind
from internships.subsidies.models import Claim, NoticeObjection, PaymentBatch, Recheck
from internships.subsidies.services.demo_article import CODE
from internships.subsidies.services.demo_money import MORE_PAID, Left, make_demo_money
from tests.factories.internships import ApplicationFactory
from wenxi_portal.pages.services.demo_entry import demo_cast

pytestmark = pytest.mark.django_db
C = ClaimState
# Over but not appraised: the host of the demonstration makes up for it.
STAY = Course("completed", -80, -8)


def test_a_fresh_demonstration_has_work_at_every_desk_and_paid_claims(settings):
    settings.DEBUG = settings.PORTAL_DEMO = True
    call_command("load_wenxi", verbosity=0)
    cast = demo_cast()
    number = len(Left) + MORE_PAID
    for _number in range(number):
        application = ApplicationFactory(accepted=True, is_demo=True)
        make_demo_stay(application=application, course=STAY, officer=cast.department, host=cast.host)
    assert not Placement.objects.exclude(state=PlacementState.COMPLETED).exists()
    assert make_demo_money(cast=cast) == number
    states = list(Claim.objects.values_list("state", flat=True))
    assert set(states) == {
        C.DRAFT, C.SUBMITTED, C.HOST_CONFIRMED, C.ENROLLED, C.FIRST_REVIEWED, C.SECOND_REVIEWED, C.ON_NOTICE,
        C.OBJECTED, C.CLEARED, C.BATCHED, C.PAID, C.RETURNED,
    }  # fmt: skip
    assert [states.count(one) for one in (C.PAID, C.SECOND_REVIEWED, C.BATCHED)] == [1 + MORE_PAID, 2, 2]
    assert Recheck.objects.filter(verdict="", claim__state=C.SECOND_REVIEWED).exists()
    assert NoticeObjection.objects.count() == 1
    assert set(PaymentBatch.objects.values_list("state", flat=True)) == {
        BatchState.SETTLED, BatchState.SEALED, BatchState.RELEASED,
    }  # fmt: skip
    assert make_demo_money(cast=cast) == 0


def test_published_figures_and_bonuses_are_paid_to_the_yuan_and_the_visitor_finds_claims(settings, monkeypatch):
    settings.DEBUG = settings.PORTAL_DEMO = True
    call_command("load_wenxi", verbosity=0)
    cast = demo_cast()
    # Student 4 is hired by the employer of the bonus; an undergraduate stays for two months, a trainee teacher for one.
    for name, value in {"ARTICLE": range(2, 4), "UNDERGRADUATES": 1, "TWO_MONTHS": 3}.items():
        monkeypatch.setattr(demo_plan, name, value)
    load_demo_internships(cast=cast, interns=5)
    make_demo_money(cast=cast)
    article = PaymentBatch.objects.filter(budget_line__code=CODE)
    assert list(article.order_by("pk").values_list("count", "total", "state")) == [
        (1, 2000, BatchState.SETTLED), (1, 1000, BatchState.SETTLED),
    ]  # fmt: skip
    bonus = Claim.objects.get(kind=SchemeKind.BONUS)
    assert (bonus.state, bonus.amount, bonus.host.name) == (C.PAID, 3600, demo_plan.STEELWORKS)
    own = Claim.objects.filter(student__user=cast.student).order_by("starts_on")
    assert list(own.values_list("state", flat=True)) == [C.PAID, C.DRAFT]


def test_the_parts_of_the_demonstration_are_those_of_the_article():
    parts = [demo_plan.part_of(number) for number in demo_plan.ARTICLE]
    months = [round((part.course.last - part.course.first) / 30) for part in parts]
    teachers = [number for part, number in zip(parts, months, strict=True) if part.teaches]
    assert (len(parts) - len(teachers), sum(months) - sum(teachers)) == (71, 142)
    assert (len(teachers), sum(teachers)) == (10, 18)
    assert {part.level for part in parts} == {"bachelor"}
