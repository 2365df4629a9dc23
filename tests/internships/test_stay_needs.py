"""What a student reads before a stay begins: what is missing, what to do about it and where, and nothing once it runs."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from internships.enums import AgreementParty
from internships.models import Placement, Student
from internships.services.stay_agreement import confirm_by_link, generate, link_token
from internships.views.stay_needs import needs_of_student
from tests.factories import stays
from tests.factories.internships import StudentFactory
from tests.internships.conftest import desk

pytestmark = pytest.mark.django_db


def missing(stay):
    """Return what is missing: what to do and where."""
    fresh = Placement.objects.get(pk=stay.pk)
    return {need.label: (need.to_do, need.url) for need in needs_of_student(fresh) if not need.met}


def me(name, *args):
    return reverse(f"my_internships:{name}", args=args)


def test_each_thing_that_is_missing_says_what_to_do_and_leads_there():
    born = timezone.localdate() - timedelta(days=17 * 366)
    stay = stays.planned(student=StudentFactory(birth_date=born, enrolment_code="ABCD1234"))
    found = missing(stay)
    wanted = {
        "学籍": me("profile_step", "proof"),
        "三方协议": me("ask_support", stay.pk),
        "意外伤害保险": me("ask_support", stay.pk),
        "监护人同意书": f"{me('papers')}?kind=guardian",
    }
    assert {label: url for label, (_to_do, url) in found.items()} == wanted
    assert all(to_do for to_do, _url in found.values())
    client = desk(stay.student.user).client
    page = client.get(me("stay", stay.pk)).content.decode()
    for to_do, url in found.values():
        assert to_do in page
        assert f'href="{url}"' in page
        assert client.get(url).status_code == 200


def test_the_agreement_is_the_students_until_confirmed_and_then_the_others():
    stay = stays.planned()
    agreement = generate(placement=stay, actor=None)
    assert missing(stay)["三方协议"][1] == me("stay_agreement", stay.pk)
    confirm_by_link(token=link_token(agreement, AgreementParty.STUDENT), signer="示例签署人")
    to_do, url = missing(stay)["三方协议"]
    assert stay.lead_unit.name in to_do
    assert url == me("ask_support", stay.pk)


def test_who_is_too_young_is_told_whom_to_ask():
    stay = stays.planned(0, 9, student=stays.checked_student())
    Student.objects.filter(pk=stay.student_id).update(birth_date=timezone.localdate() - timedelta(days=15 * 365))
    assert any("16" in to_do and stay.lead_unit.name in to_do for to_do, _url in missing(stay).values())


def test_a_stay_that_runs_needs_nothing():
    assert needs_of_student(stays.on_post()) == []
    assert missing(stays.ready()) == {}
