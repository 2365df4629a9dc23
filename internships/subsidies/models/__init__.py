"""Rows of the subsidies room."""

from internships.subsidies.models.account import (
    BankAccount,
)
from internships.subsidies.models.budget import (
    BudgetLine,
    Journal,
    LedgerEntry,
)
from internships.subsidies.models.claim import (
    Claim,
    ClaimLine,
    ClaimPaper,
    ClaimStateChange,
)
from internships.subsidies.models.duty import (
    ClaimDuty,
    ClaimFlag,
    Recheck,
    Recovery,
)
from internships.subsidies.models.milestone import (
    Milestone,
)
from internships.subsidies.models.notice import (
    NoticeLine,
    NoticeObjection,
    NoticeStateChange,
    PublicNotice,
)
from internships.subsidies.models.outside import (
    OutsideEntry,
    OutsideList,
)
from internships.subsidies.models.pack import (
    AuditPack,
)
from internships.subsidies.models.payment import (
    BankFile,
    PaymentBatch,
    PaymentBatchStateChange,
    PaymentLine,
    ResultFile,
)
from internships.subsidies.models.policy import (
    Policy,
    PolicyHost,
    PolicyStateChange,
    Scheme,
)

__all__ = [
    "AuditPack",
    "BankAccount",
    "BankFile",
    "BudgetLine",
    "Claim",
    "ClaimDuty",
    "ClaimFlag",
    "ClaimLine",
    "ClaimPaper",
    "ClaimStateChange",
    "Journal",
    "LedgerEntry",
    "Milestone",
    "NoticeLine",
    "NoticeObjection",
    "NoticeStateChange",
    "OutsideEntry",
    "OutsideList",
    "PaymentBatch",
    "PaymentBatchStateChange",
    "PaymentLine",
    "Policy",
    "PolicyHost",
    "PolicyStateChange",
    "PublicNotice",
    "Recheck",
    "Recovery",
    "ResultFile",
    "Scheme",
]
