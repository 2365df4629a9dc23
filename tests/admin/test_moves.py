"""State changes as buttons: only allowed ones, always with a reason, never by GET."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bases.enums import AgreementState, BaseState
from bases.models import Agreement
from tests.factories.accounts import staff
from tests.factories.bases import AgreementFactory, BaseFactory
from tests.factories.organisations import UniversityFactory
from wenxi_portal.accounts.enums import Role


def deed(record, name):
    return reverse(f"admin:bases_{record._meta.model_name}_{name}", args=[record.pk])


def shown_buttons(client, record):
    page = client.get(reverse(f"admin:bases_{record._meta.model_name}_change", args=[record.pk]))
    found = [button["path"].rstrip("/").rsplit("/", 1)[-1] for button in page.context_data["actions_detail"]]
    # Whoever sees a record may see why somebody was reminded of it.
    assert found.pop() == "reminders"
    return found


@pytest.mark.parametrize(
    ("trait", "buttons"),
    [
        ("planned", ["unveil", "close"]),
        ("unveiled", ["suspend", "close"]),
        ("suspended", ["reopen", "close"]),
        ("closed", []),
    ],
)
def test_a_base_shows_the_moves_that_its_state_allows(department, trait, buttons):
    assert shown_buttons(department.client, BaseFactory(**{trait: True})) == buttons


@pytest.mark.parametrize(
    ("traits", "buttons"),
    [
        ({}, ["sign", "terminate"]),
        ({"signed": True}, ["renew", "amend", "terminate"]),
        ({"signed": True, "valid_until": date(2024, 1, 1)}, ["renew", "amend", "expire", "terminate"]),
        ({"expired": True}, ["renew", "amend"]),
    ],
)
def test_an_agreement_shows_the_moves_that_its_state_allows(department, traits, buttons):
    assert shown_buttons(department.client, AgreementFactory(**traits)) == buttons


def test_auditors_see_no_buttons(db, client):
    client.force_login(staff(Role.AUDITOR))
    base = BaseFactory(planned=True)
    assert shown_buttons(client, base) == []
    assert client.post(deed(base, "unveil"), {"reason": "示例"}).status_code == 403


def test_a_get_asks_and_changes_nothing(department):
    base = BaseFactory(planned=True)
    assert department.client.get(deed(base, "unveil")).status_code == 200
    base.refresh_from_db()
    assert base.state == BaseState.PLANNED


def test_a_move_without_a_reason_is_refused(department):
    base = BaseFactory(planned=True)
    response = department.client.post(deed(base, "unveil"), {"reason": " ", "year": "2024"})
    assert response.status_code == 200
    assert "reason" in response.context_data["form"].errors
    base.refresh_from_db()
    assert base.state == BaseState.PLANNED


def test_unveiling_leaves_actor_reason_and_day(department):
    base = BaseFactory(planned=True)
    response = department.client.post(deed(base, "unveil"), {"reason": "揭牌仪式", "on": "2024-05-01"})
    assert response.status_code == 302
    base.refresh_from_db()
    assert (base.state, base.plaque_on, base.plaque_year) == (BaseState.UNVEILED, date(2024, 5, 1), 2024)
    change = base.state_changes.first()
    assert (change.actor, change.reason) == (department.user, "揭牌仪式")


def test_unveiling_without_day_year_or_note_is_explained(department):
    base = BaseFactory(planned=True)
    response = department.client.post(deed(base, "unveil"), {"reason": "揭牌仪式"})
    assert response.status_code == 200
    assert response.context_data["form"].errors


@pytest.mark.parametrize(
    ("trait", "moves"),
    [
        ("planned", ["suspend", "reopen"]),
        ("unveiled", ["unveil", "reopen"]),
        ("suspended", ["unveil", "suspend"]),
        ("closed", ["unveil", "reopen", "suspend", "close_base"]),
    ],
)
def test_a_move_that_the_state_does_not_allow_is_explained_and_writes_nothing(department, trait, moves):
    base = BaseFactory(**{trait: True})
    before = (base.state, base.revision, base.state_changes.count())
    for move in moves:
        asked = department.client.get(deed(base, move))
        done = department.client.post(deed(base, move), {"reason": "示例", "year": "2024"})
        assert (move, asked.status_code, done.status_code) == (move, 404, 409)
        assert f"当前状态为“{base.get_state_display()}”" in done.rendered_content
    base.refresh_from_db()
    assert (base.state, base.revision, base.state_changes.count()) == before


@pytest.mark.parametrize(
    ("traits", "moves"),
    [
        ({}, ["expire", "renew", "amend"]),
        ({"signed": True}, ["sign", "expire"]),
        ({"expired": True}, ["sign", "expire", "terminate"]),
    ],
)
def test_a_move_that_an_agreement_does_not_allow_is_explained(department, traits, moves):
    agreement = AgreementFactory(**traits)
    for move in moves:
        asked = department.client.get(deed(agreement, move))
        done = department.client.post(deed(agreement, move), {"reason": "示例", "signed_year": "2024"})
        assert (move, asked.status_code, done.status_code) == (move, 404, 409)
    agreement.refresh_from_db()
    assert (agreement.revision, Agreement.objects.count()) == (1, 1)


def test_moves_of_other_records_and_of_other_kinds_are_not_found(officer):
    foreign, own = BaseFactory(planned=True), BaseFactory(closed=True, lead_unit=officer.unit)
    addresses = [deed(foreign, "unveil"), deed(foreign, "suspend")]
    addresses += [f"/admin/bases/base/{own.pk}/{name}/" for name in ("sign", "nonsense", "papers/zzz/replace")]
    addresses += [f"/admin/bases/base/{own.pk}/sign/change/", "/admin/bases/base/zzz/"]
    for address in addresses:
        found = {call(address).status_code for call in (officer.client.get, officer.client.post)}
        assert found == {404}, address


def test_a_day_in_the_future_stands_beside_its_field(department):
    base = BaseFactory(unveiled=True)
    day = timezone.localdate() + timedelta(days=2)
    response = department.client.post(deed(base, "close_base"), {"reason": "示例", "on": day.isoformat()})
    assert "on" in response.context_data["form"].errors


def test_signing_and_terminating(department):
    agreement = AgreementFactory(papers=None)
    sign = {"reason": "正式签署", "signed_on": "2024-05-01"}
    assert department.client.post(deed(agreement, "sign"), sign).status_code == 302
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.SIGNED
    assert department.client.post(deed(agreement, "terminate"), {"reason": "提前终止"}).status_code == 302
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.TERMINATED


def test_a_renewal_is_a_new_row_that_points_back_with_the_parties(department):
    agreement = AgreementFactory(signed=True, party=UniversityFactory(name="示例大学甲"))
    form = department.client.get(deed(agreement, "renew")).context_data["form"]
    values = {name: value or "" for name, value in form.initial.items()}
    response = department.client.post(deed(agreement, "renew"), values)
    renewal = Agreement.objects.get(renews=agreement)
    assert response.url == reverse("admin:bases_agreement_change", args=[renewal.pk])
    assert (renewal.state, renewal.parties.get().name) == (AgreementState.INTENT, "示例大学甲")
    assert "renew" not in shown_buttons(department.client, agreement)
