"""The ways back that stand above the pages of one's own account."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from internships.models import Placement

Crumb = tuple[Any, str]
Crumbs = list[Crumb]


def account_crumb() -> Crumb:
    """Return the way back to one's own account."""
    return _("My account"), reverse("accounts:me")


def home_crumb() -> Crumb:
    """Return the way back to one's own internships."""
    return _("My internships"), reverse("my_internships:home")


def living_crumbs(stay: Placement, title: str = "") -> Crumbs:
    """Return the way to the page ``title`` below a stay; without ``title`` to the page of its bed and shuttles."""
    own: Crumb = (stay.host.display_name, reverse("my_internships:stay", args=[stay.pk]))
    return stay_crumbs(own, (title or _("Bed and shuttle"), ""))


def stay_crumbs(*further: Crumb) -> Crumbs:
    """Return the way to a page of the student's stays."""
    return [account_crumb(), (_("My stays"), reverse("my_internships:stays") if further else ""), *further]


def intern_crumbs(*further: Crumb) -> Crumbs:
    """Return the way to a page of the host's interns."""
    return [account_crumb(), (_("Our interns"), reverse("host_desk:interns") if further else ""), *further]


def position_crumbs(*further: Crumb) -> Crumbs:
    """Return the way to a page of the host's positions."""
    return [account_crumb(), (_("Our positions"), reverse("host_desk:positions") if further else ""), *further]


def nomination_crumbs(*further: Crumb) -> Crumbs:
    """Return the way to a page of the university's nominations."""
    return [account_crumb(), (_("Nominations"), reverse("university_desk:nominations") if further else ""), *further]
