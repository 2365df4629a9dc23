"""What a card of a base shows: few columns, universities and possible kinds in the same statement."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from bases.models import BaseCandidateKind, BaseUniversity


def universities_of_base() -> ArraySubquery:
    """Return the base's universities as objects with id, name, name_en and note, in the order of their entry."""
    links = BaseUniversity.objects.filter(base=OuterRef("pk")).order_by("pk")
    return ArraySubquery(
        links.values(
            found=JSONObject(id="university_id", name="university__name", name_en="university__name_en", note="note")
        )
    )


def possible_kinds_of_base() -> ArraySubquery:
    """Return the kinds that the base may turn out to have as objects with number, name and name_en."""
    links = BaseCandidateKind.objects.filter(base=OuterRef("pk")).order_by("kind__number")
    return ArraySubquery(
        links.values(found=JSONObject(number="kind__number", name="kind__name", name_en="kind__name_en"))
    )


def card_rows(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return ``rows`` as dictionaries with what ``bases.views.cards`` shows."""
    return rows.values(
        "pk",
        "name",
        "name_en",
        "state",
        "summary",
        "summary_en",
        "place",
        "plaque_year",
        kind_name=F("kind__name"),
        kind_name_en=F("kind__name_en"),
        partner_name=F("local_partner__name"),
        partner_name_en=F("local_partner__name_en"),
        university_facts=universities_of_base(),
        possible_kinds=possible_kinds_of_base(),
    )


def near_rows(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return ``rows`` as dictionaries with the little that a card beside another base shows."""
    return rows.values(
        "pk",
        "name",
        "name_en",
        "state",
        kind_name=F("kind__name"),
        kind_name_en=F("kind__name_en"),
        university_facts=universities_of_base(),
        possible_kinds=possible_kinds_of_base(),
    )
