"""Every address of claims outside the admin, and what it answers to whom. A new address needs its line here."""

import pytest
from django.test import Client
from django.urls import reverse

from internships.subsidies import host_urls, me_urls
from internships.subsidies.enums import ClaimState
from tests.factories import stays
from tests.factories.subsidies import claim_in
from tests.internships.test_who_sees_what import answer
from wenxi_portal.accounts.enums import Role

pytestmark = pytest.mark.django_db
ROLES = ("student", "other_student", "host", "other_host", "officer")


def row(*args, post=False, others=404, **answers):
    return args, post, {"stranger": 302, **dict.fromkeys(ROLES, others), **answers}


TABLE = {
    "my_subsidies:claims": row(others=200),
    # Without a profile there is nobody to pay: first the profile.
    "my_subsidies:account": row(others=302, student=200, other_student=200),
    "my_subsidies:claim": row("number", student=200),
    "my_subsidies:hand_in": row("number", student=302),
    "my_subsidies:withdraw": row("number", post=True, student=302),
    "my_subsidies:pay_again": row("number", post=True, student=302),
    "host_subsidies:claims": row(host=200, other_host=200),
    "host_subsidies:claim": row("pk", host=200),
}


def test_every_address_has_its_line():
    known = {f"{room.app_name}:{page.name}" for room in (me_urls, host_urls) for page in room.urlpatterns}
    assert known == set(TABLE)


def test_every_address_answers_as_its_line_says():
    claim, other = claim_in(ClaimState.SUBMITTED), claim_in(ClaimState.SUBMITTED)
    people = {
        "student": claim.student.user,
        "other_student": other.student.user,
        "host": stays.host_of(claim.placement),
        "other_host": stays.host_of(other.placement),
        "officer": stays.member(claim.lead_unit, Role.LEAD_UNIT_OFFICER),
    }
    clients = {"stranger": Client()}
    for role, user in people.items():
        clients[role] = Client()
        clients[role].force_login(user)
    parts = {"number": claim.number, "pk": claim.pk}
    wrong = []
    for name, (args, post, expected) in TABLE.items():
        address = reverse(name, args=[parts[arg] for arg in args])
        found = {role: answer(client, address, post=post) for role, client in clients.items()}
        wrong += [(name, role, found[role], expected[role]) for role in found if found[role] != expected[role]]
    assert not wrong
