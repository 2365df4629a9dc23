"""Queries about imports and exports."""

from datetime import timedelta
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.utils import timezone

from wenxi_portal.organisations.querysets import SEE_EVERY_ROW
from wenxi_portal.spreadsheets.enums import UNDER_WAY, ExportState

# A worker tells every batch that it lives; after this silence it is taken for dead.
SILENCE = timedelta(minutes=2)


class ImportRunQuerySet(models.QuerySet[Any]):
    """Imports by who may see them and by what waits."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """The person's own; all for the organization department and auditors."""
        if user.has_perm(SEE_EVERY_ROW):  # type: ignore[union-attr]
            return self
        return self.filter(uploaded_by=user) if user.is_authenticated else self.none()

    def stuck(self) -> Self:
        """Imports that should be at work and of which nothing has been heard for two minutes."""
        return self.filter(state__in=UNDER_WAY, heard_at__lt=timezone.now() - SILENCE)


class ExportFileQuerySet(models.QuerySet[Any]):
    """Files that were handed out."""

    def visible_to(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """The person's own only: a list holds what its asker may see."""
        return self.filter(asked_by=user) if user.is_authenticated else self.none()

    def over(self) -> Self:
        """Files whose time is over and that are still kept."""
        return self.exclude(state=ExportState.EXPIRED).filter(expires_at__lt=timezone.now())

    def stuck(self) -> Self:
        """Files that nobody seems to be making."""
        return self.filter(state=ExportState.WAITING, asked_at__lt=timezone.now() - SILENCE)
