"""Desks of the money."""

from internships.subsidies.admin.batch import PaymentBatchAdmin
from internships.subsidies.admin.budget import BudgetLineAdmin
from internships.subsidies.admin.ledger import JournalAdmin
from internships.subsidies.admin.pack import AuditPackAdmin
from internships.subsidies.admin.payment_line import PaymentLineAdmin
from internships.subsidies.admin.recovery import RecoveryAdmin

__all__ = [
    "AuditPackAdmin",
    "BudgetLineAdmin",
    "JournalAdmin",
    "PaymentBatchAdmin",
    "PaymentLineAdmin",
    "RecoveryAdmin",
]
