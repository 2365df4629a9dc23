"""What the public page of one base shows."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from bases.models import Agreement, AgreementParty, Base, BaseStateChange, BaseUniversity, Document
from bases.querysets import AgreementQuerySet
from bases.selectors.cards import near_rows, possible_kinds_of_base, universities_of_base

NEAR = 4

_ORGANISATION = ("name", "name_en", "name_note", "name_note_en")
_SHOWN = (
    "name",
    "name_en",
    "kind_basis",
    "state",
    "lead_unit_inferred",
    "place",
    "address",
    "plaque_on",
    "plaque_year",
    "plaque_note",
    "plaque_note_en",
    "closed_on",
    "summary",
    "summary_en",
    "story",
    "contact_office",
    "contact_phone",
    "source",
    "source_en",
    "is_demo",
    "kind__number",
    "kind__name",
    "kind__name_en",
    *(f"lead_unit__{name}" for name in _ORGANISATION),
    *(f"local_partner__{name}" for name in _ORGANISATION),
)
_SHOWN_OF_AGREEMENTS = (
    "title",
    "title_en",
    "kind",
    "state",
    "signed_on",
    "signed_year",
    "date_note",
    "date_note_en",
    "valid_until",
    "terminated_on",
    "summary",
    "summary_en",
)


def readable_base(pk: int, user: AbstractBaseUser | AnonymousUser) -> Base | None:
    """Return the base with everything its page says about itself, or None: absent and forbidden look alike.

    Annotated with ``university_facts``, ``possible_kinds`` and ``moves``: its changes of state without their actors
    and reasons, oldest first.
    """
    moves = BaseStateChange.objects.filter(base=OuterRef("pk")).order_by("at", "pk")
    found = (
        Base.objects.readable_by(user)
        .filter(pk=pk)
        .select_related("kind", "lead_unit", "local_partner")
        .only(*_SHOWN)
        .order_by()
        .annotate(
            university_facts=universities_of_base(),
            possible_kinds=possible_kinds_of_base(),
            moves=ArraySubquery(moves.values(found=JSONObject(came="from_state", went="to_state", at="at"))),
        )
    )
    return next(iter(found[:1]), None)


def public_agreements(agreements: AgreementQuerySet) -> QuerySet[Any]:
    """Return those of ``agreements`` that the public may see, latest first, annotated with ``signatories``.

    A signatory is an object with ``name`` as signed, and ``known`` and ``known_en``, the names of the organisation on
    file, where there is one.
    """
    parties = AgreementParty.objects.filter(agreement=OuterRef("pk")).order_by("pk")
    return (
        agreements.public()
        .only(*_SHOWN_OF_AGREEMENTS)
        .annotate(
            signatories=ArraySubquery(
                parties.values(
                    found=JSONObject(name="name", known="organisation__name", known_en="organisation__name_en")
                )
            )
        )
        .order_by(F("signed_year").desc(nulls_last=True), F("signed_on").desc(nulls_last=True), "-pk")
    )


def agreements_of_base(base: Base) -> AgreementQuerySet:
    """Return the agreements on which the base rests."""
    return Agreement.objects.filter(base_links__base=base)


def public_papers(base: Base, agreements: Sequence[Agreement]) -> QuerySet[Any]:
    """Return the current papers of the base and of these agreements that everybody may read."""
    owner = Q(base=base) | Q(agreement__in=[agreement.pk for agreement in agreements]) if agreements else Q(base=base)
    papers = Document.objects.public().current().filter(owner)
    return papers.only("identifier", "title", "ending", "size").order_by("title", "pk")


def bases_near(base: Base) -> list[dict[str, Any]]:
    """Return a few other public bases: those with the same universities, then those of the same kind."""
    others = Base.objects.public().exclude(pk=base.pk).order_by("sort_key", "pk")
    ids = [university["id"] for university in base.university_facts]  # type: ignore[attr-defined]
    links = BaseUniversity.objects.filter(university__in=ids)
    found = list(near_rows(others.filter(pk__in=links.values("base")))[:NEAR]) if ids else []
    if len(found) < NEAR and base.kind_id:
        known = [row["pk"] for row in found]
        same_kind = others.filter(kind=base.kind_id).exclude(pk__in=known)
        found += near_rows(same_kind)[: NEAR - len(found)]
    return found
