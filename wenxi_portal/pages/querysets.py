"""Queries about guides."""

from typing import Any, Self

from django.db import models


class GuideQuerySet(models.QuerySet[Any]):
    """Guides by whether the public may read them."""

    def public(self) -> Self:
        """Published guides."""
        return self.filter(is_published=True)
