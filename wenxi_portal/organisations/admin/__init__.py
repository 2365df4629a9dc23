"""The organisations room in the admin."""

from wenxi_portal.organisations.admin.membership import MembershipAdmin
from wenxi_portal.organisations.admin.organisation import OrganisationAdmin

__all__ = ["MembershipAdmin", "OrganisationAdmin"]
