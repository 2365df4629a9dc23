"""The lists of which views can be kept. Each room declares its own in ``<room>/listings.py``, found by name.

A view keeps the name of its list and checked parameters, never an address: addresses and filters may change, and a
view that no longer means what it meant must say so instead of showing other rows.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet
from django.utils.functional import Promise

from wenxi_portal.core.rooms import modules_called

MODULE = "listings"
Params = Mapping[str, Sequence[str]]


class Listing(Protocol):
    """One list: what its views may hold, which rows they mean for whom, and where they are shown."""

    label: str | Promise

    def clean(self, user: AbstractBaseUser, params: Params) -> dict[str, list[str]]:
        """Return what of ``params`` the list understands. Raises ``DomainError`` when ``user`` may not see the list."""

    def rows(self, user: AbstractBaseUser, params: Params) -> QuerySet[Any]:
        """Return the rows that ``user`` sees under ``params``, narrowed to own rows.

        Raises ``DomainError`` when ``user`` may not see the list, or when the list no longer understands ``params``.
        """

    def words(self, user: AbstractBaseUser, params: Params) -> list[str]:
        """Return what narrows the list under ``params``, each condition in words; none when it cannot be told."""

    def url(self, params: Params, *, new_in: str = "") -> str:
        """Return where the list is shown under ``params``; ``new_in`` narrows it to what one look found."""


# By the first part of a list's name: given the rest of the name, the list, or None when there is no such list.
_finders: dict[str, Callable[[str], Listing | None]] = {}


def declare(family: str, finder: Callable[[str], Listing | None]) -> None:
    """Make the lists known whose name begins with ``family`` and a colon; a second declaration is refused."""
    if family in _finders:
        raise ValueError(f"The lists called {family} are declared twice.")
    _finders[family] = finder


def find(name: str) -> Listing | None:
    """Return the list of that name; None when no room knows it any more."""
    family, _colon, rest = name.partition(":")
    finder = _finders.get(family)
    return finder(rest) if finder else None


def discover() -> None:
    """Read the ``listings`` module of every room."""
    modules_called(MODULE)
