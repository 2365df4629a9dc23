"""Desks of the money."""

from internships.subsidies.admin.bank_account import BankAccountAdmin
from internships.subsidies.admin.batch import PaymentBatchAdmin
from internships.subsidies.admin.budget import BudgetLineAdmin
from internships.subsidies.admin.claim import ClaimAdmin
from internships.subsidies.admin.ledger import JournalAdmin
from internships.subsidies.admin.milestone import MilestoneAdmin
from internships.subsidies.admin.notice import PublicNoticeAdmin
from internships.subsidies.admin.objection import NoticeObjectionAdmin
from internships.subsidies.admin.outside_list import OutsideListAdmin
from internships.subsidies.admin.pack import AuditPackAdmin
from internships.subsidies.admin.payment_line import PaymentLineAdmin
from internships.subsidies.admin.policy import PolicyAdmin
from internships.subsidies.admin.recovery import RecoveryAdmin
from internships.subsidies.admin.review import ReviewDesk
from internships.subsidies.admin.scheme import SchemeAdmin

__all__ = [
    "AuditPackAdmin",
    "BankAccountAdmin",
    "BudgetLineAdmin",
    "ClaimAdmin",
    "JournalAdmin",
    "MilestoneAdmin",
    "NoticeObjectionAdmin",
    "OutsideListAdmin",
    "PaymentBatchAdmin",
    "PaymentLineAdmin",
    "PolicyAdmin",
    "PublicNoticeAdmin",
    "RecoveryAdmin",
    "ReviewDesk",
    "SchemeAdmin",
]
