"""Where the areas of internships meet: a page of one leads to the pages of the others, and desks count what they list."""

import pytest
from django.urls import reverse

from internships.enums import AgreementParty
from internships.models import Application
from internships.selectors.attendance import due_months
from internships.services.certificate import issue_certificate
from internships.services.lodging import give_bed
from internships.services.placement import cancel
from internships.services.stay_agreement import generate, link_token
from tests.factories import stays
from tests.factories.accounts import UserFactory, staff
from tests.factories.care import BedFactory, LodgingFactory, ShuttleFactory, SupportFactory
from tests.factories.internships import ApplicationFactory, PlacementFactory, PositionFactory, StudentFactory
from tests.internships.conftest import desk
from wenxi_portal.accounts.enums import Role

pytestmark = pytest.mark.django_db


def me(name, *args):
    return reverse(f"my_internships:{name}", args=args)


@pytest.fixture
def stay(db):
    return stays.on_post()


def page_of(user, address):
    response = desk(user).client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_the_page_of_a_stay_leads_to_bed_help_and_activities_and_they_lead_back(stay):
    give_bed(placement=stay, bed=BedFactory(room="305"), actor=None)
    case = SupportFactory(placement=stay)
    user = stay.student.user
    page = page_of(user, me("stay", stay.pk))
    for name in ("living", "activities", "support_list", "ask_support"):
        assert me(name, stay.pk) in page, name
    assert me("support", case.pk) in page
    assert "305" in page
    for address in (me("living", stay.pk), me("activities", stay.pk), me("support", case.pk)):
        below = page_of(user, address)
        assert f'href="{me("stay", stay.pk)}"' in below
        assert f'href="{me("stays")}"' in below


def test_the_case_at_the_desk_shows_care_and_the_profile_leads_to_the_case(stay):
    given = give_bed(placement=stay, bed=BedFactory(), actor=None)
    case = SupportFactory(placement=stay)
    officer = staff()
    address = reverse("admin:internships_placement_change", args=[stay.pk])
    page = page_of(officer, address)
    for name, key in (
        ("carevisit_log", stay.pk), ("bedstay_give", stay.pk), ("bedstay_change", given.pk),
        ("supportrequest_change", case.pk),
    ):  # fmt: skip
        assert reverse(f"admin:internships_{name}", args=[key]) in page, name
    assert address in page_of(officer, reverse("admin:internships_student_change", args=[stay.student_id]))


def test_own_internships_lead_to_the_open_positions():
    assert reverse("internships:position_list") in page_of(StudentFactory().user, me("home"))


def test_whoever_drives_or_keeps_a_house_finds_it_in_the_own_account():
    driver, keeper = UserFactory(), UserFactory()
    ShuttleFactory(driver=driver)
    LodgingFactory(keeper=keeper)
    account = reverse("accounts:me")
    links = (me("driving"), me("keeping"))
    assert [link in page_of(driver, account) for link in links] == [True, False]
    assert [link in page_of(keeper, account) for link in links] == [False, True]
    assert [link in page_of(UserFactory(), account) for link in links] == [False, False]


def test_the_page_of_an_intern_shows_the_number_and_leads_to_the_application(stay):
    host = stays.host_of(stay)
    page = page_of(host, reverse("host_desk:intern", args=[stay.pk]))
    assert f'action="{reverse("host_desk:intern_contact", args=[stay.pk])}"' in page
    application = reverse("host_desk:applicant", args=[stay.application_id])
    assert f'href="{application}"' in page
    assert 'id="contact"' in page_of(host, application)


def test_the_agreement_leads_its_own_parties_back_and_strangers_nowhere():
    stay = stays.planned()
    agreement = generate(placement=stay, actor=None)
    parties = {
        AgreementParty.STUDENT: (stay.student.user, me("stay", stay.pk)),
        AgreementParty.HOST: (stays.host_of(stay), reverse("host_desk:intern", args=[stay.pk])),
        AgreementParty.SCHOOL: (
            stays.member(stay.student.university, Role.UNIVERSITY_LIAISON), reverse("university_desk:students")
        ),
    }  # fmt: skip
    for party, (user, back) in parties.items():
        address = reverse("internships:agreement", args=[link_token(agreement, party)])
        assert f'href="{back}"' in page_of(user, address), party
        assert f'href="{back}"' not in page_of(UserFactory(), address), party


def test_whoever_signs_up_on_the_way_to_an_application_comes_back_to_it(client):
    apply = me("apply", PositionFactory().pk)
    to_sign_in = client.get(apply)
    assert to_sign_in.status_code == 302
    sign_up = f"{reverse('account_signup')}?next={apply}"
    sign_in = client.get(to_sign_in.url).content.decode()
    assert f'href="{sign_up}"' in sign_in
    assert f'href="{reverse("account_login")}?next={apply}"' in client.get(sign_up).content.decode()


def test_a_cancelled_stay_gives_its_seat_to_the_next_who_waits(host):
    stay = stays.planned(position=host.position)
    waiting = ApplicationFactory(position=host.position, state="wait_listed", wait_rank=1)
    cancel(placement=stay, actor=staff(), reason="示例原因")
    assert Application.objects.get(pk=waiting.pk).state == "offered"
    assert Application.objects.get(pk=stay.application_id).state == "withdrawn"


def test_each_queue_of_stays_counts_what_its_list_shows(stay):
    for state in ("planned", "ready", "on_post", "interrupted", "completed", "ended_early"):
        PlacementFactory(on_post=True, state=state)
    certified, appraised = stays.over(), stays.over()
    for one in (certified, appraised):
        stays.appraised(one)
    for month in due_months(certified, stays.day(0)):
        stays.confirmed(certified, month)
    issue_certificate(placement=certified, actor=staff(), site="https://example.invalid/")
    SupportFactory(placement=stay)
    ApplicationFactory(accepted=True)
    desk_page = desk(staff()).client
    queues = desk_page.get(reverse("admin:index")).context_data["queues"]
    counted = {queue.title: queue.total for queue in queues}
    # Completed, ended early and the two that were played: one of them has its certificate, one alone is appraised.
    assert (counted["待出具的实习证明"], counted["已接受、待安排"]) == (1, 1)
    for queue in queues:
        listed = desk_page.get(queue.url).context_data or {}
        if "cl" in listed:
            assert listed["cl"].result_count == queue.total, queue.title


@pytest.mark.parametrize("role", [Role.ORGANIZATION_DEPARTMENT, Role.AUDITOR])
def test_who_was_accepted_leads_to_what_the_reader_may_do(role):
    ApplicationFactory(accepted=True)
    client = desk(staff(role)).client
    queue = next(
        queue for queue in client.get(reverse("admin:index")).context_data["queues"] if queue.title == "已接受、待安排"
    )
    for address in (queue.url, queue.lines[0].url):
        assert client.get(address).status_code == 200
    assert queue.lines[0].url in client.get(queue.url).content.decode()
