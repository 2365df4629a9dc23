"""Many fictitious rows at once, for counts and for measuring: spread over every facet, some facts unknown."""

from datetime import date

from bases.enums import BaseState, KindBasis
from bases.models import Base, BaseCandidateKind, BaseKind, BaseUniversity
from wenxi_portal.core import search_text
from wenxi_portal.organisations.enums import HostKind, OrganisationKind
from wenxi_portal.organisations.models import Organisation

STATES = (BaseState.UNVEILED, BaseState.UNVEILED, BaseState.SUSPENDED, BaseState.UNVEILED, BaseState.CLOSED)


def organisations(kind: OrganisationKind, stem: str, number: int) -> list[Organisation]:
    """Make ``number`` organisations of one kind."""
    names = [f"{stem}{at:04}" for at in range(number)]
    provinces = ("山西省", "湖北省", "陕西省", "")
    rows = [
        Organisation(
            kind=kind,
            name=name,
            host_kind=HostKind.ENTERPRISE if kind == OrganisationKind.HOST else "",
            province=provinces[at % 4],
            double_first_class=(None, True, False)[at % 3] if kind == OrganisationKind.UNIVERSITY else None,
            sort_key=search_text.sort_key(name),
            search_vector=search_text.vector(search_text.lexemes([name])),
        )
        for at, name in enumerate(names)
    ]
    Organisation.objects.bulk_create(rows)
    return list(Organisation.objects.filter(name__in=names))


def kinds(number: int = 12) -> list[BaseKind]:
    """Make the kinds 1 to ``number``."""
    BaseKind.objects.bulk_create(
        [BaseKind(number=at, name=f"示例类型{at:02}", name_en=f"Example kind {at:02}") for at in range(1, number + 1)],
        ignore_conflicts=True,
    )
    return list(BaseKind.objects.filter(number__lte=number))


def bases(number: int, *, universities: int = 60, partners: int = 60) -> list[Base]:
    """Make ``number`` public bases; every tenth kind is to be settled, every seventh has no university or place."""
    places = [f"示例镇{at:02}" for at in range(9)]
    all_kinds = kinds()
    units = organisations(OrganisationKind.LEAD_UNIT, "示例牵头单位", 8)
    schools = organisations(OrganisationKind.UNIVERSITY, "示例大学", min(universities, number))
    hosts = organisations(OrganisationKind.HOST, "示例企业", min(partners, number))
    rows = []
    for at in range(number):
        state = STATES[at % 5]
        year = None if at % 6 == 5 else 2015 + at % 8
        unsettled = at % 10 == 9
        name = f"示例合作基地{at:05}"
        rows.append(
            Base(
                name=name,
                kind=None if unsettled else all_kinds[at % len(all_kinds)],
                kind_basis=KindBasis.AMBIGUOUS if unsettled else KindBasis.STATED,
                state=state,
                lead_unit=None if at % 11 == 10 else units[at % 8],
                local_partner=None if at % 5 == 4 else hosts[at % len(hosts)],
                place="" if at % 7 == 6 else places[at % 9],
                plaque_year=year,
                plaque_on=date(year, 5, 1) if year and at % 2 else None,
                plaque_note="" if year else "示例:日期待补录",
                closed_on=date(2024, 1, 1) if state == BaseState.CLOSED else None,
                summary="示例基地,只供试用。",
                story="示例故事。" * 20,
                sort_key=search_text.sort_key(name),
                search_vector=search_text.vector(search_text.lexemes([name, places[at % 9]])),
            )
        )
    Base.objects.bulk_create(rows, batch_size=500)
    _link(rows, schools, all_kinds)
    return rows


def _link(rows: list[Base], schools: list[Organisation], all_kinds: list[BaseKind]) -> None:
    links = [
        BaseUniversity(base=base, university=schools[(at * step) % len(schools)])
        for at, base in enumerate(rows)
        if at % 7 != 6
        for step in ({1, 3} if (at * 3 - at) % len(schools) else {1})
    ]
    BaseUniversity.objects.bulk_create(links, batch_size=1000)
    candidates = [
        BaseCandidateKind(base=base, kind=all_kinds[(at + step) % len(all_kinds)])
        for at, base in enumerate(rows)
        if base.kind_id is None
        for step in (0, 5)
    ]
    BaseCandidateKind.objects.bulk_create(candidates, batch_size=1000)
