"""What of this room is open in somebody's name."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from talent.enums import FlexibleState
from talent.models import Contact, FlexibleAgreement, Person, TownshipCollector
from wenxi_portal.accounts.belongings import Belonging
from wenxi_portal.accounts.models import User
from wenxi_portal.organisations.querysets import SEE_EVERY_ROW


def open_steps_of(user: User) -> QuerySet[Contact]:
    """Return the next steps that wait for ``user``."""
    steps: QuerySet[Contact] = Contact.objects.open_steps().owned_by(user)
    return steps


def agreements_of(user: User) -> QuerySet[FlexibleAgreement]:
    """Return the agreements in force of which ``user`` is in charge."""
    return FlexibleAgreement.objects.filter(owner=user, state=FlexibleState.SIGNED)


def people_of(user: User) -> QuerySet[Person]:
    """Return the people on file for whom ``user`` answers by name."""
    people: QuerySet[Person] = Person.objects.active().filter(officer=user)
    return people


def belongings(user: User, organisation_id: int | None) -> list[Belonging]:
    """Return open steps, agreements in force, people and townships; of a unit only what is about its people.

    Whoever sees every row works on after leaving a unit.
    """
    steps, agreements, people = open_steps_of(user), agreements_of(user), people_of(user)
    townships = TownshipCollector.objects.filter(user=user)
    if organisation_id is not None:
        if user.has_perm(SEE_EVERY_ROW):
            return []
        steps, agreements = (rows.filter(person__owner_unit=organisation_id) for rows in (steps, agreements))
        people, townships = people.filter(owner_unit=organisation_id), townships.none()
    number, signed, collected = steps.count(), agreements.count(), townships.count()
    named = people.count()
    told = (
        (number, ngettext("%(number)d open next step", "%(number)d open next steps", number)),
        (signed, ngettext("%(number)d flexible agreement in force", "%(number)d flexible agreements in force", signed)),
        (named, ngettext("%(number)d person to answer for", "%(number)d people to answer for", named)),
        (collected, ngettext("%(number)d township to collect", "%(number)d townships to collect", collected)),
    )
    url = reverse("admin:talent_contact_hand_over")
    return [Belonging(words % {"number": count}, url) for count, words in told if count]
