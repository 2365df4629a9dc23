"""How long each kind of record is kept. A room declares its kinds in its module ``retention``; they are found by name.

What would go is told, and erased, by ``audit.services.retention``.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wenxi_portal.core.rooms import modules_called

MODULE = "retention"
Words = str | Promise
# 366 days hold a year, leap years included.
A_YEAR = 366


class Basis(models.TextChoices):
    """Where the time comes from."""

    LAW = "law", _("at least one year is required")
    ARCHIVES = "archives", _("accounting archives: at least ten years")
    SAMPLE = "sample", _("sample parameter")
    RECORD = "record", _("the date stands on each record")
    HOUSE = "house", _("habit of the portal")


class Kept:
    """A kind of record with its time; ``age`` names the column (a moment or a day) that tells how old a row is.

    ``by_itself`` marks kinds that a sweep of their own erases: they are listed, and left to it.
    """

    name: str
    model: type[models.Model]
    age: str
    label: Words
    deed: Words
    basis = Basis.SAMPLE
    at_least = 0
    by_itself = False
    at_a_time = 1_000

    @property
    def period(self) -> timedelta:
        """For how long rows are kept: the setting, but never less than the law's time."""
        return timedelta(days=max(settings.RETENTION_DAYS.get(self.name, 0), self.at_least))

    @property
    def period_words(self) -> str:
        """The time in words; empty when it stands on each record."""
        days, hours = self.period.days, self.period.seconds // 3600
        if days and days % 365 == 0:
            return ngettext("%d year", "%d years", days // 365) % (days // 365)
        if days:
            return ngettext("%d day", "%d days", days) % days
        return ngettext("%d hour", "%d hours", hours) % hours if hours else ""

    def over(self, before: datetime) -> QuerySet[Any]:
        """Rows whose time ran out ``before`` this moment."""
        return self.model._default_manager.filter(**{f"{self.age}__lt": before})

    def reasons(self) -> Sequence[tuple[Words, Q]]:
        """Why rows stay although their time is over: words, and which rows. At first what rooms above declare."""
        return holds_on(self.name)

    def due(self, before: datetime) -> QuerySet[Any]:
        """Rows that go: those whose time is over and that no reason keeps."""
        found = self.over(before)
        for _words, held in self.reasons():
            found = found.exclude(held)
        return found

    def erase(self, keys: list[int]) -> None:
        """Erase these rows, which the caller has locked, in the caller's transaction."""
        self.model._default_manager.filter(pk__in=keys).delete()


def holds_on(name: str) -> list[tuple[Words, Q]]:
    """Return why rooms above keep rows of the kind ``name``: each may declare ``HOLDS``, a function for each kind."""
    found = [getattr(room, "HOLDS", {}).get(name) for room in modules_called(MODULE)]
    return [hold for declared in found if declared for hold in declared()]


@cache
def kinds() -> dict[str, Kept]:
    """Return every declared kind by name, room by room: a room declares ``KINDS``."""
    found: dict[str, Kept] = {}
    for kind in (kind for room in modules_called(MODULE) for kind in getattr(room, "KINDS", ())):
        if kind.name in found:
            raise ValueError(f"The kind {kind.name} is declared twice.")
        found[kind.name] = kind
    return found
