"""Synthetic organisations, bases and agreements, recognisably fictitious, for screens and for measuring.

Rows are written in bulk: they skip the verbs, but not one database constraint. The same number gives the same rows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from bases.enums import AgreementKind, AgreementState, BaseState, PartySide
from bases.models import (
    Agreement,
    AgreementBase,
    AgreementParty,
    AgreementStateChange,
    Base,
    BaseKind,
    BaseStateChange,
    BaseUniversity,
)
from bases.services.search_index import agreement_vector, base_vector
from wenxi_portal.core import search_text
from wenxi_portal.organisations.enums import HostKind, OrganisationKind
from wenxi_portal.organisations.models import Organisation
from wenxi_portal.organisations.services.organisation import index_organisation

BATCH = 500
PLACES = ("演示镇", "示例乡", "样板街道", "虚构园区", "假想村", "模拟新区")
PROVINCES = (("山西", "太原"), ("湖北", "武汉"), ("陕西", "西安"), ("北京", "北京"), ("天津", "天津"))
REASON = "演示数据"

Progress = Callable[[int], object]


def make_demo_bases(*, count: int, published: bool, progress: Progress) -> int:
    """Bring the number of demo bases up to ``count``, with partners and an agreement each; return how many were made.

    ``published`` False keeps every row behind the scenes: planned bases, agreements and organisations that the
    public does not see. ``progress`` is called with the number of bases made since the last call.
    The kinds of base must have been loaded before.
    """
    present = Base.objects.filter(is_demo=True).count()
    universities = _organisations(OrganisationKind.UNIVERSITY, max(3, count // 20), published)
    hosts = _organisations(OrganisationKind.HOST, max(3, count // 8), published)
    kinds = list(BaseKind.objects.select_related("lead_unit").in_official_order())
    numbers = iter(range(present + 1, count + 1))
    while batch := list(islice(numbers, BATCH)):
        with transaction.atomic():
            _make_batch(batch, kinds, universities, hosts, published)
        progress(len(batch))
    _refresh_statistics()
    return max(0, count - present)


def _refresh_statistics() -> None:
    """Tell the planner how many rows there are now, instead of leaving it to guess until autovacuum comes by."""
    tables = (Organisation, Base, BaseUniversity, Agreement, AgreementParty, AgreementBase)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(model._meta.db_table for model in tables)}")


def _organisations(kind: OrganisationKind, count: int, published: bool) -> list[Organisation]:
    """The demo organisations of ``kind``, topped up to ``count``."""
    present = Organisation.objects.filter(kind=kind, is_demo=True).count()
    missing = [_organisation(kind, number, published) for number in range(present + 1, count + 1)]
    with transaction.atomic():
        for made in Organisation.objects.bulk_create(missing, batch_size=BATCH):
            index_organisation(organisation=made)
    return list(Organisation.objects.filter(kind=kind, is_demo=True).order_by("pk"))


def _organisation(kind: OrganisationKind, number: int, published: bool) -> Organisation:
    is_university = kind == OrganisationKind.UNIVERSITY
    province, city = PROVINCES[number % len(PROVINCES)]
    name = f"示例大学{number:03d}" if is_university else f"演示实业有限公司{number:03d}"
    return Organisation(
        kind=kind,
        host_kind="" if is_university else HostKind.ENTERPRISE,
        name=name,
        name_en=f"Example University {number:03d}" if is_university else "",
        name_note=REASON,
        province=province if is_university else "山西",
        city=city if is_university else "运城",
        double_first_class=number % 3 == 0 if is_university else None,
        is_public=published,
        is_demo=True,
        sort_key=search_text.sort_key(name),
    )


def _make_batch(
    numbers: list[int],
    kinds: list[BaseKind],
    universities: list[Organisation],
    hosts: list[Organisation],
    published: bool,
) -> None:
    bases = [_base(number, kinds, hosts, published) for number in numbers]
    links = [link for base, number in zip(bases, numbers, strict=True) for link in _links(base, number, universities)]
    agreements = [_agreement(base, number, published) for base, number in zip(bases, numbers, strict=True)]
    parties = [
        party
        for agreement, number in zip(agreements, numbers, strict=True)
        for party in _parties(agreement, number, universities)
    ]
    _index(bases, links, agreements, parties)
    Base.objects.bulk_create(bases)
    BaseUniversity.objects.bulk_create(links)
    BaseStateChange.objects.bulk_create(
        BaseStateChange(base=base, to_state=base.state, reason=REASON) for base in bases
    )
    Agreement.objects.bulk_create(agreements)
    AgreementBase.objects.bulk_create(
        AgreementBase(agreement=agreement, base=base) for agreement, base in zip(agreements, bases, strict=True)
    )
    AgreementParty.objects.bulk_create(parties)
    AgreementStateChange.objects.bulk_create(
        AgreementStateChange(agreement=agreement, to_state=agreement.state, reason=REASON) for agreement in agreements
    )


def _index(
    bases: list[Base], links: list[BaseUniversity], agreements: list[Agreement], parties: list[AgreementParty]
) -> None:
    """Make the rows findable before they are written, so that each is written once."""
    now = timezone.now()
    universities: dict[int, list[Organisation]] = defaultdict(list)
    for link in links:
        universities[id(link.base)].append(link.university)
    by_agreement: dict[int, list[AgreementParty]] = defaultdict(list)
    for party in parties:
        by_agreement[id(party.agreement)].append(party)
    for base in bases:
        kinds = [base.kind] if base.kind else []
        base.search_vector = base_vector(base=base, universities=universities[id(base)], kinds=kinds)
        base.indexed_at = now
    for agreement in agreements:
        agreement.search_vector = agreement_vector(agreement=agreement, parties=by_agreement[id(agreement)])
        agreement.indexed_at = now


def _base(number: int, kinds: list[BaseKind], hosts: list[Organisation], published: bool) -> Base:
    chance = Random(number)
    kind = kinds[number % len(kinds)]
    name = f"演示{kind.name}{number:04d}"
    state = _base_state(chance) if published else BaseState.PLANNED
    plaque_on = None if state == BaseState.PLANNED else date(2018 + number % 8, 1 + number % 12, 1 + number % 28)
    return Base(
        name=name,
        kind=kind,
        state=state,
        lead_unit=kind.lead_unit,
        lead_unit_inferred=kind.lead_unit_inferred,
        local_partner=hosts[number % len(hosts)],
        place=PLACES[number % len(PLACES)] if number % 9 else "",
        plaque_on=plaque_on,
        plaque_year=plaque_on.year if plaque_on else None,
        closed_on=timezone.localdate() - timedelta(days=number % 300) if state == BaseState.CLOSED else None,
        summary="演示记录，单位、地点和日期均为虚构。",
        source=REASON,
        is_demo=True,
        sort_key=search_text.sort_key(name),
    )


def _base_state(chance: Random) -> BaseState:
    states = (BaseState.UNVEILED, BaseState.SUSPENDED, BaseState.CLOSED, BaseState.PLANNED)
    return chance.choices(states, weights=(85, 6, 4, 5))[0]


def _links(base: Base, number: int, universities: list[Organisation]) -> Iterator[BaseUniversity]:
    for step in range(1 + number % 2):
        yield BaseUniversity(base=base, university=universities[(number + step) % len(universities)])


def _agreement(base: Base, number: int, published: bool) -> Agreement:
    today = timezone.localdate()
    is_intent = number % 7 == 0
    signed_on = None if is_intent else today - timedelta(days=200 + number % 900)
    # A few run out within the next weeks, so that the list of what waits is not empty.
    valid_until = None if is_intent else today + timedelta(days=5 + (number * 37) % 1200)
    return Agreement(
        title=f"演示协议{number:04d}（{base.name}）",
        kind=AgreementKind.values[number % len(AgreementKind.values)],
        state=AgreementState.INTENT if is_intent else AgreementState.SIGNED,
        lead_unit=base.lead_unit,
        signed_on=signed_on,
        signed_year=signed_on.year if signed_on else None,
        valid_from=signed_on,
        valid_until=valid_until,
        summary="演示记录。",
        source=REASON,
        is_public=published and number % 2 == 0,
        is_demo=True,
    )


def _parties(agreement: Agreement, number: int, universities: list[Organisation]) -> Iterator[AgreementParty]:
    university = universities[number % len(universities)]
    yield AgreementParty(agreement=agreement, name="闻喜县（演示）", side=PartySide.COUNTY)
    yield AgreementParty(agreement=agreement, name=university.name, organisation=university, side=PartySide.UNIVERSITY)
