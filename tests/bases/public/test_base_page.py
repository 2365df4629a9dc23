"""The public page of one base: what everybody may know, and no more."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bases.enums import BaseState, KindBasis
from bases.models import Base, BaseCandidateKind
from bases.services.base import move_base, save_base
from bases.views import base_facts
from tests.bases.public import many
from tests.factories.accounts import UserFactory, staff
from tests.factories.bases import AgreementFactory, BaseFactory, BaseKindFactory
from tests.factories.organisations import HostFactory, LeadUnitFactory, MembershipFactory, UniversityFactory
from wenxi_portal.accounts.enums import Role

pytestmark = pytest.mark.django_db
MOST_QUERIES = 6


def address(base: Base) -> str:
    return reverse("bases:detail", args=[base.pk])


def text_of(client: Client, base: Base, query: str = "") -> str:
    response = client.get(address(base) + query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("number", [1, 300])
def test_queries_do_not_grow(client: Client, number: int) -> None:
    base = many.bases(number)[0]
    AgreementFactory(signed=True, bases=[base], is_public=True, party=UniversityFactory())
    client.get(address(base))
    with CaptureQueriesContext(connection) as seen:
        client.get(address(base))
    assert len(seen) <= MOST_QUERIES


@pytest.mark.parametrize("pk", ["0", "abc", "-1", "999999999999999999999", "1.5"])
def test_forged_numbers_are_not_found(client: Client, pk: str) -> None:
    assert client.get(f"{reverse('bases:list')}{pk}/").status_code == 404


def test_a_draft_is_for_those_who_work_with_it() -> None:
    unit = LeadUnitFactory()
    draft = BaseFactory(planned=True, lead_unit=unit)
    officer = staff(Role.LEAD_UNIT_OFFICER)
    MembershipFactory(user=officer, organisation=unit)
    readers = {
        AnonymousUser(): 404,
        UserFactory(role=Role.STUDENT): 404,
        staff(Role.LEAD_UNIT_OFFICER): 404,
        officer: 200,
        staff(Role.ORGANIZATION_DEPARTMENT): 200,
        staff(Role.AUDITOR): 200,
    }
    for user, status in readers.items():
        client = Client()
        if user.is_authenticated:
            client.force_login(user)
        response = client.get(address(draft))
        assert response.status_code == status, user
        if status == 200:
            assert "草稿" in response.content.decode()
            assert "noindex" in response.content.decode()


def test_absent_and_forbidden_look_alike(client: Client) -> None:
    draft = BaseFactory(planned=True)
    forbidden, absent = client.get(address(draft)), client.get(reverse("bases:detail", args=[draft.pk + 1]))
    assert forbidden.status_code == absent.status_code == 404
    assert str(draft) not in forbidden.content.decode()


def test_the_four_facts_and_their_doubts(client: Client) -> None:
    kinds = [BaseKindFactory(number=1), BaseKindFactory(number=2)]
    base = BaseFactory(
        unveiled=True,
        kind=None,
        kind_basis=KindBasis.AMBIGUOUS,
        lead_unit_inferred=True,
        local_partner=None,
        plaque_on=None,
        plaque_year=None,
        plaque_note="2021年12月前后",
    )
    for kind in kinds:
        BaseCandidateKind.objects.create(base=base, kind=kind)
    text = text_of(client, base)
    assert f"待核定：{kinds[0].name} 或 {kinds[1].name}" in text
    assert "推定，县里尚未公布" in text
    assert "2021年12月前后" in text
    assert "待补录" in text


def test_only_public_agreements_are_shown(client: Client) -> None:
    base = BaseFactory(unveiled=True)
    university = UniversityFactory()
    shown = AgreementFactory(signed=True, bases=[base], is_public=True, party=university)
    kept = AgreementFactory(signed=True, bases=[base], is_public=False)
    text = text_of(client, base)
    assert shown.title in text
    assert university.name in text
    assert "2023年6月1日签订" in text
    assert kept.title not in text


def test_its_way_names_no_officer_and_no_reason(client: Client) -> None:
    officer = staff(name="示例经办人")
    base = save_base(
        base=BaseFactory.build(kind=BaseKindFactory(), lead_unit=LeadUnitFactory(), local_partner=None), actor=officer
    )
    base = move_base(base=base, to_state=BaseState.UNVEILED, actor=officer, reason="内部理由甲", on=date(2023, 5, 1))
    base = move_base(base=base, to_state=BaseState.SUSPENDED, actor=officer, reason="内部理由乙")
    base = move_base(base=base, to_state=BaseState.UNVEILED, actor=officer, reason="内部理由丙")
    base = move_base(base=base, to_state=BaseState.CLOSED, actor=officer, reason="内部理由丁")
    text = text_of(client, base)
    assert "2023年5月1日" in text
    assert "恢复运行" in text
    assert "示例经办人" not in text
    assert "内部理由" not in text
    shown = Base.objects.get(pk=base.pk)
    shown.moves, shown.university_facts, shown.possible_kinds = [], [], []
    assert [move.get("phase", "") for move in base_facts.moves(shown)] == ["", "now"]


def test_what_else_is_near(client: Client) -> None:
    kind, university = BaseKindFactory(), UniversityFactory()
    base = BaseFactory(unveiled=True, kind=kind, universities=[university])
    same_kind = BaseFactory(unveiled=True, kind=kind)
    same_university = BaseFactory(unveiled=True, universities=[university])
    draft = BaseFactory(planned=True, kind=kind)
    elsewhere = BaseFactory(unveiled=True)
    text = text_of(client, base)
    assert same_kind.name in text
    assert same_university.name in text
    assert draft.name not in text
    assert elsewhere.name not in text


def test_english_is_complete(client: Client) -> None:
    base = BaseFactory(unveiled=True, name="云上基地", name_en="", story="示例故事")
    text = text_of(client, base, "?lang=en")
    assert '<span lang="zh-Hans">云上基地</span>' in text
    assert "Whom to ask" in text
    assert "<title>云上基地" in text


def test_english_texts_take_the_place_of_chinese_ones(client: Client) -> None:
    university, host = UniversityFactory(), HostFactory(name="云上厂", name_en="Cloud Works", name_note="全称待补录")
    base = BaseFactory(
        unveiled=True,
        summary="一句话",
        summary_en="One sentence",
        plaque_on=None,
        plaque_year=None,
        plaque_note="某月前后",
        plaque_note_en="Around some month",
        source="示例日报",
        source_en="Example Daily",
        local_partner=host,
        place=host.name,
        universities=[university],
    )
    AgreementFactory(
        signed=True,
        bases=[base],
        is_public=True,
        party=university,
        title="示例协议书",
        title_en="Example agreement",
        summary="几句话",
        summary_en="A few sentences",
    )
    text = text_of(client, base, "?lang=en")
    for english in ("One sentence", "Around some month", "Example Daily", "Example agreement", "A few sentences"):
        assert english in text
    for chinese in ("一句话", "某月前后", "示例日报", "示例协议书", "几句话", "云上厂"):
        assert chinese not in text
    assert text.count("Cloud Works") == 2
    assert '<span lang="zh-Hans">全称待补录</span>' in text


def test_text_of_a_record_is_shown_as_text(client: Client) -> None:
    base = BaseFactory(unveiled=True, name="<i>示例</i>", story="<script>x</script>", place="<b>镇</b>")
    text = text_of(client, base)
    assert "<i>示例" not in text
    assert "<script>x" not in text
    assert "<b>镇" not in text
