"""What everybody reads about the money, and the desk on which it is written."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from internships.subsidies.enums import PolicyState, SchemeKind
from internships.subsidies.forms.rules import to_data, to_values
from internships.subsidies.models import Policy, Scheme
from internships.subsidies.selectors.trial import try_policy
from internships.subsidies.services.facts import load_policies
from tests.factories.accounts import staff
from tests.factories.internships import PositionFactory
from tests.factories.organisations import HostFactory
from tests.factories.subsidies import PolicyFactory, SchemeFactory
from tests.factories.subsidies_policies import attended_stay, policy_in
from wenxi_portal.accounts.enums import Role
from wenxi_portal.accounts.models import User
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
CHANGE = "admin:subsidies_policy_change"


@pytest.fixture
def published() -> None:
    HostFactory(name="山西建龙")
    assert load_policies() == {"schemes": 2, "policies": 2}


@pytest.fixture
def desk() -> Callable[..., Client]:
    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


def test_the_published_rates_are_loaded_once_and_nobody_is_made_up(published: None) -> None:
    assert load_policies() == {"schemes": 0, "policies": 0}
    allowance, bonus = Policy.objects.order_by("scheme__order")
    assert allowance.rules["rates"] == {"bachelor": "1000", "master": "1500"}
    assert bonus.rules["bonus"]["amounts"] == {"bachelor": "2400", "master": "3600"}
    assert [row.host.name for row in bonus.policy_hosts.all()] == ["山西建龙"]
    for policy in (allowance, bonus):
        assert (policy.state, policy.approved_by, policy.document_number) == (PolicyState.APPROVED, None, "")
        assert policy.is_sample
        assert "运城日报" in policy.source
    assert [allowance.is_sample_part(part) for part in ("rates", "counting")] == [False, True]


def test_the_public_reads_what_is_paid_and_what_is_a_sample(client: Client, published: None) -> None:
    shown = client.get(reverse("subsidies:policies")).content.decode()
    assert "¥1,500.00" in shown
    assert "¥2,400.00" in shown
    assert "山西建龙" in shown
    assert "示例参数" in shown
    page = client.get(reverse("subsidies:policy", args=["allowance", 1])).content.decode()
    assert "¥2,000.00" in page
    assert "文号待补录" in page
    english = client.get(reverse("subsidies:policies"), headers={"Accept-Language": "en"})
    assert english.status_code == 200
    sitemap = client.get("/sitemap.xml").content.decode()
    assert reverse("subsidies:policy", args=["allowance", 1]) in sitemap or "sitemap" in sitemap


@pytest.mark.parametrize("state", [state for state in PolicyState if state != PolicyState.APPROVED])
def test_what_is_not_approved_is_not_there(client: Client, state: str) -> None:
    policy = policy_in(state)
    assert client.get(reverse("subsidies:policy", args=[policy.scheme.code, 1])).status_code == 404
    assert policy.title not in client.get(reverse("subsidies:policies")).content.decode()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"level": "master", "starts_on": "2026-07-05", "ends_on": "2026-09-04"}, "¥3,000.00"),
        ({"level": "bachelor", "starts_on": "2026-07-05", "ends_on": "2026-08-03"}, "¥0.00"),
        ({"level": "bachelor", "starts_on": "2026-07-05", "ends_on": "2026-08-04", "days_a_month": "0.5"}, "¥1,000.00"),
        ({"level": "bachelor", "starts_on": "2026-07-05", "ends_on": "2026-07-01"}, "alert"),
        ({"level": "doctor", "starts_on": "2026-07-05", "ends_on": "2026-09-01"}, "alert"),
        ({"level": "bachelor", "starts_on": "x", "ends_on": "9999-99-99", "days_a_month": "-1"}, "alert"),
        ({"level": "bachelor", "starts_on": "2026-07-05", "ends_on": "2126-07-05"}, "alert"),
        ({"level": "bachelor", "starts_on": "2026-07-05", "ends_on": "2026-09-01", "days_a_month": "1.3"}, "alert"),
    ],
)
def test_the_calculator_needs_no_script_and_keeps_nothing(
    client: Client, published: None, asked: dict[str, str], says: str
) -> None:
    before = AuditEntry.objects.count()
    response = client.get(reverse("subsidies:calculator"), asked)
    assert response.status_code == 200
    assert says in response.content.decode()
    assert AuditEntry.objects.count() == before


def test_without_a_policy_pages_say_so(client: Client) -> None:
    assert client.get(reverse("subsidies:calculator"), {"level": "master"}).status_code == 200
    assert client.get(reverse("subsidies:policies")).status_code == 200


def test_positions_announce_what_the_policy_in_force_says(client: Client) -> None:
    position = PositionFactory(levels=["bachelor", "doctor"])
    assert "¥" not in _allowance(client, position)
    policy = PolicyFactory(rules={"rates": {"bachelor": "1234"}})
    assert "¥1,234.00" in _allowance(client, position)
    Policy.objects.filter(pk=policy.pk).update(valid_until=date(2021, 2, 1))
    PolicyFactory(scheme=policy.scheme, version=2, valid_from=date(2021, 2, 2), rules={"rates": {"doctor": "2000"}})
    assert "¥1,234.00" not in _allowance(client, position)
    assert "¥2,000.00" in _allowance(client, position)


def _allowance(client: Client, position: Any) -> str:
    return client.get(position.get_absolute_url()).content.decode().split('id="allowance"')[1].split("</section>")[0]


RULES: list[dict[str, Any]] = [
    {"rates": {"bachelor": "1000", "master": "1500"}, "counting": {"method": "whole_months", "basis": "stay"}},
    {"rates": {"bachelor": "1000"}, "counting": {"method": "half_months", "half_from_days": "15", "basis": "calendar"}},
    {"counting": {"method": "day_bands", "bands": [{"from_days": "10", "amount": "400"}]}},
    {"rates": {"master": "900.5"}, "counting": {"method": "day_bands", "bands": [{"from_days": "5", "share": "0.35"}]}},
    {"rates": {"master": "900"}, "counting": {"method": "by_day", "days_a_month": "21.75", "rounding_step": "10"}},
    {"bonus": {"amounts": {"master": "3600"}, "percent_of_allowance": "30"}},
    {
        "bonus": {
            "amounts": {"master": "3600"},
            "milestones": [
                {"kind": "contract", "months": 0, "share": "0.4"},
                {"kind": "months", "months": 12, "share": "0.6"},
            ],
        }
    },
]


@pytest.mark.parametrize("rules", RULES, ids=lambda rules: json.dumps(rules)[:40])
def test_fields_and_data_say_the_same(rules: dict[str, Any]) -> None:
    values = {name: Decimal(value) if _is_number(value) else value for name, value in to_values(rules).items()}
    assert to_data(values) == rules


def _is_number(value: Any) -> bool:
    return isinstance(value, str) and value.replace(".", "").isdigit()


def form_of(scheme: Scheme, **more: Any) -> dict[str, Any]:
    empty = {f"policy_hosts-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    return empty | {
        "scheme": scheme.pk, "title": "示例办法", "document_number": "示例发〔2026〕1号", "valid_from": "2027-01-01",
        "rhythm": "monthly", "window_days": "60", "notice_working_days": "5", "recheck_percent": "10",
        "papers": ["appraisal"], "policy_hosts-MAX_NUM_FORMS": "1000",
    } | more  # fmt: skip


def test_a_policy_is_written_in_fields_and_approved_by_a_colleague(desk: Callable[[User], Client]) -> None:
    author, other = staff(Role.ORGANIZATION_DEPARTMENT), staff(Role.ORGANIZATION_DEPARTMENT)
    client, scheme = desk(author), SchemeFactory()
    wrong = {"rate_bachelor": "1000", "method": "half_months"}
    refused = client.post(reverse("admin:subsidies_policy_add"), form_of(scheme, **wrong))
    assert refused.status_code == 200
    assert refused.context["adminform"].form.errors.keys() == {"half_from_days"}
    right = wrong | {"half_from_days": "15", "most_months": "6"}
    client.post(reverse("admin:subsidies_policy_add"), form_of(scheme, **right))
    policy = Policy.objects.get()
    assert policy.rules == {
        "rates": {"bachelor": "1000"},
        "counting": {"method": "half_months", "half_from_days": "15"},
    }
    assert (policy.drafted_by, policy.papers, policy.most_months) == (author, ["appraisal"], 6)
    shown = client.get(reverse(CHANGE, args=[policy.pk]))
    assert shown.context["adminform"].form["half_from_days"].value() == "15"
    assert desk(other).get(reverse(CHANGE, args=[policy.pk])).status_code == 200
    client.post(reverse("admin:subsidies_policy_propose", args=[policy.pk]))
    for who in (client, desk(other)):
        who.post(reverse("admin:subsidies_policy_approve", args=[policy.pk]), {"reason": ""})
    policy.refresh_from_db()
    assert (policy.state, policy.approved_by) == (PolicyState.APPROVED, other)
    assert client.get(reverse(CHANGE, args=[policy.pk])).status_code == 200
    assert client.post(reverse(CHANGE, args=[policy.pk]), form_of(scheme, title="改")).status_code in (403, 404)


def test_a_draft_is_tried_on_last_years_stays(desk: Callable[[User], Client]) -> None:
    held = PolicyFactory()
    whole = attended_stay(date(2025, 7, 1), date(2025, 8, 31))
    short = attended_stay(date(2025, 7, 1), date(2025, 7, 20))
    attended_stay(date(2024, 7, 1), date(2024, 8, 31))
    author = staff(Role.ORGANIZATION_DEPARTMENT)
    draft = PolicyFactory(
        draft=True, scheme=held.scheme, version=2, valid_from=date(2026, 1, 1),
        rules={"rates": {"bachelor": "900"}, "counting": {"method": "half_months", "half_from_days": "15"}},
    )  # fmt: skip
    trial = try_policy(draft, 2025, author)
    assert {row.stay.pk: (row.was, row.would) for row in trial.rows} == {whole.pk: (2000, 1800), short.pk: (0, 450)}
    assert (trial.gainers, trial.losers, trial.was, trial.would) == (1, 1, 2000, 2250)
    assert trial.months == {date(2025, 7, 1): [1000, 1350], date(2025, 8, 1): [1000, 900]}
    client, address = desk(author), reverse("admin:subsidies_policy_trial", args=[draft.pk])
    assert "¥2,250.00" in client.get(address, {"year": "2025"}).content.decode()
    assert client.get(address, {"year": "x"}).status_code == 200
    assert client.post(address, {"year": "2025", "reason": ""}).status_code == 200
    sheet = client.post(address, {"year": "2025", "reason": "报批"})
    assert sheet["Content-Type"].endswith("sheet")
    assert b"".join(sheet.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    assert AuditEntry.objects.filter(verb=Verb.EXPORTED, reason="报批").exists()
    # A lead unit tries it on the stays that it sees.
    assert not try_policy(draft, 2025, staff(Role.LEAD_UNIT_OFFICER)).rows


def test_a_bonus_is_tried_on_those_who_were_hired() -> None:
    host = HostFactory()
    stay = attended_stay(
        date(2025, 7, 1), date(2025, 8, 31), outcome="hired", employer=host, contract_on=date(2025, 9, 1)
    )
    attended_stay(date(2025, 7, 1), date(2025, 8, 31))
    scheme = SchemeFactory(kind=SchemeKind.BONUS)
    draft = PolicyFactory(draft=True, scheme=scheme, rules={"bonus": {"amounts": {"bachelor": "2400"}}})
    department = staff(Role.ORGANIZATION_DEPARTMENT)
    assert [(row.stay.pk, row.would) for row in try_policy(draft, 2025, department).rows] == [(stay.pk, 2400)]
    draft.policy_hosts.create(host=HostFactory())
    assert [row.would for row in try_policy(draft, 2025, department).rows] == [0]


@pytest.mark.parametrize(
    ("role", "seen", "may_draft"),
    [
        (Role.ORGANIZATION_DEPARTMENT, 200, 200),
        (Role.LEAD_UNIT_OFFICER, 200, 403),
        (Role.FINANCE, 200, 403),
        (Role.AUDITOR, 200, 403),
        (Role.SYSTEM_ADMINISTRATOR, 403, 403),
    ],
)
def test_who_sees_and_who_drafts(desk: Callable[[User], Client], role: Role, seen: int, may_draft: int) -> None:
    policy = PolicyFactory()
    client = desk(staff(role))
    for name in ("policy", "scheme"):
        assert client.get(reverse(f"admin:subsidies_{name}_changelist")).status_code == seen
        assert client.get(reverse(f"admin:subsidies_{name}_add")).status_code == may_draft
    found = client.get(reverse("admin:subsidies_policy_trial", args=[policy.pk])).status_code
    assert found in ({200} if seen == 200 else {403, 404})
