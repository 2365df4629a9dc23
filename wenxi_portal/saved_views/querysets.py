"""Queries about saved views."""

from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from wenxi_portal.organisations.querysets import own_organisations


class SavedViewQuerySet(models.QuerySet[Any]):
    """Views by whose they are and by who may use them."""

    def of(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """The views that ``user`` made: only these are renamed, changed and deleted."""
        return self.filter(owner=user.pk) if user.is_authenticated else self.none()

    def usable_by(self, user: AbstractBaseUser | AnonymousUser) -> Self:
        """The own views, and those that colleagues share with a unit of ``user``."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(owner=user.pk) | Q(shared_with__in=own_organisations(user), owner__is_active=True))

    def shared_by(self, user: AbstractBaseUser) -> Self:
        """The views of ``user`` that colleagues see."""
        return self.filter(owner=user.pk, shared_with__isnull=False)

    def telling(self) -> Self:
        """Views whose owners want to be told of new rows and still may sign in."""
        return self.filter(tells=True, owner__is_active=True)
