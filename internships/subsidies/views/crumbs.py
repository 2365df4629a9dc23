"""The ways back that stand above the pages of the money."""

from django.urls import reverse
from django.utils.translation import gettext as _

from internships.views.crumbs import Crumb, Crumbs, account_crumb


def claim_crumbs(*further: Crumb) -> Crumbs:
    """Return the way to a page of the student's claims."""
    return [account_crumb(), (_("My subsidies"), reverse("my_subsidies:claims") if further else ""), *further]


def host_claim_crumbs(*further: Crumb) -> Crumbs:
    """Return the way to a page of the host's confirmations."""
    return [account_crumb(), (_("Claims to confirm"), reverse("host_subsidies:claims") if further else ""), *further]
