"""Who acts in the demonstration: accounts that are on file before anything is played."""

from dataclasses import dataclass

from wenxi_portal.accounts.models import User
from wenxi_portal.organisations.enums import OrganisationKind
from wenxi_portal.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Cast:
    """The figures of the demonstration by what they do."""

    department: User
    officer: User
    university: User
    host: User
    student: User
    reviewer: User
    finance: User

    def officer_of(self, unit: Organisation) -> User:
        """Return who sees to a stay led by ``unit``: the officer of that unit, or the organisation department."""
        own = self.officer.memberships.current().filter(organisation=unit).exists()
        return self.officer if own else self.department

    def own_unit(self) -> Organisation | None:
        """Return the lead unit of the officer."""
        return _of(self.officer, OrganisationKind.LEAD_UNIT)

    def own_university(self) -> Organisation | None:
        """Return the university of the liaison."""
        return _of(self.university, OrganisationKind.UNIVERSITY)


def _of(user: User, kind: OrganisationKind) -> Organisation | None:
    membership = user.memberships.current().filter(organisation__kind=kind).select_related("organisation").first()
    return membership.organisation if membership else None
