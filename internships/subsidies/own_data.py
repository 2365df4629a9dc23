"""A student's accounts and claims: a copy, and erasing (``wenxi_portal.accounts.own_data``)."""

from django.utils.translation import gettext as _

from internships.subsidies.selectors.own_data import accounts_on_file, erasable_accounts, own_parts
from internships.subsidies.services.forgetting import forget_accounts
from wenxi_portal.accounts.models import User
from wenxi_portal.accounts.own_data import Part


def parts(user: User) -> list[Part]:
    """Return accounts, claims and payments."""
    return own_parts(user)


def kept(user: User) -> list[str]:
    """Return what stays: accounts that were paid or are about to be."""
    stay = accounts_on_file(user).exclude(pk__in=erasable_accounts(user))
    return [
        _("Bank account %(account)s: a claim rests on it, or money was paid to it") % {"account": one} for one in stay
    ]


def erase(user: User) -> None:
    """Erase accounts that no claim needs."""
    forget_accounts(erasable_accounts(user).values_list("pk", flat=True))
