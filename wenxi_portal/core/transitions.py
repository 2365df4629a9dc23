"""Allowed moves between states as a table, and the row that each move leaves."""

from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wenxi_portal.core.errors import DomainError

Moves = Mapping[str, AbstractSet[str]]


class TransitionTable:
    """Which state may follow which. Every pair that is not listed is refused."""

    def __init__(self, choices: type[models.TextChoices], moves: Moves) -> None:
        self.choices = choices
        self.moves: dict[str, frozenset[str]] = {
            state: frozenset(moves.get(state, frozenset())) for state in choices.values
        }

    def allows(self, source: str, target: str) -> bool:
        """Tell whether ``target`` may follow ``source``."""
        return target in self.moves[source]

    def targets(self, source: str) -> list[str]:
        """Return the states that may follow ``source``, in the order in which the states are declared."""
        return [state for state in self.choices.values if state in self.moves[source]]

    def check(self, source: str, target: str, *, since: Collection[str] | None = None) -> None:
        """Raise ``DomainError`` unless ``target`` may follow ``source``.

        ``since`` names the states from which one verb goes, where the table lets others go there too (None: all).
        """
        if not self.allows(source, target) or (since is not None and source not in since):
            raise DomainError(
                _("From “%(source)s” one cannot move to “%(target)s”. Reload the page to see the present state.")
                % {"source": self.choices(source).label, "target": self.choices(target).label},
                code="transition",
            )


class StateChange(models.Model):
    """One move of one record: from, to, who, when and why. Written once, never edited, never deleted.

    Subclasses add the foreign key to the record that moved. ``actor`` is empty when the portal itself
    moved it (an agreement that ran out, facts loaded from a file); the reason then says so.
    """

    from_state = models.CharField(gettext_lazy("from"), max_length=16, blank=True)
    to_state = models.CharField(gettext_lazy("to"), max_length=16)
    reason = models.CharField(gettext_lazy("reason"), max_length=500)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=gettext_lazy("by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    at = models.DateTimeField(gettext_lazy("at"), auto_now_add=True)

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
