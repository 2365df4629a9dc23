"""Abstract models every room may use, and the counter of public changes."""

from collections.abc import Collection
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from wenxi_portal.core.constraint_checks import all_checks_hold


class Timestamped(models.Model):
    """Knows when it was made and last changed (China Standard Time when shown)."""

    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)
    _checks_hold = False

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Ask once whether all check constraints hold, and one by one for the words of those that do not."""
        self._checks_hold = all_checks_hold(self, exclude)
        try:
            super().validate_constraints(exclude=exclude)
        finally:
            del self._checks_hold

    def get_constraints(self) -> list[Any]:
        """Return which constraints of which model are still to be asked for."""
        found = super().get_constraints()
        if not self._checks_hold:
            return found
        own = [each for each in self._meta.constraints if not isinstance(each, models.CheckConstraint)]
        return [(model, own if model is self.__class__ else constraints) for model, constraints in found]


class Revisioned(models.Model):
    """Counts its edits, so that a form opened before somebody else's edit cannot overwrite it unseen."""

    revision = models.PositiveIntegerField(_("revision"), default=1, editable=False)

    class Meta:
        abstract = True


class ContentVersion(models.Model):
    """One row a scope, whose number grows with every committed change of a public record within it.

    Kept by triggers (see ``content_version.py``), so that raw SQL and bulk updates count as well.
    Whatever is cached for the public carries the number in its key and is forgotten when it moves.
    """

    number = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk__in=(1, 2)), name="core_contentversion_known_scope"),
        ]

    def __str__(self) -> str:
        return str(self.number)
