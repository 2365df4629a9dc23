"""Queries that speak of money, an area a file."""

from internships.subsidies.querysets.claims import (
    CARD_CONTEXT,
    FILE_CONTEXT,
    OBJECTION_CONTEXT,
    OUTSIDE_CONTEXT,
    PACK_CONTEXT,
    SEE_EVERY_CLAIM,
    BankAccountQuerySet,
    ClaimQuerySet,
    OfClaimQuerySet,
    OfStayQuerySet,
    PolicyQuerySet,
    card_index,
    outside_index,
    sees_every_claim,
)
from internships.subsidies.querysets.payments import (
    BatchQuerySet,
    JournalQuerySet,
    LedgerQuerySet,
    NoticeQuerySet,
)

__all__ = [
    "CARD_CONTEXT",
    "FILE_CONTEXT",
    "OBJECTION_CONTEXT",
    "OUTSIDE_CONTEXT",
    "PACK_CONTEXT",
    "SEE_EVERY_CLAIM",
    "BankAccountQuerySet",
    "BatchQuerySet",
    "ClaimQuerySet",
    "JournalQuerySet",
    "LedgerQuerySet",
    "NoticeQuerySet",
    "OfClaimQuerySet",
    "OfStayQuerySet",
    "PolicyQuerySet",
    "card_index",
    "outside_index",
    "sees_every_claim",
]
