"""Loads kinds, bases, agreements and announced figures from the facts that come with the portal.

Nothing is invented: a date, a party or a kind that the source does not tell stays empty, with a note that says so.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from bases.enums import AgreementState, BaseState, KindBasis, PartySide
from bases.models import Agreement, AnnouncedFigure, Base, BaseKind
from bases.services.agreement import Party, save_agreement, sign_agreement
from bases.services.base import move_base, save_base
from wenxi_portal.organisations.models import Organisation

FACTS = Path(__file__).resolve().parents[1] / "facts" / "wenxi.json"
Fact = dict[str, Any]


@transaction.atomic
def load_bases() -> dict[str, int]:
    """Enter what is not on file yet; return how many rows of each sort were entered.

    The organisations must have been loaded before. What is on file stays as it is.
    """
    facts = json.loads(FACTS.read_text(encoding="utf-8"))
    loaders = {"kinds": _load_kind, "bases": _load_base, "agreements": _load_agreement, "figures": _load_figure}
    return {sort: sum(loader(fact) for fact in facts[sort]) for sort, loader in loaders.items()}


def _load_kind(fact: Fact) -> bool:
    if BaseKind.objects.filter(number=fact["number"]).exists():
        return False
    BaseKind.objects.create(**fact | {"lead_unit": _lead_unit(fact["lead_unit"])})
    return True


def _load_base(fact: Fact) -> bool:
    partner = _organisation(fact.get("local_partner"))
    if Base.objects.filter(name=fact["name"], local_partner=partner).exists():
        return False
    candidates = list(BaseKind.objects.filter(number__in=fact.get("candidates", [])))
    kind = BaseKind.objects.filter(number=fact["kind"]).first() if fact.get("kind") else None
    base = Base(
        name=fact["name"],
        name_en=fact.get("name_en", ""),
        kind=kind,
        kind_basis=fact.get("kind_basis", KindBasis.STATED if kind else KindBasis.AMBIGUOUS),
        local_partner=partner,
        place=fact.get("place", ""),
        plaque_note_en=fact.get("plaque_note_en", ""),
        summary=fact["summary"],
        summary_en=fact.get("summary_en", ""),
        source=fact["source"],
        source_en=fact.get("source_en", ""),
        in_announced_count=fact["in_announced_count"],
    )
    base.lead_unit, base.lead_unit_inferred = _lead_unit_of(kind, candidates)
    universities = {_known(name): note for name, note in fact.get("universities", {}).items()}
    save_base(base=base, actor=None, universities=universities, candidate_kinds=candidates)
    move_base(
        base=base,
        to_state=BaseState.UNVEILED,
        actor=None,
        reason=_reason(fact),
        year=fact.get("plaque_year"),
        note=fact["plaque_note"],
    )
    return True


def _load_agreement(fact: Fact) -> bool:
    if Agreement.objects.filter(title=fact["title"]).exists():
        return False
    agreement = Agreement(
        title=fact["title"],
        title_en=fact.get("title_en", ""),
        kind=fact["kind"],
        lead_unit=_lead_unit(fact.get("lead_unit")),
        date_note=fact["date_note"],
        date_note_en=fact.get("date_note_en", ""),
        papers=fact["papers"],
        summary=fact.get("summary", ""),
        summary_en=fact.get("summary_en", ""),
        source=fact["source"],
        is_public=fact["is_public"],
    )
    parties = [Party(name, PartySide(side), _organisation(on_file)) for name, side, on_file in fact["parties"]]
    bases = Base.objects.filter(name__in=fact.get("bases", []))
    save_agreement(agreement=agreement, actor=None, parties=parties, bases=bases)
    if fact["state"] == AgreementState.SIGNED:
        sign_agreement(agreement=agreement, actor=None, reason=_reason(fact), signed_year=fact.get("signed_year"))
    return True


def _load_figure(fact: Fact) -> bool:
    values = fact | {"as_of": date.fromisoformat(fact["as_of"])}
    return AnnouncedFigure.objects.get_or_create(key=fact["key"], defaults=values)[1]


def _reason(fact: Fact) -> str:
    return _("Entered as published: %(source)s") % {"source": fact["source"]}


def _lead_unit_of(kind: BaseKind | None, candidates: list[BaseKind]) -> tuple[Organisation | None, bool]:
    """The unit that leads the kind; of several possible kinds, the one that leads them all, as an inference."""
    if kind:
        return kind.lead_unit, kind.lead_unit_inferred
    units = {candidate.lead_unit for candidate in candidates}
    return (units.pop(), True) if len(units) == 1 else (None, False)


def _lead_unit(name: str | None) -> Organisation | None:
    return Organisation.objects.lead_units().get(name=name) if name else None


def _organisation(name: str | None) -> Organisation | None:
    return _known(name) if name else None


def _known(name: str) -> Organisation:
    return Organisation.objects.get(name=name)
