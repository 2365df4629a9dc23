"""Whose page it is: the own profile and stay, the host or university one acts for. Absent and foreign look alike."""

from typing import Any

from django.http import Http404, HttpRequest

from internships.models import Placement, Student
from internships.permissions import hosts_of
from internships.selectors.stay_page import of_host
from wenxi_portal.accounts.models import User
from wenxi_portal.organisations.enums import OrganisationKind
from wenxi_portal.organisations.models import Organisation


def student_of(request: HttpRequest) -> Student | None:
    """Return the profile of the account; None when there is none yet."""
    return Student.objects.with_profile().select_related("user", "university").filter(user=request.user).first()  # type: ignore[misc]


def own_stay_or_404(request: HttpRequest, pk: int) -> Placement:
    """Return a stay of the person who is signed in."""
    stays = Placement.objects.filter(student__user=request.user)  # type: ignore[misc]
    stay = stays.select_related("student__user", "host", "lead_unit").filter(pk=pk).first()
    if stay is None:
        raise Http404
    return stay


def host_user_or_404(request: HttpRequest) -> User:
    """Return the account when it acts for a host today."""
    user: Any = request.user
    if not hosts_of(user).exists():
        raise Http404
    return user


def intern_or_404(request: HttpRequest, pk: int) -> Placement:
    """Return a stay at a host the account acts for."""
    found = of_host(request.user).filter(pk=pk).first()  # type: ignore[arg-type]
    if found is None:
        raise Http404
    return found


def university_or_404(request: HttpRequest) -> Organisation:
    """Return the university the account acts for today."""
    user: Any = request.user
    own = user.memberships.current().filter(organisation__kind=OrganisationKind.UNIVERSITY)
    membership = own.select_related("organisation").first()
    if membership is None:
        raise Http404
    organisation: Organisation = membership.organisation
    return organisation
