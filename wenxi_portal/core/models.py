"""Abstract models every room may use, and the counter of public changes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Timestamped(models.Model):
    """Knows when it was made and last changed (China Standard Time when shown)."""

    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        abstract = True


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
