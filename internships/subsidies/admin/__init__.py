"""Desks of the money."""

from internships.subsidies.admin.bank_account import BankAccountAdmin
from internships.subsidies.admin.claim import ClaimAdmin
from internships.subsidies.admin.milestone import MilestoneAdmin
from internships.subsidies.admin.outside_list import OutsideListAdmin

__all__ = ["BankAccountAdmin", "ClaimAdmin", "MilestoneAdmin", "OutsideListAdmin"]
