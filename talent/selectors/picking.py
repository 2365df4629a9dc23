"""Picking one person quickly: by what somebody types, or from those whose turn it is."""

from collections.abc import Sequence

from django.contrib.auth.base_user import AbstractBaseUser

from talent.models import Person
from talent.querysets import Visitor
from talent.selectors.follow_up import own_steps
from talent.selectors.people import with_list_columns

MOST_PICKED = 8
# Of so many people found first the first by pinyin are offered: whoever types two letters goes on typing.
MOST_LOOKED_AT = 500
MOST_STEPS = 40


def people_to_pick(user: Visitor, text: str) -> Sequence[Person]:
    """Return a few people in use that ``user`` may work with and ``text`` finds, by pinyin."""
    visible = Person.objects.active().visible_to(user)
    keys = list(visible.matching(text).found_first(MOST_LOOKED_AT).values_list("pk", flat=True)[:MOST_LOOKED_AT])
    return list(with_list_columns(Person.objects.filter(pk__in=keys[:MOST_PICKED])))


def whose_turn_it_is(user: AbstractBaseUser) -> Sequence[Person]:
    """Return a few people with whom the next step is ``user``'s, soonest first."""
    steps = own_steps(user).filter(person__in=Person.objects.active().visible_to(user))
    keys = list(dict.fromkeys(steps.values_list("person", flat=True)[:MOST_STEPS]))[:MOST_PICKED]
    people = with_list_columns(Person.objects.all()).in_bulk(keys)
    return [people[key] for key in keys]
