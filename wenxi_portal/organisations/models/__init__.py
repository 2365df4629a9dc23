"""Rows of the organisations room."""

from wenxi_portal.organisations.models.membership import Membership
from wenxi_portal.organisations.models.organisation import Organisation

__all__ = ["Membership", "Organisation"]
