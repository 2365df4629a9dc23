"""The pages of those who come: whose they are, what a second click does, what survives a lost sign-in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from internships.models import ServiceRequest, SupportRequest
from internships.selectors.stay_care import care_for
from internships.services.cases import answer
from internships.services.lodging import give_bed
from tests.factories.accounts import UserFactory
from tests.factories.care import (
    ActivityFactory,
    BedFactory,
    LodgingFactory,
    ServiceFactory,
    ShuttleFactory,
    SupportFactory,
    officer_of,
    stays,
)
from tests.factories.internships import PlacementFactory
from tests.factories.organisations import LeadUnitFactory, MembershipFactory
from tests.internships.test_care_cases import pdf
from wenxi_portal.pages.services.guides import load_guides

pytestmark = pytest.mark.django_db


def me(name, *args):
    return reverse(f"my_internships:{name}", args=args)


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def stay(db):
    return PlacementFactory(on_post=True)


@pytest.fixture
def student(stay):
    return client_of(stay.student.user)


def test_asking_twice_is_one_request_and_errors_stand_on_the_page(stay, student):
    address = me("ask_support", stay.pk)
    assert "checked" in student.get(f"{address}?kind=meals").content.decode()
    empty = student.post(address, {"kind": "meals", "text": ""})
    assert empty.status_code == 200
    assert 'href="#id_text"' in empty.content.decode()
    words = {"kind": "meals", "text": "食堂几点开门？"}
    first, second = student.post(address, words), student.post(address, words)
    assert first.url == second.url == me("support", SupportRequest.objects.get().pk)
    page = student.get(first.url).content.decode()
    assert str(stay.lead_unit) in page
    assert "食堂几点开门？" in page
    assert "食堂几点开门？" in student.get(me("support_list", stay.pk)).content.decode()


def test_words_survive_a_lost_sign_in_for_their_writer_alone(stay):
    address = me("ask_support", stay.pk)
    client, user = Client(), stay.student.user
    writer = str(client_of(user).get(address).context["request"].writer)
    sent = client.post(address, {"kind": "health", "text": "发烧了", "writer": writer})
    assert reverse("account_login") in sent.url
    assert SupportRequest.objects.count() == 0
    client.force_login(user)
    page = client.get(address).content.decode()
    assert "发烧了" in page
    assert "发烧了" not in client.get(address).content.decode()
    for nobody in ("", "0", f"{writer}x"):
        other = Client()
        other.post(address, {"text": "别人的话", "writer": nobody})
        other.force_login(user)
        assert "别人的话" not in other.get(address).content.decode()


def test_an_answer_is_rated_or_sent_back_and_then_closed(stay, student):
    case = SupportFactory(placement=stay)
    address = me("support", case.pk)
    early = student.post(address, {"deed": "rate", "rate-satisfaction": "5"})
    assert early.status_code == 200
    answer(request=case, actor=officer_of(case.unit), text="七点开门")
    assert "七点开门" in student.get(address).content.decode()
    assert student.post(address, {"deed": "reopen", "reopen-reason": ""}).status_code == 200
    assert student.post(address, {"deed": "reopen", "reopen-reason": "周末呢"}).status_code == 302
    answer(request=case, actor=officer_of(case.unit), text="八点")
    for status in (302, 200):
        assert student.post(address, {"deed": "rate", "rate-satisfaction": "4"}).status_code == status
    case.refresh_from_db()
    assert (case.state, case.satisfaction) == ("closed", 4)
    other = SupportFactory(placement=stay, text="另一件")
    for _twice in range(2):
        student.post(me("support", other.pk), {"deed": "withdraw"}, follow=True)
    other.refresh_from_db()
    assert other.state == "withdrawn"


def test_seats_and_activities_are_taken_and_given_back(stay, student):
    run, row = ShuttleFactory(seats=1), ActivityFactory(seats=1)
    for take, free, key in (("take_seat", "free_seat", run.pk), ("sign_up", "sign_off", row.pk)):
        for _twice in range(2):
            assert student.post(me(take, stay.pk, key), follow=True).status_code == 200
        assert (run.taken_seats.count(), row.sign_ups.exclude(seat=None).count()) == (
            (1, 0) if take == "take_seat" else (0, 1)
        )
        for _twice in range(2):
            assert student.post(me(free, stay.pk, key), follow=True).status_code == 200
    assert run.taken_seats.count() == 0
    assert row.sign_ups.get().state == "cancelled"
    run.taken_seats.create(placement=PlacementFactory(on_post=True), number=1)
    full = student.post(me("take_seat", stay.pk, run.pk), follow=True)
    assert "座位" in full.content.decode()
    planned = ActivityFactory(state="planned")
    assert student.post(me("sign_up", stay.pk, planned.pk)).status_code == 404


def test_everything_of_others_is_absent(stay, student):
    case, service = SupportFactory(), ServiceFactory()
    theirs = case.placement
    run, row = ShuttleFactory(), ActivityFactory()
    pages = [
        me("living", theirs.pk), me("activities", theirs.pk), me("support_list", theirs.pk), me("support", case.pk),
        me("ask_support", theirs.pk), me("service", service.pk), me("driving"), me("keeping"),
        me("ask_service", "nonsense"),
    ]  # fmt: skip
    deeds = [
        me("take_seat", theirs.pk, run.pk), me("free_seat", theirs.pk, run.pk), me("sign_up", theirs.pk, row.pk),
        me("sign_off", theirs.pk, row.pk), me("support", case.pk), me("service", service.pk),
        me("service_papers", service.pk),
    ]  # fmt: skip
    host = client_of(MembershipFactory(organisation=theirs.host).user)
    officer = client_of(officer_of(theirs.lead_unit))
    for client in (student, host, officer):
        assert {client.get(address).status_code for address in pages} == {404}
        assert {client.post(address, {"deed": "withdraw"}).status_code for address in deeds} == {404}
    assert {Client().get(address).status_code for address in pages} == {302}


def test_the_window_shows_its_services_and_takes_requests(settings):
    load_guides()
    user = UserFactory(name="测试求职者")
    client, address = client_of(user), me("ask_service", "archive")
    public = Client().get(reverse("internships:window")).content.decode()
    assert address not in public
    unit = LeadUnitFactory(name=settings.WINDOW_UNIT)
    public = Client().get(reverse("internships:window")).content.decode()
    assert address in public
    assert reverse("pages:guide", args=["window-archive"]) in public
    bad = client.post(address, {"name": "甲", "mobile": "123", "text": ""})
    assert bad.status_code == 200
    wrong = client.post(address, {"name": "甲", "text": "转档案", "papers": SimpleUploadedFile("x.pdf", b"none")})
    assert wrong.status_code == 200
    assert ServiceRequest.objects.count() == 0
    sent = client.post(
        address, {"name": "甲", "text": "转档案", "papers": [pdf(), pdf("b.pdf", pdf().read() + b"%%EOF")]}
    )
    case = ServiceRequest.objects.get()
    assert (sent.url, case.unit, case.papers.count()) == (me("service", case.pk), unit, 2)
    client.post(me("service_papers", case.pk), {"papers": pdf()})
    assert client.post(me("service_papers", case.pk), {}).status_code == 302
    assert case.papers.count() == 2
    paper = me("service_paper", case.papers.first().identifier)
    response = client.get(paper)
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert "no-store" in response["Cache-Control"]
    assert client_of(UserFactory()).get(paper).status_code == 404
    assert "转档案" in client.get(me("service_list")).content.decode()


def test_drivers_and_keepers_see_who_comes(stay):
    other = stays(1)[0]
    driver, keeper = UserFactory(), UserFactory()
    run = ShuttleFactory(driver=driver)
    run.taken_seats.create(placement=stay, number=1)
    house = LodgingFactory(keeper=keeper)
    given = give_bed(placement=stay, bed=BedFactory(lodging=house), actor=None)
    type(given).objects.filter(pk=given.pk).update(starts_on=run.leaves_at.date())
    for user, name in ((driver, "driving"), (keeper, "keeping")):
        page = client_of(user).get(me(name)).content.decode()
        assert stay.student.name in page
        assert other.student.name not in page


def test_a_stay_tells_what_is_open(stay, django_assert_num_queries):
    SupportFactory(placement=stay)
    SupportFactory(placement=stay, text="旧的", state="withdrawn")
    run = ShuttleFactory()
    run.taken_seats.create(placement=stay, number=1)
    given = give_bed(placement=stay, bed=BedFactory(), actor=None)
    ActivityFactory()
    with django_assert_num_queries(5):
        care = care_for(stay)
    assert (len(care.requests), care.bed, care.seat.run, len(care.activities)) == (1, given, run, 1)


@pytest.mark.parametrize("number", [1, 4])
def test_pages_ask_the_database_as_often_for_one_row_as_for_four(stay, student, number, django_assert_max_num_queries):
    for at in range(number):
        SupportFactory(placement=stay, text=str(at))
        ShuttleFactory().taken_seats.create(placement=stay, number=1)
        ActivityFactory()
    for name in ("living", "activities", "support_list"):
        with django_assert_max_num_queries(12):
            assert student.get(me(name, stay.pk)).status_code == 200
