"""Desks of the money."""

from internships.subsidies.admin.bank_account import BankAccountAdmin
from internships.subsidies.admin.claim import ClaimAdmin
from internships.subsidies.admin.milestone import MilestoneAdmin
from internships.subsidies.admin.notice import PublicNoticeAdmin
from internships.subsidies.admin.objection import NoticeObjectionAdmin
from internships.subsidies.admin.outside_list import OutsideListAdmin
from internships.subsidies.admin.review import ReviewDesk

__all__ = [
    "BankAccountAdmin",
    "ClaimAdmin",
    "MilestoneAdmin",
    "NoticeObjectionAdmin",
    "OutsideListAdmin",
    "PublicNoticeAdmin",
    "ReviewDesk",
]
