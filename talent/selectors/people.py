"""Lists of people that stay quick at a million rows: counts stop at a cap, facets look at what was found first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, Count, Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talent.enums import TalentDatabase
from talent.models import DatabaseMembership, Education, FieldTag, Person, PersonField, SelfCheck
from wenxi_portal.accounts.services.sms import sms_is_available
from wenxi_portal.organisations.models import Organisation

# So many rows of a narrowed list are put in order, and so many of them facets look at; beyond, the page says so.
MOST_SORTED = 5000
MOST_COUNTED = 600
MOST_VALUES = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: what stands in the address, what is shown, how many rows it leaves."""

    key: str
    label: str | Promise
    count: int


@dataclass(frozen=True, slots=True)
class PeopleFacet:
    """One way to narrow the list; ``parameter`` is that of the list's filter."""

    parameter: str
    title: str | Promise
    values: list[Choice]


def facets_of(found: Sequence[int]) -> list[PeopleFacet]:
    """Return the values by which the people with these keys can be narrowed, each with its count."""
    keys = Value(list(found), output_field=ArrayField(BigIntegerField()))
    facets = (_databases(keys), _townships(keys), _universities(keys), _fields(keys))
    return [facet for facet in facets if facet.values]


def with_list_columns(rows: QuerySet[Person]) -> QuerySet[Person]:
    """Let ``rows`` carry what the list shows, in a fixed number of statements."""
    return (
        rows.select_related("owner_unit", "officer")
        .defer("search_vector")
        .prefetch_related("educations__university", "employments__employer")
    )


def next_to(person: Person) -> dict[str, QuerySet[Any]]:
    """Return everything about a person that the page shows below the form."""
    return {
        "contacts": person.contacts.select_related("by", "next_owner", "closed_by"),
        "memberships": person.memberships.all(),
        "proposals": person.proposals.filter(state="open"),
        "channels": person.channel_links.select_related("channel"),
        "made": person.introductions_made.select_related("introduced"),
        "received": person.introductions_received.select_related("introducer"),
        "flexible": person.flexible_agreements.select_related("host"),
        "checks": person.self_checks.all()[:5],
        "merges": person.merges_kept.filter(undone_at__isnull=True).select_related("gone"),
        "moves": person.state_changes.select_related("actor"),
    }


def due_for_self_check(days: int | None = None) -> QuerySet[Person]:
    """People who consented, can be written to and were neither confirmed nor asked within ``days`` calendar days.

    The default is SELF_CHECK_EVERY_DAYS. Without a gateway for texts an e-mail address is needed. People made up for a
    demonstration are never written to: their numbers might be somebody's.
    """
    before = timezone.localdate() - timedelta(days=settings.SELF_CHECK_EVERY_DAYS if days is None else days)
    asked = SelfCheck.objects.filter(person=OuterRef("pk"), asked_at__date__gt=before)
    reachable = ~Q(email="") | Q(mobile_index__isnull=False) if sms_is_available() else ~Q(email="")
    return (
        Person.objects.active()
        .filter(reachable, Q(last_checked_on__isnull=True) | Q(last_checked_on__lte=before))
        .filter(consent_on__isnull=False, is_demo=False)
        .exclude(Exists(asked))
    )


def _databases(keys: Value) -> PeopleFacet:
    rows = DatabaseMembership.objects.filter(_one_of("person_id", keys), until__isnull=True)
    # Nobody belongs to a database twice at a time: a constraint sees to it.
    counted = dict(rows.order_by().values_list("database").annotate(number=Count("*")))
    values = [
        Choice(str(key), TalentDatabase(key).label, counted[key]) for key in TalentDatabase.values if key in counted
    ]
    return PeopleFacet("database", _("database"), values)


def _townships(keys: Value) -> PeopleFacet:
    rows = Person.objects.filter(_one_of("pk", keys)).exclude(native_township="")
    return PeopleFacet("township", _("native township"), _counted(rows, "native_township"))


def _universities(keys: Value) -> PeopleFacet:
    rows = Education.objects.filter(_one_of("person_id", keys), university__isnull=False)
    counted = _counted(rows, "university", Count("person", distinct=True))
    names = Organisation.objects.in_bulk([int(value.key) for value in counted])
    values = [Choice(value.key, names[int(value.key)].name, value.count) for value in counted]
    return PeopleFacet("university", _("university"), values)


def _fields(keys: Value) -> PeopleFacet:
    counted = _counted(PersonField.objects.filter(_one_of("person_id", keys)), "tag")
    names = FieldTag.objects.in_bulk([int(value.key) for value in counted])
    values = [Choice(names[int(value.key)].name, names[int(value.key)].name, value.count) for value in counted]
    return PeopleFacet("field", _("field"), values)


def _counted(rows: QuerySet[Any], column: str, number: Count | None = None) -> list[Choice]:
    """Count rows by a column, the most first. ``number`` tells rows apart where they repeat; it costs several times."""
    counted = rows.order_by().values_list(column).annotate(number=number or Count("*"))
    pairs: Sequence[Any] = counted.order_by("-number", column)[:MOST_VALUES]
    return [Choice(str(key), str(key), number) for key, number in pairs]


def _one_of(column: str, keys: Value) -> Func:
    """Return the condition ``column = ANY(keys)``: one value instead of thousands in the statement."""
    return Func(F(column), keys, template="(%(expressions)s))", arg_joiner=" = ANY(", output_field=BooleanField())
